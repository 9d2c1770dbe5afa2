import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, unlinkSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';

/**
 * Makes a directory hold these files and nothing else. What has the right content is not touched, and YAML files of an
 * earlier synth that are no longer wanted are removed.
 *
 * @param directory written to; made where it does not exist
 * @param files path below the directory, with `/` between its segments → content
 * @throws where the directory holds something that no synth wrote
 */
export function writeRepository(directory: string, files: Readonly<Record<string, string>>): void {
  const present = existsSync(directory) ? filesBelow(directory) : [];
  const [foreign, ...more] = present.filter(path => !/\.ya?ml$/.test(path) && !Object.hasOwn(files, path));
  if (foreign !== undefined) {
    throw new Error(`synth writes to a directory of its own and removes from it what it does not write, but ${directory} holds ${foreign}`
      + `${more.length > 0 ? ` and ${more.length} more ${more.length === 1 ? 'file' : 'files'}` : ''}; expected an empty directory or an earlier `
      + 'output: give the platform another outdir.');
  }
  for (const path of present) {
    if (!Object.hasOwn(files, path)) {
      unlinkSync(join(directory, path));
      removeEmptyParents(directory, dirname(join(directory, path)));
    }
  }
  for (const [path, content] of Object.entries(files)) {
    const target = join(directory, path);
    if (!existsSync(target) || readFileSync(target, 'utf-8') !== content) {
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
    }
  }
}

function filesBelow(root: string, directory = ''): string[] {
  return readdirSync(join(root, directory), { withFileTypes: true }).flatMap(entry => {
    const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(root, path) : [path];
  }).sort();
}

function removeEmptyParents(root: string, directory: string): void {
  if (directory !== root && readdirSync(directory).length === 0) {
    rmdirSync(directory);
    removeEmptyParents(root, dirname(directory));
  }
}
