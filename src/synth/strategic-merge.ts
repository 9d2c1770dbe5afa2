import { isJsonObject, Json, JsonObject } from './json';
import { mergeKeysOf } from './merge-keys';

/**
 * The object after a strategic merge, as kustomize does it; `undefined` if the patch deletes it.
 *
 * @throws where kustomize fails, or does what nobody means by such a patch
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/glossary/#patchstrategicmerge
 */
export function strategicMerge(object: JsonObject, patch: JsonObject): JsonObject | undefined {
  rejectNullTexts(patch);
  if (patch.$patch === 'replace') {
    // At the root, as for the element of a list, kustomize reads the patch and leaves everything as it was.
    return object;
  }
  const keysOf = mergeKeysOf(String(object.apiVersion), String(object.kind));
  const merged = mergeMappings(object, patch, keysOf, []);
  return merged && keepIdentity(merged, object);
}

/** Names of the fields on the way to a value. */
type Path = readonly string[];

/** The keys of the list at a path; undefined where it is replaced as a whole. */
type KeysOf = (path: Path) => readonly string[] | undefined;

function mergeMappings(before: JsonObject, patch: JsonObject, keysOf: KeysOf, path: Path): JsonObject | undefined {
  const { $patch, ...fields } = patch;
  if ($patch === 'delete') {
    return undefined;
  }
  const merged: JsonObject = $patch === 'replace' ? {} : { ...before };
  for (const [field, value] of Object.entries(fields)) {
    const result = mergeValues(Object.hasOwn(merged, field) ? merged[field] ?? undefined : undefined, value, keysOf, [...path, field]);
    if (result === undefined) {
      delete merged[field];
    } else {
      merged[field] = result;
    }
  }
  return merged;
}

function mergeValues(before: Json | undefined, value: Json, keysOf: KeysOf, path: Path): Json | undefined {
  if (value === null) {
    return undefined;
  }
  if (before !== undefined && shape(before) !== shape(value)) {
    throw new Error(`${dotted(path)} is a ${shape(before)} and the patch has a ${shape(value)}`);
  }
  if (isJsonObject(value)) {
    return mergeMappings((before ?? {}) as JsonObject, value, keysOf, path);
  }
  const keys = keysOf(path);
  return Array.isArray(value) && keys ? mergeLists(before as Json[] | undefined, value, keys, keysOf, path) : value;
}

function mergeLists(before: Json[] | undefined, patch: Json[], keys: readonly string[], keysOf: KeysOf, path: Path): Json[] | undefined {
  // A list that is not there yet takes a directive for an element.
  const directive = before && patch.find(isDirective)?.$patch;
  if (directive === 'delete') {
    return undefined;
  }
  const base = directive === 'replace' ? [] : before ?? [];
  const elements = directive ? patch.filter(item => !isDirective(item)) : patch;
  return keys.length === 0 ? [...new Set([...elements, ...base])] : mergeElements(base, elements, keys, keysOf, path);
}

function mergeElements(before: Json[], patch: Json[], keys: readonly string[], keysOf: KeysOf, path: Path): Json[] {
  const used = keys.filter(key => [...before, ...patch].some(item => has(item, key)));
  const merged = new Map<string, Json | undefined>();
  patch.forEach((element, i) => {
    const place = [...path.slice(0, -1), `${path[path.length - 1]}[${i}]`];
    if (!has(element, keys[0])) {
      throw new Error(`${dotted(place)} has no ${keys[0]}`);
    }
    const id = identity(element, used);
    if (!merged.has(id) && !isIgnored(element, before, patch, used)) {
      const base = before.find(item => identity(item, used) === id) as JsonObject | undefined;
      merged.set(id, base && element.$patch === 'replace' ? base : mergeMappings(base ?? {}, element, keysOf, place));
    }
  });
  return ordered(before, merged, used).filter(item => item !== undefined);
}

/** The patch's elements come first, in its order; only the new ones if two keys tell the elements apart. */
function ordered(before: Json[], merged: ReadonlyMap<string, Json | undefined>, keys: readonly string[]): (Json | undefined)[] {
  const ids = before.map(item => identity(item, keys));
  if (keys.length === 1) {
    return [...merged.values(), ...before.filter((_, i) => !merged.has(ids[i]))];
  }
  const added = [...merged].filter(([id]) => !ids.includes(id)).map(([, item]) => item);
  // An element without the second key takes the place of those before it that share the first.
  const kept = before.map((_, i) => i).filter(i => !before.slice(i + 1).some(later => !has(later, keys[1]) && isNamesake(later, before[i], keys[0])));
  return [...added, ...kept.map(i => merged.has(ids[i]) ? merged.get(ids[i]) : before[i])];
}

/**
 * kustomize ignores an element if only one side has the second key: the protocol of a port, for example.
 * It cannot delete one without it, either, in a list where others have it.
 */
function isIgnored(element: JsonObject, before: Json[], patch: Json[], [key, second]: readonly string[]): boolean {
  if (second === undefined) {
    return false;
  }
  const namesakes = before.filter(item => isNamesake(item, element, key)) as JsonObject[];
  return Object.hasOwn(element, second)
    ? namesakes.some(item => !has(item, second)) && !namesakes.some(item => item[second] === element[second])
    : element.$patch === 'delete' || [...namesakes, ...patch].some(item => isNamesake(item, element, key) && has(item, second));
}

function isNamesake(item: Json, other: Json, key: string): boolean {
  return identity(item, [key]) === identity(other, [key]);
}

function has(item: Json, key: string): item is JsonObject {
  return isJsonObject(item) && Object.hasOwn(item, key);
}

function identity(item: Json, keys: readonly string[]): string {
  return JSON.stringify(keys.map(key => has(item, key) ? String(item[key]) : ''));
}

function isDirective(item: Json): item is JsonObject {
  return isJsonObject(item) && Object.keys(item).join() === '$patch';
}

function keepIdentity(merged: JsonObject, before: JsonObject): JsonObject {
  const kept = keep(merged, before, ['apiVersion', 'kind']);
  return isJsonObject(before.metadata)
    ? { ...kept, metadata: keep((merged.metadata ?? {}) as JsonObject, before.metadata, ['name', 'namespace']) }
    : kept;
}

function keep(merged: JsonObject, before: JsonObject, fields: readonly string[]): JsonObject {
  const others = Object.entries(merged).filter(([field]) => !fields.includes(field));
  return Object.fromEntries([...fields.filter(field => Object.hasOwn(before, field)).map(field => [field, before[field]]), ...others]) as JsonObject;
}

function rejectNullTexts({ metadata }: JsonObject): void {
  for (const field of ['labels', 'annotations']) {
    const texts = isJsonObject(metadata) ? metadata[field] : undefined;
    const key = isJsonObject(texts) ? Object.keys(texts).find(text => texts[text] === null) : undefined;
    if (texts === null) {
      throw new Error(`metadata.${field} is null, which kustomize ignores; remove it with Patch.json6902`);
    }
    if (key !== undefined) {
      throw new Error(`metadata.${field}.${key} is null, which kustomize writes as the text "null"; remove it with Patch.json6902`);
    }
  }
}

function shape(value: Json): string {
  return Array.isArray(value) ? 'list' : isJsonObject(value) ? 'mapping' : 'scalar';
}

function dotted(path: Path): string {
  return path.join('.');
}
