import { celConditionError, celSyntaxError } from '../../src/synth/cel';

test.each([
  'true',
  'status.conditions.exists(c, c.type == \'Ready\' && c.status == \'True\')',
  'has(status.observedGeneration) && status.observedGeneration == metadata.generation',
  'status.phase in ["Active", "Bound", 1]',
  'status.ready ? true : false',
  '!(status.failed > 0)',
  'metadata.name.matches("^a.*$")',
  'sets.contains(["a"], status.roles)',
  'status.?conditions.orValue([]).exists(c, c.type == \'Ready\')',
  'status[?"a"].hasValue()',
  'status.ready // as its controller says',
  'status.a ==\n  1',
])('%p parses', expression => {
  expect(celSyntaxError(expression)).toBeUndefined();
});

test.each([
  ['', 'it is empty'],
  [' \n', 'it is empty'],
  ['status.ready ==', 'Unexpected token: EOF at 1:16'],
  ['== 1', 'Unexpected token: EQ at 1:1'],
  ['status.ready = 1', 'Unexpected character: = at 1:14'],
  ['status.conditions.exists(c, c.type == \'Ready\'', 'Expected RPAREN, got EOF at 1:46'],
  ['status.ready ? 1', 'Expected COLON, got EOF at 1:17'],
  ['\'unclosed', 'Unterminated string at 1:1'],
  ['while', 'Reserved identifier: while at 1:1'],
  ['status.a == 1 &&\n  status.b ==', 'Unexpected token: EOF at 2:14'],
])('%p does not parse, and the error says where', (expression, error) => {
  expect(celSyntaxError(expression)).toBe(error);
});

test.each([
  'true',
  'dep.status.foo == "a"',
  '!dep.status.foo',
  'dep.spec.suspend || self.spec.suspend',
  'has(dep.status.conditions)',
  'dep.status.conditions.exists(c, c.type == \'Ready\')',
  'dep.status.ready ? true : false',
  'sets.contains(dep.status.roles, ["a"])',
  'base64.decode(dep.status.key) == b"x"',
  'dep.status.foo.unheardOf()',
])('%p is a condition, or may be one', expression => {
  expect(celConditionError(expression, ['self', 'dep'])).toBeUndefined();
});

test.each(['dep', 'dep.status.foo', 'dep.status.?foo', 'size(dep.status.conditions)', '"true"', '[true]', 'null'])('%p is no condition', expression => {
  expect(celConditionError(expression, ['self', 'dep'])).toBe('it may be something else than true or false: compare it');
});

test('an expression sees what it is given and nothing else', () => {
  expect(celConditionError('depp.status.ready == true', ['self', 'dep'])).toBe('there is no depp');
});
