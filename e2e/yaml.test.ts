/** What synth writes, read by the YAML of Kubernetes and built by kustomize: it is what was meant. */
import { cpSync, mkdtempSync, readdirSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { EXAMPLES, examplePlatforms } from './example-platforms';
import { Answer, Reference } from './reference';
import { appliedFrom } from '../src/delivery/applied-objects';
import { Json, JsonObject } from '../src/synth/json';
import { toYaml } from '../src/synth/yaml';

/** The same cases each time, unless another seed is given: `PROPERTY_SEED=$RANDOM PROPERTY_RUNS=100000` looks at others. */
const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 10_000), seed: Number(process.env.PROPERTY_SEED ?? 1) };

const reference = new Reference();
afterAll(() => reference.stop());

const words = fc.constantFrom(
  'y', 'Y', 'yes', 'Yes', 'YES', 'n', 'N', 'no', 'No', 'NO', 'on', 'On', 'ON', 'off', 'OFF', 'true', 'True', 'TRUE', 'tRUE', 'false', 'FALSE', 'null', 'Null', 'NULL', '~', '',
  '0', '-0', '1', '+1', '007', '0755', '08', '0o17', '0O17', '-0o7', '0x1f', '0X1F', '0x', '0b11', '0b-1', '1_000', '_1', '1_', '0_x7', '1.', '.5', '.5_0', '-.5', '+.5', '1.5e3', '1e3', '1E3', '1e+3', '1e',
  '1e999', '.inf', '-.Inf', '+.INF', '.nan', '.NaN', '9007199254740993', '18446744073709551616', '12:30', '12:30:45', '1:2', '190:20:30.5', '-1:30',
  '2001-01-01', '2001-1-1', '2001-01-01T00:00:00Z', '2001-01-01t1:2:3z', '2001-12-14 21:59:43.10 -5', '2001-01-01 10:00:00', '2001-99-99',
  '<<', '=', '---', '...', '--- a', '---a', '- a', '-', '--', '-a', '? a', '?', ': a', ':', ':a', 'a:', 'a: b', 'a:b', 'a #b', 'a#b', '#a', '# a', '!a', '!!str a', '!', '&a', '*a', '%a', '%YAML 1.1', '@a', '`a',
  '|', '>', '|-', '>+', '{', '}', '[', ']', '{}', '[]', '{a: b}', '[a]', ',', 'a, b', '"', '\'', '"a"', '\'a\'', 'it\'s', '\\', '\\n', '${x}', '$${x}', '{{ .a }}',
);
const char = fc.constantFrom(
  'a', 'b', 'é', '日', '😀', '\u00a0', '\u200b', ' ', ' ', '\n', '\n', '\t', '\r', '\r\n', '\u0085', '\u2028', '\u2029', '\ufeff', '#', ': ', ':', ',', '-', '- ', '"', '\'', '\\', '|', '>', '%', '&', '*', '!', '?', '{', '}', '[', ']', '@', '`', '~', '0', '1', '_', '.', 'e',
);
const long = fc.tuple(fc.constantFrom('word ', 'x', ' ', 'it\'s ', 'a: ', '"a" ', 'a\n', 'a  b ', '#', '日本 ', '\\ '), fc.integer({ min: 15, max: 90 }), fc.constantFrom('', '\n', '\n\n', ' ', 'end')).map(([unit, times, end]) => unit.repeat(times) + end);
const text = fc.oneof(words, fc.string({ unit: char, maxLength: 12 }), long, fc.tuple(words, fc.constantFrom('', ' ', '\n', '\n\n', '\t', ' #'), words).map(parts => parts.join('')), fc.string({ unit: 'grapheme', maxLength: 6 }), fc.string({ unit: 'binary', maxLength: 6 }));

function values(string: fc.Arbitrary<string>): fc.Arbitrary<JsonObject> {
  const { value } = fc.letrec<{ value: Json }>(tie => ({
    value: fc.oneof({ maxDepth: 4, depthSize: 'small' },
      { weight: 6, arbitrary: string }, { weight: 1, arbitrary: fc.oneof(fc.integer(), fc.constantFrom(null, true, false, 0.5, 1e21, -1.5e-7)) },
      { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 4 }) }, { weight: 2, arbitrary: fc.dictionary(string, tie('value'), { maxKeys: 4, noNullPrototype: true }) }),
  }));
  return fc.dictionary(string, value, { maxKeys: 4, noNullPrototype: true });
}

test('Kubernetes reads every value as it was meant', async () => {
  await fc.assert(fc.asyncProperty(values(text), async object => {
    const read = await reference.ask({ ask: 'parse', text: toYaml(object) });
    expect(read.error ?? read.value).toEqual(object);
  }), RUNS);
});

/** What kustomize refuses or changes, however it is written: controls above 0x7e, non-characters; as a key a merge, and one of more than 1024 characters. */
const UNKNOWN_TO_KUSTOMIZE = /[\x7f-\x9f\ufffe\uffff]/g;
const forKustomize = text.map(found => found.replace(UNKNOWN_TO_KUSTOMIZE, '')).filter(found => found !== '<<' && JSON.stringify(found).length < 1000);

function built(spec: JsonObject): Promise<Answer> {
  return reference.ask({ ask: 'build', files: { 'kustomization.yaml': toYaml({ resources: ['thing.yaml'] }), 'thing.yaml': toYaml(thing(spec)) } });
}

function thing(spec: JsonObject): JsonObject {
  return { apiVersion: 'acme.io/v1', kind: 'Thing', metadata: { name: 'thing' }, spec };
}

test('kustomize builds every object as it was meant', async () => {
  await fc.assert(fc.asyncProperty(values(forKustomize), async spec => {
    const { error, value } = await built(spec);
    expect(error ?? value).toEqual([thing(spec)]);
  }), RUNS);
});

test.each<[string, JsonObject, string | JsonObject]>([
  ['a control character', { a: '\x7f' }, 'yaml: control characters are not allowed'],
  ['another control character', { a: '\x80' }, 'yaml: control characters are not allowed'],
  ['what is no character', { a: '\uffff' }, 'yaml: control characters are not allowed'],
  ['the line break of EBCDIC', { a: 'a\x85b' }, { a: 'a b' }],
  ['a merge', { '<<': 1 }, {}],
  ['a long key', { ['x'.repeat(1025)]: 1 }, 'yaml: did not find expected \',\' or \'}\''],
])('kustomize cannot have %s', async (_, spec, result) => {
  const { error, value } = await built(spec);
  expect(error ?? value).toEqual(typeof result === 'string' ? result : [thing(result)]);
});

test('a file of every example is the same to Kubernetes and to the library', async () => {
  const paths = readdirSync(EXAMPLES).flatMap(example => readdirSync(join(EXAMPLES, example, 'gitops'), { recursive: true, encoding: 'utf-8' })
    .filter(path => path.endsWith('.yaml')).map(path => join(EXAMPLES, example, 'gitops', path)));
  expect(paths.length).toBeGreaterThan(300);
  for (const path of paths) {
    const file = readFileSync(path, 'utf-8');
    const { error, value } = await reference.ask({ ask: 'parse', text: file });
    expect([path, error ?? value]).toEqual([path, parse(file)]);
  }
});

describe.each([...examplePlatforms()])('the example %s', (example, platform) => {
  const root = mkdtempSync(join(tmpdir(), 'cdk8s-strata-e2e-'));
  cpSync(join(EXAMPLES, example, 'gitops'), root, { recursive: true });

  test.each(platform.deliveries().map(delivery => [delivery.cluster, delivery] as const))('Flux builds what %s is said to get', async (cluster, { kustomizations }) => {
    const paths = await reference.ask({ ask: 'buildPath', root, kustomization: { spec: { path: `./clusters/${cluster}` } } });
    const applied = paths.value as JsonObject[];
    expect(byIdentity(applied.filter(isKustomization))).toEqual(byIdentity(kustomizations.map(({ manifest }) => manifest as JsonObject)));
    for (const { manifest, objects } of kustomizations) {
      const { error, value } = await reference.ask({ ask: 'buildPath', root, kustomization: manifest as JsonObject });
      expect(error ?? byIdentity(value as JsonObject[])).toEqual(byIdentity(appliedFrom(manifest, objects).map(object => object.manifest)));
    }
  });
});

function isKustomization({ apiVersion, kind }: JsonObject): boolean {
  return kind === 'Kustomization' && String(apiVersion).startsWith('kustomize.toolkit.fluxcd.io/');
}

function byIdentity(objects: readonly JsonObject[]): Record<string, JsonObject> {
  return Object.fromEntries(objects.map(object => {
    const { name, namespace = '' } = object.metadata as JsonObject;
    return [`${object.apiVersion} ${object.kind} ${namespace} ${name}`, object];
  }));
}
