import { JsonPatch } from 'cdk8s';
import { isJsonObject, Json, JsonObject, valueAt } from './json';
import { Selector, selects } from './selector';
import { strategicMerge } from './strategic-merge';

/**
 * The object after one patch, as kustomize makes it; undefined where the patch deletes it.
 *
 * @param patch a strategic merge patch, or a list of the operations of RFC 6902
 * @throws where the patch does not fit the object
 */
export function patched(manifest: JsonObject, patch: JsonObject | JsonObject[]): JsonObject | undefined {
  return Array.isArray(patch) ? patch.reduce((current, operation) => applyOperation(operation, current), manifest) : strategicMerge(manifest, patch);
}

/** Whether a patch is for an object: the one that its target selects, or without a target the one that it names itself. */
export function isPatchFor(patch: JsonObject | JsonObject[], target: Selector | undefined, object: JsonObject): boolean {
  if (target) {
    return selects(target, object);
  }
  const { kind, metadata } = (Array.isArray(patch) ? {} : patch) as { kind?: string; metadata?: { name?: string } };
  return metadata !== undefined && kind === object.kind && metadata.name === (object.metadata as { name?: string }).name;
}

/** One operation of RFC 6902. A field that has to be there and is not is an error in kustomize, too. */
function applyOperation(operation: JsonObject, manifest: JsonObject): JsonObject {
  const { op, path, from, value } = operation as { op: string; path: string; from?: string; value?: Json };
  const copy = JSON.parse(JSON.stringify(manifest)) as JsonObject;
  const metadata = copy.metadata as JsonObject;
  if (op === 'add' && path.startsWith('/metadata/annotations/')) {
    // The one mapping that kustomize makes where it is missing.
    metadata.annotations ??= {};
  }
  if (op === 'move' && path.startsWith(`${from}/`)) {
    throw new Error(`${from} cannot be moved into itself`);
  }
  const last = path.slice(path.lastIndexOf('/') + 1);
  if (op === 'test' && value === null && isJsonObject(valueAt(copy, parentOf(path))) && valueAt(copy, path) === undefined) {
    // Nothing is null, too.
    return copy;
  }
  const needed = [op === 'remove' || op === 'test' ? path : parentOf(path), ...from === undefined ? [] : [from]];
  const missing = needed.find(pointer => valueAt(copy, pointer) === undefined);
  if (missing !== undefined) {
    throw new Error(`it has no ${missing}`);
  }
  const parent = valueAt(copy, parentOf(path));
  if (typeof parent !== 'object' || parent === null) {
    throw new Error(`${parentOf(path)} is no mapping and no list`);
  }
  if (Array.isArray(parent) && !/^\d+$/.test(last) && (last !== '-' || op === 'replace')) {
    throw new Error(`${parentOf(path)} is a list, which has no element "${last}"`);
  }
  const index = Number(last);
  if (Array.isArray(parent) && (index > parent.length || (op === 'replace' && index === parent.length))) {
    throw new Error(`${parentOf(path)} has ${parent.length} elements`);
  }
  const result = JsonPatch.apply(copy, { _toJson: () => operation } as unknown as JsonPatch);
  if (!isJsonObject(result.metadata)) {
    throw new Error('it would lose its metadata');
  }
  return result;
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}
