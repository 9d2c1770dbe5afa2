/** Plain data, as YAML and JSON hold it. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** A mapping of plain data. */
export interface JsonObject {
  [key: string]: Json;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy in which every string, keys included, went through `change`. */
export function mapStrings<T extends Json>(value: T, change: (text: string, pointer: string) => string, pointer = ''): T {
  if (typeof value === 'string') {
    return change(value, pointer) as T;
  }
  if (Array.isArray(value)) {
    return value.map((item, i) => mapStrings(item, change, `${pointer}/${i}`)) as T;
  }
  if (isJsonObject(value)) {
    const copy: JsonObject = {};
    for (const [key, item] of Object.entries(value)) {
      const below = `${pointer}/${pointerSegment(key)}`;
      copy[change(key, below)] = mapStrings(item, change, below);
    }
    return copy as T;
  }
  return value;
}

/** Every string, keys included, with the JSON pointer of its place: a key before its value. */
export function stringsIn(value: Json, pointer = ''): { readonly text: string; readonly pointer: string }[] {
  if (typeof value === 'string') {
    return [{ text: value, pointer }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => stringsIn(item, `${pointer}/${i}`));
  }
  return !isJsonObject(value) ? [] : Object.entries(value).flatMap(([key, item]) => {
    const below = `${pointer}/${pointerSegment(key)}`;
    return [{ text: key, pointer: below }, ...stringsIn(item, below)];
  });
}

/** A key as a segment of a JSON pointer (RFC 6901). */
export function pointerSegment(key: string): string {
  return key.replace(/~/g, '~0').replace(/\//g, '~1');
}

/** The value at a JSON pointer; undefined where there is none. */
export function valueAt(data: Json, pointer: string): Json | undefined {
  let value: Json | undefined = data;
  for (const key of pointerKeys(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) {
      return undefined;
    }
    value = (value as JsonObject)[key];
  }
  return value;
}

/** The keys of a JSON pointer. */
export function pointerKeys(pointer: string): string[] {
  return pointer.split('/').slice(1).map(key => key.replace(/~1/g, '/').replace(/~0/g, '~'));
}
