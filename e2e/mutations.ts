/** Objects with a change that may be a fault: what a definition says of it is for others to tell. */
import * as fc from 'fast-check';
import { fieldSchema, Schema } from '../src/definitions/schema';
import { groupKind } from '../src/synth/api-group';
import { isJsonObject, Json, JsonObject, pointerSegment } from '../src/synth/json';

/** An object, and what it is held to. */
export interface Candidate {
  readonly object: JsonObject;
  /** The metadata's included. */
  readonly schema: Schema;
  readonly resolve: Resolve;
}

/** What a `$ref` refers to. */
type Resolve = (schema: Schema) => Schema;

/** An object with one change. */
export interface Change<T extends Candidate> {
  /** The change, in words. */
  readonly what: string;
  readonly object: JsonObject;
  readonly of: T;
}

/** A value in an object, and what its definition says of it. */
interface Place {
  readonly pointer: string;
  readonly value: Json;
  readonly schema: Schema;
  /** The object with another value there; with none, where it is undefined. */
  readonly with: (value: Json | undefined) => JsonObject;
}

const STRANGE: readonly Json[] = [null, true, 7, -1, 0.5, '', 'strange', '12', [], ['strange'], {}, { strange: 'strange' }];
const TEXTS: readonly string[] = ['', 'x', 'Strange Text', 'strange_text', 'x'.repeat(64), 'x'.repeat(300), '0', '-1', '1.5Gi', '1d', '10m', 'a/b', 'a.b', '10.0.0.0/8', 'https://a.b/c', '*'];
const NUMBERS: readonly number[] = [0, 1, -1, 0.5, 100, 65536, 2 ** 31, 2 ** 40];

/** Every change of a sort that is made to a place. */
const SORTS: Readonly<Record<string, (place: Place, resolve: Resolve) => readonly (readonly [string, JsonObject])[]>> = {
  'an unknown field': ({ value, with: change }) => isJsonObject(value) ? [['stray', change({ ...value, stray: 'strange' })]] : [],
  'a field less': ({ value, pointer, with: change }) => isJsonObject(value) ? Object.keys(value).filter(name => !isIdentity(`${pointer}/${name}`)).map(name =>
    [name, change(Object.fromEntries(Object.entries(value).filter(([key]) => key !== name)))]) : [],
  'a further field': ({ value, schema, pointer, with: change }, resolve) => !isJsonObject(value) ? [] : Object.keys(schema.properties ?? {})
    .filter(name => !Object.hasOwn(value, name) && !isIdentity(`${pointer}/${name}`) && !isServers(`${pointer}/${name}`))
    .flatMap(name => samplesOf(resolve(schema.properties![name])).map(sample => [`${name} ${shown(sample)}`, change({ ...value, [name]: sample })] as const)),
  'a value of another type': ({ pointer, with: change }) => pointer === '' || isIdentity(pointer) || pointer === '/metadata' ? []
    : STRANGE.map(value => [shown(value), change(value)] as const),
  'another value': ({ value, schema, pointer, with: change }) => isIdentity(pointer) ? []
    : othersFor(value, schema).filter(other => other !== value).map(other => [shown(other), change(other)] as const),
  'an entry twice': ({ value, with: change }) => Array.isArray(value) ? value.map((entry, i) => [`entry ${i}`, change([...value, entry])]) : [],
};

/** What says which object it is. */
function isIdentity(pointer: string): boolean {
  return /^\/(apiVersion|kind|metadata|metadata\/(name|namespace))$/.test(pointer);
}

/** What nobody writes but the API server and controllers. */
function isServers(pointer: string): boolean {
  return /^\/(status|metadata\/(creationTimestamp|deletionTimestamp|generateName|resourceVersion|selfLink|finalizers|ownerReferences))$/.test(pointer);
}

function othersFor(value: Json, schema: Schema): readonly Json[] {
  const { minimum, maximum, minLength, maxLength } = schema as { readonly [limit: string]: number | undefined };
  const limits = [minimum, maximum].flatMap(limit => limit === undefined ? [] : [limit, limit - 1, limit + 1]);
  const lengths = [minLength, maxLength].flatMap(limit => limit === undefined || limit > 1000 ? [] : [limit, Math.max(0, limit - 1), limit + 1]);
  switch (typeof value) {
    case 'string':
      return [...schema.enum ?? [], ...lengths.map(length => 'x'.repeat(length)), ...TEXTS, value.toUpperCase(), `${value} `, `${value}-`];
    case 'number':
      return [...schema.enum ?? [], ...limits, ...NUMBERS];
    case 'boolean':
      return [!value];
    default:
      return [];
  }
}

/** Values that a field may have, or nearly. */
function samplesOf(schema: Schema): readonly Json[] {
  const { type, enum: choices, properties, additionalProperties } = schema;
  if (choices) {
    return [choices[0], 'strange'];
  }
  switch (type) {
    case 'string':
      return ['x', 'strange text', '10m', '1Gi'];
    case 'integer':
    case 'number':
      return [1, -1];
    case 'boolean':
      return [true];
    case 'array':
      return [[], ['x'], [{}]];
    case 'object':
      return [{}, ...properties || !additionalProperties ? [] : [{ x: 'x' }]];
    default:
      return ['x', 1];
  }
}

function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length <= 40 ? text : `${text.slice(0, 36)}…`;
}

/** One change of one of the objects, of any sort and at any place: kinds come equally often. */
export function changed<T extends Candidate>(candidates: readonly T[]): fc.Arbitrary<Change<T>> {
  const byKind = new Map<string, T[]>();
  for (const candidate of candidates) {
    const kind = groupKind(candidate.object);
    byKind.set(kind, [...byKind.get(kind) ?? [], candidate]);
  }
  const changes = (of: T, sort: string): Change<T>[] => placesIn(of).flatMap(place => SORTS[sort](place, of.resolve).map(([what, object]) =>
    ({ what: `${sort} at ${place.pointer === '' ? 'the root' : place.pointer}: ${what}`, object, of })));
  return fc.constantFrom(...byKind.values()).chain(ofKind => fc.tuple(fc.constantFrom(...ofKind), fc.constantFrom(...Object.keys(SORTS))))
    .map(([of, sort]) => changes(of, sort)).filter(found => found.length > 0).chain(found => fc.constantFrom(...found));
}

function placesIn({ object, schema: root, resolve }: Candidate): Place[] {
  const visit = (value: Json, given: Schema, pointer: string, change: Place['with']): Place[] => {
    const schema = resolve(given);
    const place: Place = { pointer, value, schema, with: change };
    if (Array.isArray(value)) {
      return [place, ...value.flatMap((item, i) => visit(item, schema.items ?? {}, `${pointer}/${i}`, other =>
        change(other === undefined ? value.filter((_, k) => k !== i) : value.map((old, k) => k === i ? other : old))))];
    }
    return !isJsonObject(value) ? [place] : [place, ...Object.entries(value).filter(([name]) => pointer !== '' || name !== 'status').flatMap(([name, item]) =>
      visit(item, fieldSchema(schema, name) ?? {}, `${pointer}/${pointerSegment(name)}`, other => change({ ...value, [name]: other as Json })))];
  };
  return visit(object, root, '', whole => whole as JsonObject);
}
