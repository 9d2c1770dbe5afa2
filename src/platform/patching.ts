import { JsonPatch } from 'cdk8s';
import { Component } from './component';
import { ComponentPatch, Layer } from './layer';
import { written } from './render';
import { Patch } from '../flux/patch';
import { JsonObject, mapStrings } from '../synth/json';
import { Problem } from '../synth/problem';
import { selects } from '../synth/selector';
import { strategicMerge } from '../synth/strategic-merge';
import { VariableUse, variableUses } from '../synth/substitution';
import { toYaml } from '../synth/yaml';

/** An object as a directory holds it, with the component that it is part of. */
export interface PatchableObject {
  readonly component: Component;
  readonly manifest: JsonObject;
}

/** Variables that a patch brings with it. */
export function patchVariableUses(patch: Patch): VariableUse[] {
  const uses: VariableUse[] = [];
  mapStrings(documentOf(patch), text => {
    uses.push(...variableUses(text));
    return text;
  });
  return uses;
}

/** The patch as an entry of a `kustomization.yaml`. */
export function patchEntry(patch: Patch, substituted: boolean): JsonObject {
  const target = Object.fromEntries(Object.entries(patch.target).filter(([, value]) => value !== undefined)) as JsonObject;
  return { target, patch: toYaml(written(documentOf(patch), substituted)) };
}

/** The objects after the patches of their layer, as kustomize applies them one after the other. */
export function patchObjects(patches: readonly ComponentPatch[], objects: readonly PatchableObject[], substituted: boolean): JsonObject[] {
  return objects.map(({ manifest }) => patches
    .filter(({ patch }) => selects(patch.target, manifest))
    .reduce((patched, { patch }) => apply(patch, patched, substituted), manifest));
}

/** What is wrong with a layer's patches: one that matches nothing, too much, or does not fit the object. */
export function patchProblems(layer: Layer, patches: readonly ComponentPatch[], objects: readonly PatchableObject[]): Problem[] {
  return patches.flatMap(({ component, patch }) => {
    const matched = objects.filter(object => selects(patch.target, object.manifest));
    const stranger = matched.find(object => object.component !== component);
    const target = describe(patch);
    const messages = [
      ...matched.some(object => object.component === component) ? [] : [
        `a patch on ${component.node.path} targets ${target}, which matches none of its objects; expected one of `
        + `${objects.filter(object => object.component === component).map(({ manifest }) => title(manifest)).join(', ') || 'its objects'}: correct the target.`,
      ],
      ...stranger ? [
        `a patch on ${component.node.path} targets ${target}, which matches ${title(stranger.manifest)} of ${stranger.component.node.path}, too; `
        + 'expected objects of the component alone: narrow the target.',
      ] : [],
      ...matched.flatMap(({ manifest }) => failureOf(() => apply(patch, manifest, true)).map(error =>
        `a patch on ${component.node.path} cannot be applied to ${title(manifest)} (${error}); expected operations on fields that it has: correct the path.`)),
    ];
    return messages.map(message => ({ path: layer.node.path, message }));
  });
}

/** The object after one patch. */
function apply(patch: Patch, manifest: JsonObject, substituted: boolean): JsonObject {
  const document = written(documentOf(patch), substituted);
  if (!Array.isArray(document)) {
    const { apiVersion, kind, metadata, ...fields } = document;
    return strategicMerge(manifest, { ...fields, ...(patch._fields?.metadata ? { metadata } : {}) });
  }
  const copy = JSON.parse(JSON.stringify(manifest)) as JsonObject;
  return JsonPatch.apply(copy, ...document.map(operation => ({ _toJson: () => operation }) as unknown as JsonPatch));
}

/** The patch as plain data: variables in it become marks. */
function documentOf(patch: Patch): JsonObject | JsonObject[] {
  return JSON.parse(JSON.stringify(patch._document()));
}

function describe(patch: Patch): string {
  return Object.entries(patch.target).filter(([, value]) => value !== undefined).map(([field, value]) => `${field} "${value}"`).join(', ') || 'everything';
}

function title(manifest: JsonObject): string {
  return `${String(manifest.kind)} "${String((manifest.metadata as JsonObject).name)}"`;
}

function failureOf(action: () => unknown): string[] {
  try {
    action();
    return [];
  } catch (error) {
    return [(error as Error).message.split('\n')[0]];
  }
}
