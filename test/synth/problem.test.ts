import { problemsError } from '../../src/synth/problem';

test('one problem is told with its place', () => {
  expect(problemsError([{ path: 'dev/crds', message: 'it is wrong.' }]))
    .toEqual(new Error('1 problem, nothing was written:\n  dev/crds: it is wrong.'));
});

test('the platform itself has no path', () => {
  expect(problemsError([{ path: '', message: 'it is wrong.' }]).message).toBe('1 problem, nothing was written:\n  the platform: it is wrong.');
});

test('several problems are told together, sorted by place', () => {
  expect(problemsError([
    { path: 'b', message: 'second.' },
    { path: 'a', message: 'z.' },
    { path: 'a', message: 'first.' },
  ]).message).toBe('3 problems, nothing was written:\n  a: first.\n  a: z.\n  b: second.');
});

test('a problem that was found twice is told and counted once', () => {
  const problem = { path: 'a', message: 'it is wrong.' };
  expect(problemsError([problem, { ...problem }]).message).toBe('1 problem, nothing was written:\n  a: it is wrong.');
  expect(problemsError([problem, { ...problem, path: 'b' }, { ...problem }]).message)
    .toBe('2 problems, nothing was written:\n  a: it is wrong.\n  b: it is wrong.');
});

test('a construct comes before those in it, and they before the next one', () => {
  const paths = ['web-2', 'web/web', 'web 1', 'web/a/b', '', 'web', 'web/a'];
  expect(problemsError(paths.map(path => ({ path, message: 'x.' }))).message.split('\n').slice(1)).toEqual([
    '  the platform: x.', '  web: x.', '  web/a: x.', '  web/a/b: x.', '  web/web: x.', '  web 1: x.', '  web-2: x.',
  ]);
});
