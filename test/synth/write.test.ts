import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { writeRepository } from '../../src/synth/write';
import { temporaryFolder } from '../temporary-folder';

const LONG_AGO = new Date('2001-02-03T04:05:06Z');

function directoryWith(files: Record<string, string>): string {
  const directory = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return directory;
}

function contents(directory: string): Record<string, string> {
  return Object.fromEntries(readdirSync(directory, { recursive: true, encoding: 'utf-8' }).sort()
    .filter(path => statSync(join(directory, path)).isFile())
    .map(path => [path, readFileSync(join(directory, path), 'utf-8')]));
}

test('a directory that does not exist is made', () => {
  const directory = join(directoryWith({}), 'not', 'there');
  writeRepository(directory, { 'a.yaml': 'a\n', 'b/c/d.yaml': 'd\n' });
  expect(contents(directory)).toEqual({ 'a.yaml': 'a\n', 'b/c/d.yaml': 'd\n' });
});

test('what changed is written', () => {
  const directory = directoryWith({ 'a.yaml': 'old\n' });
  writeRepository(directory, { 'a.yaml': 'new\n' });
  expect(contents(directory)).toEqual({ 'a.yaml': 'new\n' });
});

test('what did not change is not touched', () => {
  const directory = directoryWith({ 'a/same.yaml': 'a\n' });
  utimesSync(join(directory, 'a/same.yaml'), LONG_AGO, LONG_AGO);
  writeRepository(directory, { 'a/same.yaml': 'a\n', 'a/more.yaml': 'b\n' });
  expect(statSync(join(directory, 'a/same.yaml')).mtime).toEqual(LONG_AGO);
});

test('what is no longer wanted is removed, with the directories that it leaves empty', () => {
  const directory = directoryWith({ 'a/b/c/old.yaml': 'x', 'a/keep.yaml': 'k', 'gone/old.yaml': 'x' });
  writeRepository(directory, { 'a/keep.yaml': 'k' });
  expect(readdirSync(directory, { recursive: true }).sort()).toEqual(['a', 'a/keep.yaml']);
});

test('the directory itself stays when nothing is wanted', () => {
  const directory = directoryWith({ 'a/b.yaml': 'x' });
  writeRepository(directory, {});
  expect(readdirSync(directory)).toEqual([]);
});

test('a file takes the place of a directory that is no longer wanted, and the other way round', () => {
  const directory = directoryWith({ 'x.yaml/old.yaml': 'x', 'y.yaml': 'y' });
  writeRepository(directory, { 'x.yaml': 'x', 'y.yaml/new.yaml': 'y' });
  expect(contents(directory)).toEqual({ 'x.yaml': 'x', 'y.yaml/new.yaml': 'y' });
});

test('a file that no synth wrote stops the synth before anything is changed', () => {
  const directory = directoryWith({ 'notes.txt': 'mine', 'old.yaml': 'x' });
  expect(() => writeRepository(directory, { 'a.yaml': 'a' })).toThrow(new Error(
    `synth writes to a directory of its own and removes from it what it does not write, but ${directory} holds notes.txt; `
    + 'expected an empty directory or an earlier output: give the platform another outdir.',
  ));
  expect(contents(directory)).toEqual({ 'notes.txt': 'mine', 'old.yaml': 'x' });
});

test('of several files that no synth wrote, the first is named and the others are counted', () => {
  const directory = directoryWith({ 'src/main.ts': '', 'package.json': '', '.git/HEAD': '' });
  expect(() => writeRepository(directory, {})).toThrow(new Error(
    `synth writes to a directory of its own and removes from it what it does not write, but ${directory} holds .git/HEAD and 2 more files; `
    + 'expected an empty directory or an earlier output: give the platform another outdir.',
  ));
});

test('of two files that no synth wrote, one is named and the other is counted', () => {
  const directory = directoryWith({ 'a.txt': '', 'b.txt': '' });
  expect(() => writeRepository(directory, {})).toThrow(new Error(
    `synth writes to a directory of its own and removes from it what it does not write, but ${directory} holds a.txt and 1 more file; `
    + 'expected an empty directory or an earlier output: give the platform another outdir.',
  ));
});

test('a file is no wanted one because its name is that of something that every object has', () => {
  const directory = directoryWith({ constructor: 'mine' });
  expect(() => writeRepository(directory, {})).toThrow(`${directory} holds constructor;`);
  expect(contents(directory)).toEqual({ constructor: 'mine' });
});

test('a file of an earlier synth may end in .yml, too', () => {
  const directory = directoryWith({ 'a/old.yml': 'x', 'a/keep.yml': 'k' });
  writeRepository(directory, { 'a/keep.yml': 'k' });
  expect(contents(directory)).toEqual({ 'a/keep.yml': 'k' });
});

test('a file that is wanted belongs to the synth, whatever its name ends with', () => {
  const directory = directoryWith({ 'README.md': 'old' });
  writeRepository(directory, { 'README.md': 'new' });
  expect(contents(directory)).toEqual({ 'README.md': 'new' });
  expect(existsSync(join(directory, 'README.md'))).toBe(true);
});
