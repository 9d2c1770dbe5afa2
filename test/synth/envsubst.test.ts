import { substitute, substituteObject, substituteString } from '../../src/synth/envsubst';

function values(variables: { [name: string]: string } = {}): ReadonlyMap<string, string> {
  return new Map(Object.entries(variables));
}

const ALPHA = { v: 'abcdEFGH28ij' };
const FILE = { v: 'bash.string.txt' };
const ABC = { v: 'abcABC123ABCabc' };

// The cases of Flux's own tests, and what its code makes of further ones.
test.each<[string, { [name: string]: string }, string]>([
  ['abcdEFGH28ij', {}, 'abcdEFGH28ij'],
  ['${#v}', ALPHA, '12'],
  ['${#v}', { v: 'é' }, '2'],
  ['${v^}', ALPHA, 'AbcdEFGH28ij'],
  ['${v^^}', ALPHA, 'ABCDEFGH28IJ'],
  ['${v,}', { v: 'ABC' }, 'aBC'],
  ['${v,,}', { v: 'ABC' }, 'abc'],
  ['${v,^}', { v: 'ABC' }, 'ABC'],
  ['${v^}', { v: '' }, ''],
  ['${v:11}', { v: '/home/bozo/ideas/thoughts.for.today' }, 'ideas/thoughts.for.today'],
  ['${v:11:5}', { v: '/home/bozo/ideas/thoughts.for.today' }, 'ideas'],
  ['${v: -3}', ALPHA, 'abcdEFGH28ij'],
  ['${v:${w}}', { v: 'abcdef', w: '-2' }, 'ef'],
  ['${v:${w}}', { v: 'abcdef', w: '-20' }, 'abcdef'],
  ['${v:1:${w,,}}', { v: 'abcdef', w: '2' }, 'bc'],
  ['${v:1::2}', { v: 'abcdef' }, 'bc'],
  ['${v:20}', ALPHA, ''],
  ['${v:a:b}', ALPHA, 'abcdEFGH28ij'],
  ['${v=xyz}', { v: 'abc' }, 'abc'],
  ['${v=xyz}', {}, 'xyz'],
  ['${v:-xyz}', { v: '' }, 'xyz'],
  ['${v:+xyz}', {}, 'xyz'],
  ['${v:?xyz}', { v: 'abc' }, 'abc'],
  ['${v=prefix${w}-suffix}', { w: 'foo' }, 'prefixfoo-suffix'],
  ['${v=${w^^}}', { w: 'foo' }, 'FOO'],
  ['${v:={}}', { v: 'abc' }, 'abc}'],
  ['${v:={}}', {}, '{}'],
  ['${v/%abc/XYZ}', ABC, 'abcABC123ABCXYZ'],
  ['${v/#abc/XYZ}', ABC, 'XYZABC123ABCabc'],
  ['${v/%ABC/XYZ}${v/#ABC/XYZ}', ABC, 'abcABC123ABCabcabcABC123ABCabc'],
  ['${v/#abc/}${v/%abc/}', ABC, 'abcABC123ABCabcabcABC123ABCabc'],
  ['${v//abc/xyz}', ABC, 'xyzABC123ABCxyz'],
  ['${v/abc/xyz}', ABC, 'xyzABC123ABCabc'],
  ['${v//${w}/$$}', { v: 'a-b-c', w: '-' }, 'a$b$c'],
  ['${v/}/c}', { v: 'a}b' }, 'acb'],
  ['${v/./}${v//./}', { v: 'foo.bar.' }, 'foobar.foobar'],
  ['${v/\\//-}', { v: 'foo/bar' }, 'foo-bar'],
  ['${v//\\\\/-}', { v: 'a\\b\\c' }, 'a-b-c'],
  ['${v#*.}', FILE, 'string.txt'],
  ['${v##*.}', FILE, 'txt'],
  ['${v%.*}', FILE, 'bash.string'],
  ['${v%%.*}', FILE, 'bash'],
  ['${v##*/}', { v: '/path/to/file' }, 'file'],
  ['${v#[a-c]?s}', FILE, 'h.string.txt'],
  ['${v#[^a]}', FILE, 'ash.string.txt'],
  ['${v#\\b}', FILE, 'ash.string.txt'],
  ['${v#[}', FILE, 'bash.string.txt'],
  ['${v#nothing}', FILE, 'bash.string.txt'],
  ['${v#[d-a]}${v#[\\d]}', { v: 'd' }, 'd'],
  ['${v#[a-}${v#[]}${v#[a}${v#\\}', { v: 'a' }, 'aaaa'],
  ['${v##[é-ü]?}', { v: 'ö日b' }, 'b'],
  ['${v##*}', { v: 'öb' }, ''],
  ['${v%]^a[*}', { v: 'abc' }, ''],
  ['${v%ö}', { v: 'aö' }, 'a'],
  ['${v%?}', { v: 'aö' }, 'a\ufffd'],
  ['${v//${w}/-}', { v: 'aö', w: '' }, '-a-ö-'],
  ['${v/${w}/-}', { v: 'ab', w: '' }, '-ab'],
  ['${v^^}', { v: 'ßŉᾳᾀ' }, 'ßŉᾼᾈ'],
  ['${v,,}', { v: 'ΑΣ İ' }, 'ασ i'],
  ['${v^}${w,}', { v: 'öb', w: 'ÖB' }, 'ÖböB'],
  ['${v:0:2}', { v: 'öb' }, 'ö'],
  ['${v:99999999999999999999}', ALPHA, 'abcdEFGH28ij'],
  ['${v:5:-2}', { v: 'abc' }, ''],
  ['${1a}', { '1a': 'x' }, 'x'],
  ['$${v} $v $(v) $$', ALPHA, '${v} $v $(v) $'],
  ['some text ${v}$${var$${v}$var01${v}', { v: 'x' }, 'some text x${var${v}$var01x'],
  ['something $${var=${v}}', { v: 'foo' }, 'something ${var=foo}'],
  ['\\\\something ${var=${v}}', { v: 'foo' }, '\\\\something foo'],
])('%s with %j is %j', (text, variables, result) => {
  expect(substitute(text, values(variables))).toEqual({ text: result });
});

test.each([
  '${m}', '${#m}', '${m^}', '${m^^}', '${m,}', '${m,,}', '${m:0}', '${m:0:10}', '${m/a/b}', '${m//a/b}', '${m/#a/b}', '${m/%a/b}', '${m#a}', '${m##a}', '${m%a}',
  '${m%%a}', '${x:=${m}}',
])('Flux refuses %s without a value, unless it is not strict', text => {
  expect(substitute(text, values())).toEqual({ error: 'variable not set (strict mode): "m"' });
  expect(substitute(text, values(), { strict: false })).toEqual({ text: text === '${#m}' ? '0' : '' });
});

test.each([
  ['${', 'unable to parse variable name'],
  ['${}', 'unable to parse variable name'],
  ['${{ x }}', 'unable to parse variable name'],
  ['${!x}', 'unable to parse variable name'],
  ['${a.b}', 'missing closing brace'],
  ['${x[@]}', 'missing closing brace'],
  ['${x-d}', 'missing closing brace'],
  ['${x', 'missing closing brace'],
  ['${#}', 'bad substitution'],
  ['${#x:=1}', 'bad substitution'],
  ['${x:', 'bad substitution'],
  ['${x:}', 'unable to parse substitution within function'],
  ['${x:1', 'bad substitution'],
  ['${x:=d', 'unable to parse substitution within function'],
  ['${x:=${}}', 'unable to parse variable name'],
  ['${x#}', 'unable to parse substitution within function'],
  ['${x#a${y}}', 'bad substitution'],
  ['${x^a}', 'bad substitution'],
  ['${x//b}', 'bad substitution'],
  ['${x/a/b${y}}', 'bad substitution'],
])('Flux cannot read %s: %s', (text, error) => {
  expect(substitute(text, values({ x: '1', y: '2' }))).toEqual({ error });
});

test.each([
  ['${v:2:-1}', 'panic: runtime error: slice bounds out of range [2:1]'],
  ['${v:0:-1}', 'panic: runtime error: slice bounds out of range [:-1]'],
  ['${v:0:1}', 'YAML: invalid UTF-8'],
  ['${v#?}', 'YAML: invalid UTF-8'],
  ['${v#*}', 'YAML: invalid UTF-8'],
  ['${v:é}', 'bad substitution'],
])('Flux fails at %s', (text, error) => {
  expect(substitute(text, values({ v: 'öbc' }))).toEqual({ error });
});

test.each<[string, string, any]>([
  ['${x}', 'text', 'text'],
  ['${x}', '123', 123],
  ['${x}', '012345678901', 12345678901],
  ['${x}', '004', 4],
  ['${x}', '0x1f', 31],
  ['${x}', '0o17', 15],
  ['${x}', '-1_000', -1000],
  ['${x}', '1e3', 1000],
  ['${x}', '.5', 0.5],
  ['${x}', '1e999', '1e999'],
  ['${x}', '.5_0', 0.5],
  ['${x}', '._5', '._5'],
  ['${x}', '.', '.'],
  ['${x}', '.inf', undefined],
  ['${x}', '.nan', undefined],
  ['${x}', '08', 8],
  ['${x}', '0b-11', -3],
  ['${x}', '0x1ffffffffffffffff', '0x1ffffffffffffffff'],
  ['${x}', '18446744073709551615', 18446744073709552000],
  ['${x}', '+18446744073709551615', 18446744073709552000],
  ['${x}', '!int', ''],
  ['${x}', '!#', undefined],
  ['${x}', '!!int 5', 5],
  ['${x}', '!!int five', undefined],
  ['${x}', '!!float 5', 5],
  ['${x}', '!!str 5', '5'],
  ['${x}', '!!bool "yes"', true],
  ['${x}', '!!null', null],
  ['${x}', '!!binary aGk=', 'hi'],
  ['${x}', '!!binary a', undefined],
  ['${x}', '{a: 1, a: 2}', { a: 2 }],
  ['${x}', '{<<: {a: 1}, b: 2}', { a: 1, b: 2 }],
  ['${x}', '{<<: [{a: 1}, {a: 2}]}', { a: 1 }],
  ['${x}', '{<<: 1}', undefined],
  ['${x}', '{[a]: 1}', undefined],
  ['${x}', '{1.5: a, true: b, 1000000.5: c, 0.00001: d, .inf: e, -.inf: f, .nan: g}', {
    '1.5': 'a', 'true': 'b', '1.0000005e+06': 'c', '1e-05': 'd', '.inf': 'e', '-.inf': 'f', '.nan': 'g',
  }],
  ['${x}', '[&a 1, *a, {*a : b}]', [1, 1, { 1: 'b' }]],
  ['${x}', '&a [*a]', undefined],
  ['${x}', '&a^', undefined],
  ['${x}', '"\\/"', undefined],
  ['${x}', '"it\\\'s"', 'it\'s'],
  ['${x}', '"a"#b', 'a'],
  ['${x}', '|#b', ''],
  ['${x}', 'a\rb', undefined],
  ['"${x}"', 'a\rb', '"a b"'],
  ['${x}', '\x7f', undefined],
  ['2001-01-01 ${x}: a', '1', '2001-01-01 1: a'],
  ['a\n${x}', 'b\r c', undefined],
  ['${x}\na', ' b', undefined],
  ['${x}\na', '\tb', undefined],
  ['a\n${x}\n', '', 'a\n'],
  ['a\n${x}', '', 'a'],
  ['\n${x}', ' ', '\n '],
  ['${x}\n', '', ''],
  ['\ufeff${x}', '1', '\ufeff${x}'],
  ['${x}', 'true', true],
  ['${x}', 'on', true],
  ['${x}', 'NO', false],
  ['${x}', '', null],
  ['${x}', '~', null],
  ['${x}', '{a: 1}', { a: 1 }],
  ['${x}', '- a', undefined],
  ['${x}', 'a: b', undefined],
  ['${x}', '@', undefined],
  ['${x}', '*a', undefined],
  ['${x}', 'a #b', 'a'],
  ['${x}', '12:30', '12:30'],
  ['${x}', '2001-01-01', '2001-01-01'],
  ['${x}', '"1"', '1'],
  ['v${x}', '1', 'v1'],
  ['1${x}', '1', 11],
  ['${x}: a', '1', '1: a'],
  ['${x}: a', 'it\'s', undefined],
  ['- ${x}', '1', '- 1'],
  ['a\n${x}', '1', 'a\n1'],
  ['a\n\n', '1', 'a\n\n'],
  [' ${x}\nb\n', '1', ' 1\nb\n'],
  ['a \n${x}', '1', 'a \n1'],
  ['\t${x}', '1', '\t1'],
  ['🎉${x}', '1', '🎉1'],
  ['1', '', '1'],
  ['12:30', '', '12:30'],
  ['', '', ''],
])('the string %j is, with %j, the value %j', (text, x, value) => {
  expect(substituteString(text, values({ x })).value).toEqual(value);
});

test('an object is substituted in, its keys included', () => {
  expect(substituteObject({ kind: 'ConfigMap', data: { '${x}-a/b': ['${y}', 1, null, '$$'] } }, values({ x: 'key', y: '8' }))).toEqual({
    object: { kind: 'ConfigMap', data: { 'key-a/b': [8, 1, null, '$'] } },
  });
});

test.each<[string, string, any]>([
  ['- a', 'a list in a list', [['a']]],
  ['a: b', 'a mapping', [{ a: 'b' }]],
  ['\ta', 'nothing that can be read', undefined],
])('the value %j is, in a list, %s', (x, _, list) => {
  expect(substituteObject({ list: ['${x}'] }, values({ x })).object?.list).toEqual(list);
});

test.each<[string, string, string | undefined]>([
  ['${x}', '1.50', '1.5'],
  ['${x}', 'yes', 'true'],
  ['${x}', '9007199254740993', '9007199254740993'],
  ['${x}', '9223372036854775808', undefined],
  ['${x}', '~', undefined],
  ['${x}', '[a]', undefined],
  ['${x}', '<<', undefined],
  ['${x}', '# a', undefined],
  ['${x}', 'a'.repeat(1025), undefined],
  [`\${x}${'a'.repeat(130)}`, '1', `1${'a'.repeat(130)}`],
  ['${x}\na', '1', '1\na'],
])('the key %j is, with %j, the key %j', (key, x, expected) => {
  expect(substituteObject({ data: { [key]: 'a' } }, values({ x })).object).toEqual(expected === undefined ? undefined : { data: { [expected]: 'a' } });
});

test('a value behind a key with a line of its own may be a mapping', () => {
  expect(substituteObject({ data: { 'a\nb': '${x}' } }, values({ x: 'c: d' }))).toEqual({ object: { data: { 'a\nb': { c: 'd' } } } });
});

test('kustomize cannot read what it writes of a text of several lines that a tab begins', () => {
  expect(substituteObject({ data: { a: '\ta\nb' } }, values({ x: '1' }))).toEqual({
    error: 'UnmarshalJSON: found a tab character where an indentation space is expected', pointer: '/data/a',
  });
  expect(substituteObject({ data: { a: '\ta \nb' } }, values({ x: '1' }))).toEqual({ object: { data: { a: '\ta \nb' } } });
});

test('what Flux says of an object is told with the place', () => {
  expect(substituteObject({ data: { 'a/b': ['x', '${y}'] } }, values())).toEqual({ error: 'variable not set (strict mode): "y"', pointer: '/data/a~1b/1' });
});

test.each(['labels', 'annotations'])('an object that its %s keep from it is left alone', field => {
  const object = { metadata: { [field]: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' } }, data: { a: '${a.b}' } };
  expect(substituteObject(object, values())).toEqual({ object });
});
