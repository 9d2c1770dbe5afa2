import { objectId, ObjectId } from './object-id';
import { REFERENCE_ROWS, ReferenceRow } from './reference-rows';
import { groupKind } from '../synth/api-group';
import { isJsonObject, Json, JsonObject } from '../synth/json';

/** An object that another one names. */
export interface Reference {
  readonly to: ObjectId;
  /** Where it is named, as a path: `spec.secretStoreRef`. */
  readonly at: string;
  readonly row: ReferenceRow;
}

/** The rows of a table, by the kind that refers. */
export type ReferenceTable = ReadonlyMap<string, readonly ReferenceRow[]>;

/** The library's rows, and further ones of a user's. */
export function referenceTable(further: readonly ReferenceRow[] = []): ReferenceTable {
  const table = new Map<string, ReferenceRow[]>();
  for (const row of [...REFERENCE_ROWS, ...further]) {
    const rows = table.get(row.from);
    if (rows) {
      rows.push(row);
    } else {
      table.set(row.from, [row]);
    }
  }
  return table;
}

/** What an object names, each once. */
export function referencesOf(manifest: JsonObject, table: ReferenceTable): Reference[] {
  const rows = table.get(groupKind(manifest)) ?? [];
  const metadata = manifest.metadata as JsonObject | undefined;
  const namespace = typeof metadata?.namespace === 'string' ? metadata.namespace : undefined;
  return rows.flatMap(row => valuesAt(manifest, row.at.split('.')).flatMap(value => {
    const to = target(value, row, namespace);
    return to ? [{ to, at: row.at, row }] : [];
  }));
}

/** The values at a path; a segment that ends with `[]` goes through a list. */
function valuesAt(value: Json | undefined, path: readonly string[]): Json[] {
  const [segment, ...rest] = path;
  if (segment === undefined) {
    return value === undefined || value === null ? [] : [value];
  }
  const inside = isJsonObject(value) ? value[segment.replace('[]', '')] : undefined;
  return segment.endsWith('[]')
    ? (Array.isArray(inside) ? inside : []).flatMap(item => valuesAt(item, rest))
    : valuesAt(inside, rest);
}

function target(value: Json, row: ReferenceRow, own: string | undefined): ObjectId | undefined {
  const reference = isJsonObject(value) ? value : { name: value };
  const kind = typeof row.to === 'string' ? row.to : row.to[String(reference.kind ?? row.usualKind)];
  const named = reference[row.name ?? 'name'];
  if (typeof named !== 'string' || kind === undefined || (row.optional !== undefined && reference[row.optional] === true)) {
    return undefined;
  }
  const namespace = row.namespace === 'named' && typeof reference.namespace === 'string' ? reference.namespace : own;
  const [group, name] = kind.split('/');
  return objectId(group === '' ? 'v1' : `${group}/v1`, name, named, row.namespace === 'none' ? undefined : namespace);
}
