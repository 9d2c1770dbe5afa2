import { Component } from '../component';
import { ComponentPatch, Layer } from '../layer';
import { written } from './render';
import { Patch } from '../../flux/patch';
import { JsonObject, stringsIn } from '../../synth/json';
import { patched } from '../../synth/kustomize-patch';
import { Problem } from '../../synth/problem';
import { selects } from '../../synth/selector';
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
  const left = patches.reduce((current, { component, patch }) => {
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
        const manifest = patched(object.manifest, written(documentOf(patch), substituted));
        return manifest ? [{ ...object, manifest }] : [];
      } catch (error) {
        messages.push(`a patch on ${component.node.path} cannot be applied to ${title(object.manifest)} (${firstLine(error as Error)}); `
          + 'expected one that fits the fields it has: correct the patch.');
        return [object];
      }
    });
  }, [...objects]);
  return { objects: left, problems: messages.map(message => ({ path: layer.node.path, message })) };
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
