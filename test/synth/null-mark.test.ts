import { markNulls, restoreNulls } from '../../src/synth/null-mark';

class Token {
  public readonly text = 'x';
}

test('nulls come back from where they were', () => {
  const data = { a: null, b: [null, { c: null, d: 1 }], e: 'text' };
  expect(restoreNulls(markNulls(data) as typeof data)).toEqual(data);
  expect(JSON.stringify(markNulls(data))).not.toContain('null');
});

test('what is not plain data is left alone', () => {
  const token = new Token();
  expect((markNulls({ token }) as { token: Token }).token).toBe(token);
  expect(markNulls({ a: undefined, b: 1, c: true })).toEqual({ a: undefined, b: 1, c: true });
});
