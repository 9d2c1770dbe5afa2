/** Flux's substitution, in Flux's code and in the library's: the same text, the same object, or the same refusal. */
import * as fc from 'fast-check';
import { Answer, Reference } from './reference';
import { substitute, substituteObject } from '../src/synth/envsubst';

const RUNS = 10_000;

const reference = new Reference();
afterAll(() => reference.stop());

/** `f` never has a value. */
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];

const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...NAMES) }, fc.constantFrom('_x1', 'é', '1', '٣', 'a.b', 'a-b', '', ' a', '!a', 'a[0]'));

const CHARS = ['a', 'b', 'A', 'B', 'é', 'ß', 'İ', 'ᾳ', 'Σ', '日', '😀', '0', '1', '-', '.', '/', ' ', '_', ':', ',', '*', '?', '\\', '"', '\'', '#', '%', '=', '+', '^', '[', ']', '&', '|', '!', '@'];
const text = (...more: string[]) => fc.string({ unit: fc.constantFrom(...CHARS, ...more), maxLength: 8 });

const value = fc.oneof(text('$', '{', '}', '$$', '${a}'), fc.string({ unit: 'binary', maxLength: 8 }), fc.string({ unit: 'grapheme', maxLength: 8 }), fc.integer().map(String));
const variables = fc.dictionary(fc.constantFrom(...NAMES.slice(0, -1)), value);

const pattern = fc.oneof(
  fc.string({ unit: fc.constantFrom('*', '?', '[', ']', '^', '-', '\\', 'a', 'b', 'd', 'z', 'é', '😀', '/', '.', 'A', '0'), minLength: 1, maxLength: 6 }),
  fc.constantFrom('[a-z]', '[z-a]', '[^a]', '[\\d]', '[a\\-b]*', '*[/.]', '?', '*', '**', '?*?', '[é-日]', '\\*'),
);

/** An expression, mostly one that Flux can read, with others in it. */
const { expression } = fc.letrec<{ expression: string; operand: string }>(tie => {
  const number = fc.oneof(fc.integer({ min: -9, max: 12 }).map(String), fc.constantFrom('', ' 1', 'x', '+2', '007', '-0', '99999999999999999999'));
  const operand = (content: fc.Arbitrary<string>) => fc.oneof({ weight: 6, arbitrary: content }, { weight: 1, arbitrary: tie('expression') });
  const several = fc.array(operand(text('$', '{', '$$')), { maxLength: 3 }).map(parts => parts.join(''));
  const join = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map(found => found.join(''));
  return {
    operand: operand(text('$')),
    expression: fc.oneof({ depthSize: 'small' }, ...[
      fc.constant(''),
      join(fc.constantFrom(':=', ':-', ':+', ':?', '=', '-', '+', '?'), several),
      fc.constantFrom('^', '^^', ',', ',,', '^,', ',^'),
      join(fc.constant(':'), operand(number)),
      join(fc.constant(':'), operand(number), fc.constantFrom(':', '::'), operand(number)),
      join(fc.constantFrom('#', '##', '%', '%%'), operand(pattern)),
      join(fc.constantFrom('/', '//', '/#', '/%'), operand(text('$', '$$', '\\/', '\\\\')), fc.constantFrom('/', '//', ''), operand(text('$', '$$', '\\/', '\\\\'))),
    ].map(rest => join(fc.constant('${'), name, rest, fc.constantFrom('}', '}', '}', '}', '}', '}', '}', '', ' }'))), join(fc.constant('${#'), name, fc.constant('}'))),
  };
});

const template = fc.array(fc.oneof({ weight: 2, arbitrary: expression }, text('$', '$$', '$$$', '{', '}', '${', '\n', '\t')), { maxLength: 4 }).map(parts => parts.join(''));

/** Go quotes in its own way what it cannot print. */
function refusal(error: string): string {
  return error.replace(/"(.*)"$/s, (_, quoted) => JSON.stringify(JSON.parse(`"${quoted}"`)));
}

/** What reads the text next refuses half a character. */
function outcome({ text: bytes, error }: Answer): object {
  const read = bytes.toString();
  return error !== undefined ? { error: refusal(error) } : Buffer.compare(Buffer.from(read), bytes) === 0 ? { text: read } : { error: 'YAML: invalid UTF-8' };
}

test('a text', async () => {
  await fc.assert(fc.asyncProperty(template, variables, fc.boolean(), async (source, values, strict) => {
    const theirs = await reference.ask({ ask: 'substitute', text: source, variables: values, loose: !strict });
    expect(substitute(source, new Map(Object.entries(values)), { strict })).toEqual(outcome(theirs));
  }), { numRuns: RUNS });
});

const object = fc.record({ data: fc.dictionary(fc.oneof(fc.constantFrom('a', 'b', '${a}', 'a: b'), template), fc.oneof(template, fc.array(template, { maxLength: 3 }), fc.integer()), { maxKeys: 3 }) }).map(
  fields => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, ...fields }));
const nasty = fc.constantFrom('1', '012', '1_0', '0x1f', '0b1', '1e3', '.5', '.5_0', '1e999', '.inf', '-.INF', '.nan', '-0', '0o7', '08', '1__', '0b-1', '2001-01-01', '12:30', 'y', 'NO', 'null', '~', '', ' ', '"', '\'', '{', '}', '{a: 1}', '[a, ${b}]', '[', ']', '- a', 'a: b', 'a #b', '# b', '|', '>', '&a', '*a', '!!int', '!a', '%', '@', '`', '? a', '"a"', '\'a\'', '<<', '---', '...', ',', 'a\rb', '\u0085', '\u2028', '\ufeff', '\u0000', '\u007f', '😀', '\ufffe');
const objectVariables = fc.record({ a: nasty, b: value, c: fc.oneof(nasty, value) }).map(values => Object.fromEntries(Object.entries(values).map(([k, v]) => [k, v.replaceAll('\n', '')])));

test('an object', async () => {
  await fc.assert(fc.asyncProperty(object, objectVariables, async (manifest, values) => {
    const theirs = await reference.ask({ ask: 'substituteObject', object: manifest, variables: values });
    const ours = substituteObject(manifest as any, new Map(Object.entries(values)));
    if (ours.error !== undefined && theirs.error !== undefined) return;
    expect(ours.error === undefined ? { object: ours.object } : ours).toEqual(theirs.error === undefined ? { object: theirs.value } : { error: theirs.error });
  }), { numRuns: RUNS });
});
