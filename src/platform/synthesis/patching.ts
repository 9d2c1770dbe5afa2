import { JsonPatch } from 'cdk8s';
import { Component } from '../component';
import { ComponentPatch, Layer } from '../layer';
import { written } from './render';
import { Patch } from '../../flux/patch';
import { isJsonObject, JsonObject, stringsIn, valueAt } from '../../synth/json';
import { Problem } from '../../synth/problem';
import { selects } from '../../synth/selector';
import { strategicMerge } from '../../synth/strategic-merge';
import { VariableUse, variableUses } from '../../synth/substitution';
import { toYaml } from '../../synth/yaml';

/** An object as a directory holds it, with the component that it is part of. */
export interface PatchableObject {
  readonly component: Component;
  readonly manifest: JsonObject;
}

/** Variables that a patch brings with it. */
export function patchVariableUses(patch: Patch): VariableUse[] {
  return stringsIn(documentOf(patch)).flatMap(({ text }) => variableUses(text));
}

/** The patch as an entry of a `kustomization.yaml`. */
export function patchEntry(patch: Patch, substituted: boolean): JsonObject {
  const target = Object.fromEntries(Object.entries(patch.target).filter(([, value]) => value !== undefined)) as JsonObject;
  return { target, patch: toYaml(written(documentOf(patch), substituted)) };
}

/** What comes of a layer's patches. */
export interface Patched<T extends PatchableObject> {
  /** The objects that are left, each as its patches made it. */
  readonly objects: T[];
  readonly problems: Problem[];
}

/** Applies the patches of a layer one after the other, as kustomize does. */
export function applyPatches<T extends PatchableObject>(
  layer: Layer, patches: readonly ComponentPatch[], objects: readonly T[], substituted: boolean,
): Patched<T> {
  const messages: string[] = [];
  const patched = patches.reduce((current, { component, patch }) => {
    const target = `a patch on ${component.node.path} targets ${describe(patch)}`;
    let matched: readonly T[] = [];
    try {
      matched = current.filter(object => selects(patch.target, object.manifest));
    } catch (error) {
      messages.push(`${target}: ${(error as Error).message}; expected what kustomize understands: correct the target.`);
      return current;
    }
    messages.push(...matchProblems(component, target, matched, current));
    return current.flatMap(object => {
      if (!matched.includes(object)) {
        return [object];
      }
      try {
        const manifest = apply(patch, object.manifest, substituted);
        return manifest ? [{ ...object, manifest }] : [];
      } catch (error) {
        messages.push(`a patch on ${component.node.path} cannot be applied to ${title(object.manifest)} (${firstLine(error as Error)}); `
          + 'expected one that fits the fields it has: correct the patch.');
        return [object];
      }
    });
  }, [...objects]);
  return { objects: patched, problems: messages.map(message => ({ path: layer.node.path, message })) };
}

/** What is wrong with what a patch matches: nothing, or more than the component. */
function matchProblems(component: Component, target: string, matched: readonly PatchableObject[], objects: readonly PatchableObject[]): string[] {
  const own = objects.filter(object => object.component === component);
  const stranger = matched.find(object => object.component !== component);
  return [
    ...matched.some(object => own.includes(object)) ? [] : [
      `${target}, which matches none of its objects; expected one of ${own.map(({ manifest }) => title(manifest)).join(', ') || 'its objects'}: correct the target.`,
    ],
    ...stranger ? [
      `${target}, which matches ${title(stranger.manifest)} of ${stranger.component.node.path}, too; expected objects of the component alone: narrow the target.`,
    ] : [],
  ];
}

/** The object after one patch; undefined where the patch deletes it. */
function apply(patch: Patch, manifest: JsonObject, substituted: boolean): JsonObject | undefined {
  const document = written(documentOf(patch), substituted);
  if (!Array.isArray(document)) {
    return strategicMerge(manifest, document);
  }
  return document.reduce((current, operation) => applyOperation(operation, current), manifest);
}

/** One operation of RFC 6902. A field that has to be there and is not is an error in kustomize, too. */
function applyOperation(operation: JsonObject, manifest: JsonObject): JsonObject {
  const { op, path, from } = operation as { op: string; path: string; from?: string };
  const copy = JSON.parse(JSON.stringify(manifest)) as JsonObject;
  const metadata = copy.metadata as JsonObject;
  if (op === 'add' && path.startsWith('/metadata/annotations/')) {
    // The one mapping that kustomize makes where it is missing.
    metadata.annotations ??= {};
  }
  const needed = [op === 'remove' || op === 'test' ? path : parentOf(path), ...from === undefined ? [] : [from]];
  const missing = needed.find(pointer => valueAt(copy, pointer) === undefined);
  if (missing !== undefined) {
    throw new Error(`it has no ${missing}`);
  }
  const parent = valueAt(copy, parentOf(path));
  const index = Number(path.slice(path.lastIndexOf('/') + 1));
  if (Array.isArray(parent) && (index > parent.length || (op === 'replace' && index === parent.length))) {
    throw new Error(`${parentOf(path)} has ${parent.length} elements`);
  }
  const patched = JsonPatch.apply(copy, { _toJson: () => operation } as unknown as JsonPatch);
  if (!isJsonObject(patched.metadata)) {
    throw new Error('it would lose its metadata');
  }
  return patched;
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}

/** The patch as plain data: variables in it become marks. */
function documentOf(patch: Patch): JsonObject | JsonObject[] {
  return JSON.parse(JSON.stringify(patch._document()));
}

function firstLine(error: Error): string {
  return error.message.split('\n')[0];
}

function describe(patch: Patch): string {
  return Object.entries(patch.target).filter(([, value]) => value !== undefined).map(([field, value]) => `${field} "${value}"`).join(', ') || 'everything';
}

function title(manifest: JsonObject): string {
  return `${String(manifest.kind)} "${String((manifest.metadata as JsonObject).name)}"`;
}
