import { parse } from 'yaml';
import { isJsonObject, Json } from '../../src/synth/json';

/**
 * The fields that files set below `spec`, written like `steps[].name`, sorted and each once.
 *
 * @param open fields whose keys are the user's own
 */
export function fieldPaths(open: readonly string[], ...files: string[]): string[] {
  return [...new Set(files.flatMap(file => pathsIn(parse(file).spec, '', new Set(open))))].sort();
}

function pathsIn(value: Json, path: string, open: ReadonlySet<string>): string[] {
  if (open.has(path)) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.flatMap(item => pathsIn(item, `${path}[]`, open));
  }
  return isJsonObject(value) ? Object.entries(value).flatMap(([key, field]) => {
    const at = path === '' ? key : `${path}.${key}`;
    return [at, ...pathsIn(field, at, open)];
  }) : [];
}
