/** Patches, by kustomize and by the library, which applies the clusters' patches to what it proves: the same object, or both refuse. */
import * as fc from 'fast-check';
import { Reference } from './reference';
import { Json, JsonObject } from '../src/synth/json';
import { patched } from '../src/synth/kustomize-patch';
import { toYaml } from '../src/synth/yaml';

/** The same cases each time, unless another seed is given: `PROPERTY_SEED=$RANDOM PROPERTY_RUNS=100000` looks at others. */
const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 10_000), seed: Number(process.env.PROPERTY_SEED ?? 1) };

const reference = new Reference();
afterAll(() => reference.stop());

/** What a field may hold: a scalar, a mapping with these fields, or a list of mappings that these fields tell apart. */
type Shape = fc.Arbitrary<Json> | { readonly fields: Shapes } | { readonly elements: Shapes; readonly keys: readonly string[] };
type Shapes = Readonly<Record<string, Shape>>;

const word = fc.constantFrom<Json>('a', 'b', 'c');
const number = fc.constantFrom<Json>(1, 2, 3);
const words = fc.array(word, { maxLength: 3 });
const labels: Shape = { fields: { x: word, y: word, z: word } };

const containers: Shape = {
  keys: ['name'],
  elements: {
    name: word,
    image: word,
    args: words,
    env: { keys: ['name'], elements: { name: word, value: word } },
    ports: { keys: ['containerPort', 'protocol'], elements: { containerPort: number, protocol: fc.constantFrom('TCP', 'UDP'), name: word } },
    volumeMounts: { keys: ['mountPath'], elements: { mountPath: word, name: word } },
    resources: { fields: { limits: { fields: { cpu: number, memory: word } }, requests: { fields: { cpu: number } } } },
  },
};

const pod: Shape = {
  fields: {
    containers,
    nodeSelector: labels,
    tolerations: fc.array(fc.record({ key: word, operator: fc.constant('Exists') }), { maxLength: 2 }),
    volumes: { keys: ['name'], elements: { name: word, emptyDir: { fields: { medium: word } }, configMap: { fields: { name: word } } } },
  },
};

const free: Shape = { fields: { containers, list: words, size: number, deep: { fields: { a: word, b: { fields: { c: words, d: word } } } } } };

const KINDS: readonly (readonly [string, string, Record<string, Shape>])[] = [
  ['apps/v1', 'Deployment', { spec: { fields: { replicas: number, template: { fields: { metadata: { fields: { labels } }, spec: pod } } } } }],
  ['v1', 'Service', { spec: { fields: { selector: labels, externalIPs: words, ports: { keys: ['port'], elements: { port: number, name: word } } } } }],
  ['v1', 'ConfigMap', { data: labels }],
  ['v1', 'ServiceAccount', { secrets: { keys: ['name'], elements: { name: word } }, imagePullSecrets: { keys: ['name'], elements: { name: word } } }],
  ['acme.io/v1', 'Thing', { spec: free }],
  ['helm.toolkit.fluxcd.io/v2', 'HelmRelease', { spec: { fields: { interval: word, values: free } } }],
];

/** Values of a field in an object; in a patch, directives and nulls, too. */
function valueOf(shape: Shape, inPatch: boolean): fc.Arbitrary<Json> {
  const value = 'fields' in shape ? mapping(shape.fields, inPatch)
    : 'elements' in shape ? list(shape.elements, shape.keys, inPatch) : shape;
  return inPatch ? fc.oneof({ weight: 7, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) }) : value;
}

function mapping(fields: Shapes, inPatch: boolean, required: readonly string[] = []): fc.Arbitrary<JsonObject> {
  const ofField = ([name, shape]: [string, Shape]) => [name, required.includes(name) ? shape as fc.Arbitrary<Json> : valueOf(shape, inPatch)];
  const values: fc.Arbitrary<JsonObject> = fc.record(Object.fromEntries(Object.entries(fields).map(ofField)), { requiredKeys: [...required] });
  return inPatch ? directed(values) : values;
}

/** One in ten with a directive. */
function directed(values: fc.Arbitrary<JsonObject>): fc.Arbitrary<JsonObject> {
  return fc.oneof({ weight: 9, arbitrary: values },
    { weight: 1, arbitrary: fc.tuple(values, fc.constantFrom('replace', 'delete', 'merge')).map(([found, $patch]) => ({ ...found, $patch })) });
}

/** No element is there twice: neither is it in the objects of Kubernetes, nor does a patch say what it means. */
function list(elements: Shapes, keys: readonly string[], inPatch: boolean): fc.Arbitrary<Json[]> {
  const selector = (element: JsonObject) => JSON.stringify(keys.map(key => element[key]));
  const several = (patches: boolean) => fc.uniqueArray(mapping(elements, patches, keys), { maxLength: 3, selector });
  const directive = fc.constantFrom<Json>({ $patch: 'replace' }, { $patch: 'delete' });
  return fc.oneof({ weight: 9, arbitrary: several(inPatch) },
    { weight: inPatch ? 1 : 0, arbitrary: fc.tuple(several(false), directive).map(([found, given]) => [...found, given]) });
}

const twoWords = mapping({ x: word, y: word }, false);
const labelsAndAnnotations = fc.record({ labels: twoWords, annotations: twoWords }, { requiredKeys: [] });
const patchOfLabels = fc.record({ labels: directed(twoWords) });

const objectAndPatch = fc.constantFrom(...KINDS).chain(([apiVersion, kind, fields]) => fc.tuple(
  fc.tuple(mapping(fields, false), labelsAndAnnotations)
    .map(([found, more]): JsonObject => ({ apiVersion, kind, metadata: { name: 'a', namespace: 'b', ...more }, ...found })),
  fc.tuple(mapping(fields, true), fc.option(patchOfLabels)).map(([found, more]): JsonObject => more === null ? found : { ...found, metadata: more }),
));

async function kustomized(object: JsonObject, patch: JsonObject | JsonObject[]): Promise<{ error?: string; object?: Json }> {
  const { apiVersion, kind } = object;
  const document = Array.isArray(patch) ? patch : { apiVersion, kind, ...patch, metadata: { name: 'a', ...patch.metadata as JsonObject } };
  const { error, value } = await reference.ask({
    ask: 'build',
    files: {
      'kustomization.yaml': toYaml({ resources: ['object.yaml'], patches: [{ target: { kind: String(kind), name: 'a' }, patch: toYaml(document) }] }),
      'object.yaml': toYaml(object),
    },
  });
  return error === undefined ? { object: (value as Json[] | null)?.[0] } : { error };
}

function ours(object: JsonObject, patch: JsonObject | JsonObject[]): { error?: string; object?: Json } {
  try {
    return { object: patched(object, patch) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** That it is refused, or the object; kustomize leaves out mappings of metadata that are empty. */
function outcome({ error, object }: { error?: string; object?: Json }): object {
  const { metadata, ...others } = (object ?? {}) as JsonObject;
  const kept = Object.entries(metadata ?? {}).filter(([, value]) => JSON.stringify(value) !== '{}');
  return error !== undefined ? { refused: true } : object === undefined ? {} : { ...others, metadata: Object.fromEntries(kept) };
}

/** What the library refuses and kustomize does: an element of a list without its key. A directive is one, too, where there is no list yet. */
const WITHOUT_KEY = /\[\d+\] has no \w+$/;

test('a strategic merge gives what kustomize gives', async () => {
  await fc.assert(fc.asyncProperty(objectAndPatch, async ([object, patch]) => {
    const merged = ours(object, patch);
    if (!WITHOUT_KEY.test(merged.error ?? '')) {
      expect(outcome(merged)).toEqual(outcome(await kustomized(object, patch)));
    }
  }), RUNS);
});

/** Operations on the spec of a custom resource, at places that it has, and at others. */
const objectAndOperations = objectAndPatch.filter(([{ kind, spec }]) => kind === 'Thing' && spec !== undefined).chain(([object]) => {
  const pointer = fc.tuple(fc.constantFrom(...pointersOf(object.spec, '/spec')), fc.constantFrom('', '', '', '/x', '/-', '/0', '/9', '/a~1b', '/new/below'))
    .map(parts => parts.join(''));
  const value = fc.constantFrom<Json>('a', 1, null, {}, [], { x: 'a' }, ['b']);
  const operation = fc.oneof(
    fc.record<JsonObject>({ op: fc.constantFrom('add', 'replace', 'test'), path: pointer, value }),
    fc.record<JsonObject>({ op: fc.constant('remove'), path: pointer }),
    fc.record<JsonObject>({ op: fc.constantFrom('move', 'copy'), path: pointer, from: pointer }),
  );
  return fc.tuple(fc.constant(object), fc.array(operation, { minLength: 1, maxLength: 3 }));
});

function pointersOf(value: Json, pointer: string): string[] {
  return [pointer, ...typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, item]) => pointersOf(item, `${pointer}/${key}`)) : []];
}

/** What the library refuses, and of what kustomize makes `null`. */
function isCopyOfNothing(error: string | undefined, operations: readonly JsonObject[]): boolean {
  return operations.some(({ op, from }) => op === 'copy' && error === `it has no ${from}`);
}

test('operations of RFC 6902 give what kustomize gives', async () => {
  await fc.assert(fc.asyncProperty(objectAndOperations, async ([object, operations]) => {
    const result = ours(object, operations);
    if (!isCopyOfNothing(result.error, operations)) {
      expect(outcome(result)).toEqual(outcome(await kustomized(object, operations)));
    }
  }), RUNS);
});
