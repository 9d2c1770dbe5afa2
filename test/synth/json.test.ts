import { isJsonObject, mapStrings, pointerKeys, pointerSegment, stringsIn } from '../../src/synth/json';

test('only a mapping is a JSON object', () => {
  expect([{}, { a: 1 }].every(isJsonObject)).toBe(true);
  expect([null, undefined, [], 'text', 1, true].some(isJsonObject)).toBe(false);
});

test('every string is changed, the keys included', () => {
  expect(mapStrings({ a: 'x', b: ['y', { c: 'z' }] }, text => text.toUpperCase())).toEqual({ A: 'X', B: ['Y', { C: 'Z' }] });
});

test('what is no string stays as it is', () => {
  expect(mapStrings([1, true, null, 0.5], () => 'changed')).toEqual([1, true, null, 0.5]);
});

test('the order of keys stays', () => {
  expect(Object.keys(mapStrings({ b: 1, a: 2 }, text => text))).toEqual(['b', 'a']);
});

test('the original is not touched', () => {
  const original = { a: ['x'] };
  mapStrings(original, text => text + '!');
  expect(original).toEqual({ a: ['x'] });
});

test('each string comes with the pointer to it', () => {
  const seen: string[] = [];
  mapStrings({ 'spec': { hosts: ['a', 'b'] }, 'x/y~z': 'c' }, (text, pointer) => {
    seen.push(`${pointer} ${text}`);
    return text;
  });
  expect(seen).toEqual(['/spec spec', '/spec/hosts hosts', '/spec/hosts/0 a', '/spec/hosts/1 b', '/x~1y~0z x/y~z', '/x~1y~0z c']);
});

test('a string by itself has the empty pointer', () => {
  expect(mapStrings('a', (text, pointer) => `${pointer}|${text}`)).toBe('|a');
});

test.each([
  ['name', 'name'],
  ['app.kubernetes.io/name', 'app.kubernetes.io~1name'],
  ['a~b', 'a~0b'],
  ['~1', '~01'],
  ['', ''],
])('the key %j is the segment %j of a pointer, and back', (key, segment) => {
  expect(pointerSegment(key)).toBe(segment);
  expect(pointerKeys(`/a/${segment}/b`)).toEqual(['a', key, 'b']);
});

test('the empty pointer has no keys', () => {
  expect(pointerKeys('')).toEqual([]);
});

test('every string is told with its place, a key before its value', () => {
  expect(stringsIn({ 'a/b': ['x', 1, { c: 'y' }], 'd': null })).toEqual([
    { text: 'a/b', pointer: '/a~1b' },
    { text: 'x', pointer: '/a~1b/0' },
    { text: 'c', pointer: '/a~1b/2/c' },
    { text: 'y', pointer: '/a~1b/2/c' },
    { text: 'd', pointer: '/d' },
  ]);
});
