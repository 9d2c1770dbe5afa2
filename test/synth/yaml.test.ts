import { writeFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { toYaml } from '../../src/synth/yaml';
import { kustomizeBuild } from '../kustomize';
import { temporaryFolder } from '../temporary-folder';

test('a document looks as a person would write it', () => {
  expect(toYaml({
    apiVersion: 'v1',
    kind: 'Thing',
    metadata: { name: 'a', labels: {} },
    spec: {
      replicas: 2,
      ratio: 0.5,
      suspend: false,
      nothing: null,
      empty: [],
      hosts: ['a.example.com', 'b.example.com'],
      rules: [{ from: 'a', ports: [80, 443] }, { from: 'b' }],
      script: 'set -e\necho done\n',
      note: 'first\nsecond',
      enabled: 'yes',
      image: 'ghcr.io/acme/web:1.2.3',
      host: '${name}.example.com',
    },
  })).toBe(`apiVersion: v1
kind: Thing
metadata:
  name: a
  labels: {}
spec:
  replicas: 2
  ratio: 0.5
  suspend: false
  nothing: null
  empty: []
  hosts:
    - a.example.com
    - b.example.com
  rules:
    - from: a
      ports:
        - 80
        - 443
    - from: b
  script: |
    set -e
    echo done
  note: |-
    first
    second
  enabled: "yes"
  image: ghcr.io/acme/web:1.2.3
  host: \${name}.example.com
`);
});

test('a list is a document, too', () => {
  expect(toYaml([{ op: 'add', path: '/a', value: [1] }, { op: 'remove', path: '/b' }])).toBe(`- op: add
  path: /a
  value:
    - 1
- op: remove
  path: /b
`);
});

test('keys keep the order that they were given in', () => {
  expect(toYaml({ b: 1, a: 2 })).toBe('b: 1\na: 2\n');
});

test('an object that is used twice is written twice', () => {
  const shared = { cpu: '1' };
  expect(toYaml({ requests: shared, limits: shared })).toBe('requests:\n  cpu: "1"\nlimits:\n  cpu: "1"\n');
});

test('a comment stands behind the value of its field', () => {
  expect(toYaml({ spec: { suspend: true, interval: '1h' } }, { '/spec/suspend': 'until the migration is done' }))
    .toBe('spec:\n  suspend: true # until the migration is done\n  interval: 1h\n');
});

test('a comment on an entry of a list stands behind its first field', () => {
  expect(toYaml({ spec: { dependsOn: [{ name: 'crds' }, { name: 'epis', namespace: 'x' }] } }, { '/spec/dependsOn/1': 'IAM roles' })).toBe(`spec:
  dependsOn:
    - name: crds
    - name: epis # IAM roles
      namespace: x
`);
});

test('a comment on a list stands behind its first value', () => {
  expect(toYaml({ hosts: ['a', 'b'] }, { '/hosts': 'both' })).toBe('hosts:\n  - a # both\n  - b\n');
});

test('a comment on the whole document stands behind its first value', () => {
  expect(toYaml({ kind: 'A', name: 'b' }, { '': 'all of it' })).toBe('kind: A # all of it\nname: b\n');
});

test('a comment finds a key that holds a slash', () => {
  expect(toYaml({ labels: { 'app/name': 'web' } }, { '/labels/app~1name': 'for the graph' })).toBe('labels:\n  app/name: web # for the graph\n');
});

test('a comment is one line, however it was written', () => {
  expect(toYaml({ a: 1 }, { '/a': '  two\n  lines\t#1 ' })).toBe('a: 1 # two lines #1\n');
});

test('a comment on text of several lines stands behind the mark that opens it', () => {
  expect(toYaml({ script: 'a\nb\n' }, { '/script': 'runs first' })).toBe('script: | # runs first\n  a\n  b\n');
});

test.each([
  ['mapping', {}, 'a: {} # none yet\nb: 1\n'],
  ['list', [], 'a: [] # none yet\nb: 1\n'],
  ['mapping in a list', [{}, 1], 'a:\n  - {} # none yet\n  - 1\nb: 1\n'],
])('a comment on an empty %s stands behind it', (_, value, written) => {
  expect(toYaml({ a: value, b: 1 }, { '/a': 'none yet' })).toBe(written);
});

test('a comment on an empty document stands behind it', () => {
  expect(toYaml({}, { '': 'nothing' })).toBe('{} # nothing\n');
});

test('a comment without text is none', () => {
  expect(toYaml({ a: 1, b: 2 }, { '/a': '', '/b': ' \n' })).toBe('a: 1\nb: 2\n');
});

test('comments for one line stand there one after the other', () => {
  expect(toYaml({ spec: { a: 1, b: 2 } }, { '/spec': 'of the spec', '': '', '/spec/a': 'of a', '/spec/b': 'of b' }))
    .toBe('spec:\n  a: 1 # of the spec; of a\n  b: 2 # of b\n');
});

test('a comment holds nothing that would end it or stop a reader', () => {
  expect(toYaml({ a: 1 }, { '/a': 'x\u0085b: 2\u2028c: 3\u0000\ufffe.' })).toBe('a: 1 # x b: 2 c: 3 \\ufffe.\n');
});

test('a comment does not change what is read', () => {
  const object = { a: { b: [{ c: 'x' }] } };
  expect(parse(toYaml(object, { '/a/b/0/c': 'why: # - "it"' }))).toEqual(object);
});

test.each(['/spec/nothing', '/spec/name/below', '/spec/hosts/7'])('a comment needs a field: %s is none', pointer => {
  expect(() => toYaml({ spec: { name: 'a', hosts: ['b'] } }, { [pointer]: 'why' }))
    .toThrow(new Error(`cannot comment ${pointer}: the document has no such field`));
});

const STRINGS = [
  'yes', 'Yes', 'YES', 'no', 'on', 'off', 'y', 'n', 'Y', 'N', 'true', 'True', 'false', '~', 'null', 'Null', 'NULL', '',
  '0', '-1', '+1', '1.0', '1.', '.5', '0755', '08', '0o17', '0x1f', '0b11', '1e3', '1E3', '1e+3', '1_000', '0x_1f', '.inf', '-.inf', '.NaN', 'NaN',
  '0o7_7', '0_x7', '-_7', '7e_7', '1_0.5', '0o-7', '-0o7', '+0O7', '0b-1', '-0b1', '-0x1F', '0x-1', '_7', '0o', '1_a',
  '12:30', '12:30:45', '190:20:30', '2001-01-01', '2001-1-1', '2001-01-01T00:00:00Z', '2001-12-14 21:59:43.10 -5', '1.2.3', '10.0.0.0/16',
  ' lead', 'trail ', ' ', '\t', 'a\tb', '\ta', 'a\t', '# x', 'a #b', 'a#b', 'a: b', 'a:', ':a', 'a:b', '- a', '-', '--', '---', '...', '? a', '?',
  '*a', '&a', '!a', '!!str a', '%a', '@a', '`a', '<<', '=', '|', '>', '|\n', '{', '}', '[', ']', '{}', '[]', '{a: b}', '[a]', ',', 'a, b',
  '"', '\'', '"a"', '\'a\'', 'it\'s', 'say "hi"', 'a"b\'c', '\\', '\\n', 'C:\\temp', '$', '${x}', '$${x}', '{{ a }}', '%YAML 1.1',
  'a\n', 'a\n\n', 'a\n\n\n', '\na', '\n\na\n', '\n', '\n\n', 'a\nb', 'a\n\nb\n', ' a\nb', '  a\nb\n', 'a\n  b\n', 'a \nb\n', 'a\n#b\n', '#a\nb\n',
  '---\na\n', 'a\n---\nb\n', 'a\n\tb\n', '\ta\n', '\n\ta', '\t\n', ' \ta\n', ' \n\ta\nb',
  ' \n', '\n \n', ' \n ', '\n\n ', `\t\n \n${'word '.repeat(20)} \n\n  end\n`, 'a\r\nb\r\n', 'a\r\nb', 'a\rb', '\r\n', '\u0000', '\u0007', '\u001b[0m',
  'é', '日本語', '😀', '👩‍👩‍👧', 'a\u00a0b', '\u200b', '\ufeff',
  'x'.repeat(300), 'word '.repeat(60), 'key: value '.repeat(30), ' '.repeat(250), `first\n${'word '.repeat(60)}\n`, 'it\'s "so" \\ '.repeat(30),
];

test.each(STRINGS)('the string %j stays that string, whichever YAML is read', text => {
  const object = { first: text, list: [text, [text], { key: text }], deep: { deeper: { last: text } } };
  expect(parse(toYaml(object), { version: '1.1' })).toEqual(object);
  expect(parse(toYaml(object), { version: '1.2' })).toEqual(object);
});

test.each(STRINGS)('the key %j stays that key, whichever YAML is read', text => {
  const object = { [text]: 1, deep: { [text]: { [text]: 2 } } };
  expect(parse(toYaml(object), { version: '1.1' })).toEqual(object);
  expect(parse(toYaml(object), { version: '1.2' })).toEqual(object);
});

test.each([
  ['\ta\n', '"\\ta\\n"'],
  ['\n\ta', '"\\n\\ta"'],
  [' \n', '" \\n"'],
  ['\n \n', '"\\n \\n"'],
  ['0o7_7', '"0o7_7"'],
  ['-0o7', '"-0o7"'],
  ['7e_7', '"7e_7"'],
  ['a\u0085b', '"a\\u0085b"'],
])('%j is written with quotes: %s', (text, written) => {
  expect(toYaml({ a: text })).toBe(`a: ${written}\n`);
});

test.each(['0o', '0x', '1_a', '0b_g', '7e', '1.2.3', 'a1b2c3', '0xg'])('%s looks like no number and has no quotes', text => {
  expect(toYaml({ a: text })).toBe(`a: ${text}\n`);
});

test.each(['\x7f', '\x80', '\x85', '\x9f', '\u2028', '\u2029', '\ufeff', '\ufffe', '\uffff'])('the character %j is escaped, wherever it stands', char => {
  const escaped = `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const object = { [`k${char}`]: [char, `a${char}`, `a\nb${char}\n`] };
  const written = toYaml(object);
  expect(written).toBe(`"k${escaped}":\n  - "${escaped}"\n  - "a${escaped}"\n  - "a\\nb${escaped}\\n"\n`);
  expect(parse(written, { version: '1.1' })).toEqual(object);
  expect(parse(written, { version: '1.2' })).toEqual(object);
});

test.each([
  ['\ud83d', '\ufffd'],
  ['a\ude00b\nc', 'a\ufffdb\nc'],
  ['\ud83d\ude00', '😀'],
])('half a character becomes what UTF-8 has in its place: %j is %j', (text, read) => {
  expect(parse(toYaml({ [text]: text }))).toEqual({ [read]: read });
});

test('marks of variables go through as they are', () => {
  expect(toYaml({ '\ue000x\ue001': '\ue002{x}', 'a': '\ue000x\ue001\n' })).toBe('\ue000x\ue001: \ue002{x}\na: |\n  \ue000x\ue001\n');
});

test('kustomize reads every string as it was meant', () => {
  const directory = temporaryFolder();
  const data = Object.fromEntries(STRINGS.map((text, i) => [`k${i}`, text]));
  writeFileSync(join(directory, 'strings.yaml'), toYaml({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'strings' }, data }));
  writeFileSync(join(directory, 'kustomization.yaml'), toYaml({ resources: ['strings.yaml'] }));
  expect(kustomizeBuild(directory)).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'strings' }, data }]);
});

test('kustomize reads strings of a custom resource as strings', () => {
  const directory = temporaryFolder();
  const thing = { apiVersion: 'acme.io/v1', kind: 'Thing', metadata: { name: 'thing' }, spec: { list: STRINGS, nested: STRINGS.map(text => ({ text })) } };
  writeFileSync(join(directory, 'thing.yaml'), toYaml(thing));
  writeFileSync(join(directory, 'kustomization.yaml'), toYaml({ resources: ['thing.yaml'] }));
  expect(kustomizeBuild(directory)).toEqual([thing]);
});

test('numbers, booleans and null stay what they are', () => {
  const object = { numbers: [0, -1, 0.5, 1e21, 123456789012], truth: [true, false], nothing: null };
  expect(parse(toYaml(object), { version: '1.1' })).toEqual(object);
  expect(parse(toYaml(object), { version: '1.2' })).toEqual(object);
});
