/** Flux's substitution, in Flux's code and in the library's: the same text, the same object, or the same refusal. */
import * as fc from 'fast-check';
import { examplePlatforms } from './example-platforms';
import { Answer, Reference } from './reference';
import { variableValues } from '../src/delivery/substituted';
import { substitute, substituteObject, substituteString } from '../src/synth/envsubst';
import { placeOfKey } from '../src/synth/go-yaml';
import { scalarValue } from '../src/synth/go-yaml-reader';
import { JsonObject } from '../src/synth/json';
import { toYaml } from '../src/synth/yaml';

/** The same cases each time, unless another seed is given: `PROPERTY_SEED=$RANDOM PROPERTY_RUNS=100000` looks at others. */
const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 10_000), seed: Number(process.env.PROPERTY_SEED ?? 1) };

const reference = new Reference();
afterAll(() => reference.stop());

/** `f` never has a value. */
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];

const anyName = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...NAMES) }, fc.constantFrom('_x1', 'é', '1', '٣', 'a.b', 'a-b', '', ' a', '!a', 'a[0]'));

const CHARS = [...'abABéßİᾳΣ日😀01-./ _:,*?\\"\'#%=+^[]&|!@'];
const textWith = (...more: string[]) => fc.string({ unit: fc.constantFrom(...CHARS, ...more), maxLength: 8 });

/** Letters that have two cases in Unicode 16 or 17; Go knows those of 15. */
const NEWER = /[\u019b\u0264\u1c89\u1c8a\ua7cb-\ua7cf\ua7d2-\ua7d5\ua7da-\ua7dc\u{10d50}-\u{10d85}\u{16ea0}-\u{16ed3}]/u;

const value = fc.oneof(
  textWith('$', '{', '}', '$$', '${a}'), fc.string({ unit: 'binary', maxLength: 8 }), fc.string({ unit: 'grapheme', maxLength: 8 }), fc.integer().map(String),
).filter(found => !NEWER.test(found));
const anyValues = fc.dictionary(fc.constantFrom(...NAMES.slice(0, -1)), value);

const pattern = fc.oneof(
  fc.string({ unit: fc.constantFrom('*', '?', '[', ']', '^', '-', '\\', 'a', 'b', 'd', 'z', 'é', '😀', '/', '.', 'A', '0'), minLength: 1, maxLength: 6 }),
  fc.constantFrom('[a-z]', '[z-a]', '[^a]', '[\\d]', '[a\\-b]*', '*[/.]', '?', '*', '**', '?*?', '[é-日]', '\\*'),
);

/** An expression, mostly one that Flux can read, with others in it. */
const { expression } = fc.letrec<{ expression: string }>(tie => {
  const number = fc.oneof(fc.integer({ min: -9, max: 12 }).map(String), fc.constantFrom('', ' 1', 'x', '+2', '007', '-0', '99999999999999999999'));
  const operand = (content: fc.Arbitrary<string>) => fc.oneof({ weight: 6, arbitrary: content }, { weight: 1, arbitrary: tie('expression') });
  const several = fc.array(operand(textWith('$', '{', '$$')), { maxLength: 3 }).map(parts => parts.join(''));
  const replaced = operand(textWith('$', '$$', '\\/', '\\\\'));
  const join = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map(found => found.join(''));
  return {
    expression: fc.oneof({ depthSize: 'small' }, ...[
      fc.constant(''),
      join(fc.constantFrom(':=', ':-', ':+', ':?', '=', '-', '+', '?'), several),
      fc.constantFrom('^', '^^', ',', ',,', '^,', ',^'),
      join(fc.constant(':'), operand(number)),
      join(fc.constant(':'), operand(number), fc.constantFrom(':', '::'), operand(number)),
      join(fc.constantFrom('#', '##', '%', '%%'), operand(pattern)),
      join(fc.constantFrom('/', '//', '/#', '/%'), replaced, fc.constantFrom('/', '//', ''), replaced),
    ].map(rest => join(fc.constant('${'), anyName, rest, fc.constantFrom('}', '}', '}', '}', '}', '}', '}', '', ' }'))), join(fc.constant('${#'), anyName, fc.constant('}'))),
  };
});

const template = fc.array(fc.oneof({ weight: 2, arbitrary: expression }, textWith('$', '$$', '$$$', '{', '}', '${', '\n', '\t')), { maxLength: 4 }).map(parts => parts.join(''));

/** Go quotes in its own way what it cannot print. */
function refusal(error: string): string {
  return error.replace(/"(.*)"$/s, (_, quoted) => JSON.stringify(JSON.parse(`"${quoted}"`)));
}

/** What reads the text next refuses half a character. */
function outcome({ text: bytes, error }: Answer): object {
  const read = bytes.toString();
  return error !== undefined ? { error: refusal(error) } : Buffer.compare(Buffer.from(read), bytes) === 0 ? { text: read } : { error: 'YAML: invalid UTF-8' };
}

test('a text becomes what Flux makes of it', async () => {
  await fc.assert(fc.asyncProperty(template, anyValues, fc.boolean(), async (source, values, strict) => {
    const theirs = await reference.ask({ ask: 'substitute', text: source, variables: values, loose: !strict });
    expect(substitute(source, new Map(Object.entries(values)), { strict })).toEqual(outcome(theirs));
  }), RUNS);
});

test('every character has the case that Go gives it', async () => {
  const codes = Array.from({ length: 0x110000 }, (_, code) => code).filter(code => code < 0xd800 || code > 0xdfff);
  const all = codes.map(code => String.fromCodePoint(code)).filter(char => !NEWER.test(char)).join('');
  for (const source of ['${x^^}', '${x,,}']) {
    expect(substitute(source, new Map([['x', all]]))).toEqual(outcome(await reference.ask({ ask: 'substitute', text: source, variables: { x: all } })));
  }
});

/** What YAML may take for something else than text. */
const nasty = fc.constantFrom(
  '1', '012', '1_0', '0x1f', '0b1', '1e3', '.5', '.5_0', '1e999', '.inf', '-.INF', '.nan', '-0', '0o7', '08', '1__', '0b-1', '18446744073709551616', '1.50', '1e21', '1234567.5',
  '2001-01-01', '12:30', 'y', 'NO', 'null', '~', '', ' ', '"', '\'', '{', '}', '{a: 1}', '[a, "b"]', '{1: 2, null: 3}', '{<<: {a: 1}}', '[', ']', '- a', '-', 'a: b', 'a #b',
  '|', '>', '&a', '&a b', '*a', '!!int', '!!int 5', '!!str 5', '!!binary aGk=', '!a', '!a b', '%', '@', '`', '? a', '?', ':', '"a"', '\'a\'', '"\\x41"', '"\\/"', '<<', '---', '...',
  ',', '\t', '\ta', 'a\t', '\u0000', '\u007f', '\u0080', '😀', '\ufffe', '='.repeat(1100),
);

/** Values without line breaks and byte order marks; Flux takes out \n itself. */
const plainValues = fc.record({ a: nasty, b: value, c: fc.oneof(nasty, value) }).map(
  values => Object.fromEntries(Object.entries(values).map(([name, found]) => [name, found.replace(/[\n\r\x85\u2028\u2029\ufeff]/g, '')])));

/** Without what kustomize cannot write. */
const string = fc.oneof(template, fc.tuple(nasty, template).map(([before, behind]) => before + behind)).map(found => found.replace(/[\0\x7f-\x9f\ufffe]|={1000,}/g, ''));

const data = fc.dictionary(fc.oneof({ weight: 2, arbitrary: fc.constantFrom('a', 'b', 'c') }, string.filter(key => key !== '<<')), fc.oneof(string, fc.array(string, { maxLength: 3 }), fc.integer()), { maxKeys: 3 });

function configMap(fields: JsonObject): JsonObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: fields };
}

/** The object with nothing in `data` but the one string that is refused. */
function alone(pointer: string, fields: JsonObject, variables: Record<string, string>): JsonObject {
  const [,, key, index] = pointer.split('/').map(segment => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
  const found = fields[key];
  const keyIsRefused = substituteString(key, new Map(Object.entries(variables)), {}, placeOfKey(key)).error !== undefined;
  return configMap({ [key]: keyIsRefused ? 0 : Array.isArray(found) ? [found[Number(index)]] : found });
}

/** Whether there is what is left out: a key that becomes something else than one, or another of its mapping, and a tag with a `!`, a comma or a bracket in its name. */
function isLeftOut(fields: JsonObject, variables: Record<string, string>): boolean {
  const become = (text: string) => substitute(text, new Map(Object.entries(variables))).text ?? text;
  const keys = Object.keys(fields).map(become);
  const isOdd = (key: string, i: number) => key !== Object.keys(fields)[i] && /^[\s!#|>]|^[-?]\s|\s#|.{1000}/s.test(key);
  return keys.some(isOdd)
    || new Set(keys.map(key => JSON.stringify(scalarValue(key, 'key')))).size < keys.length
    || Object.values(fields).flat().some(text => /^ *!!?[^\s!]*[!,[\]]/.test(become(String(text))));
}

test('an object becomes what Flux makes of it', async () => {
  await fc.assert(fc.asyncProperty(data, plainValues, async (fields, variables) => {
    fc.pre(!isLeftOut(fields, variables));
    const ours = substituteObject(configMap(fields), new Map(Object.entries(variables)));
    const theirs = await reference.ask({ ask: 'substituteObject', text: toYaml(configMap(fields)), variables });
    if (ours.error === undefined) {
      expect(ours).toEqual(theirs.error === undefined ? { object: theirs.value } : { error: theirs.error });
    } else if (theirs.error === undefined) {
      // What one string begins, another ends: the library says it of the one.
      const refused = await reference.ask({ ask: 'substituteObject', text: toYaml(alone(ours.pointer, fields, variables)), variables });
      expect(refused).toMatchObject({ error: expect.anything() });
    }
  }), RUNS);
});

test('what the examples deliver becomes what Flux makes of it with the values of their clusters', async () => {
  const deliveries = [...examplePlatforms().values()].flatMap(platform => platform.deliveries());
  const asked = deliveries.flatMap(delivery => delivery.kustomizations.flatMap(kustomization => {
    const values = variableValues(delivery, kustomization);
    return values.size === 0 ? [] : kustomization.objects.map(async ({ manifest }) => {
      const theirs = await reference.ask({ ask: 'substituteObject', text: toYaml(manifest), variables: Object.fromEntries(values) });
      const ours = substituteObject(manifest, values);
      expect(ours.object).toEqual(theirs.error === undefined ? theirs.value : undefined);
    });
  }));
  expect(asked.length).toBeGreaterThan(100);
  await Promise.all(asked);
});
