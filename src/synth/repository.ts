import { posix } from 'path';
import { isDeepStrictEqual } from 'util';
import { JsonObject } from './json';
import { Problem } from './problem';
import { Comments, toYaml } from './yaml';

/** One file of the repository, before it is text. */
export interface RepositoryFile {
  /** Path from the root of the repository, with `/` between its segments. */
  readonly path: string;
  readonly object: JsonObject;
  readonly comments?: Comments;
  /** Construct path of what asked for the file. */
  readonly owner: string;
  /** What the file is, in words: `HelmRelease "cilium"`. */
  readonly title: string;
  /** Whether it is kustomize's file and not an object. */
  readonly isResourceList?: boolean;
  /** What its author can do where it cannot have its path, as the end of a sentence; a component's author sets another file. */
  readonly mend?: string;
}

/** Names under which kustomize looks for its own file. */
const KUSTOMIZE_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
const SET_FILE = 'a file of its own with component.setFile(object, \'<name>.yaml\').';

/** The files of a repository, each path taken once and inside of it. */
export class RepositoryTree {
  private readonly entries = new Map<string, RepositoryFile>();
  /** Directory → the first file that came below it. */
  private readonly directories = new Map<string, RepositoryFile>();
  private readonly found: Problem[] = [];

  /** What does not fit: a path that no file can have, two files on one path, a file below a file. */
  public get problems(): readonly Problem[] {
    return this.found;
  }

  /** Takes a file in. The same list of resources may be added again: clusters share a directory of which they deliver the same. */
  public add(file: RepositoryFile): void {
    const same = this.entries.get(file.path);
    if (same?.isResourceList && file.isResourceList && isDeepStrictEqual(same.object, file.object)) {
      return;
    }
    const parents = parentsOf(file.path);
    const below = this.directories.get(file.path) ?? parents.map(directory => this.entries.get(directory)).find(other => other !== undefined);
    const message = placeProblem(file) ?? (same && repeatedPath(file, same)) ?? (below && fileBelowFile(file, below));
    if (message !== undefined) {
      this.found.push({ path: file.owner, message });
      return;
    }
    this.entries.set(file.path, file);
    parents.filter(directory => !this.directories.has(directory)).forEach(directory => this.directories.set(directory, file));
  }

  /** Every file as text: path → content, sorted by path. */
  public render(): Record<string, string> {
    const files: Record<string, string> = {};
    for (const path of [...this.entries.keys()].sort()) {
      const { object, comments } = this.entries.get(path)!;
      files[path] = toYaml(object, comments);
    }
    return files;
  }
}

/** `a/b/c.yaml` → `a`, `a/b`. */
function parentsOf(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, i) => segments.slice(0, i + 1).join('/'));
}

/** What is wrong with the path of a file, whatever else is in the repository. */
function placeProblem({ path, title, isResourceList, mend }: RepositoryFile): string | undefined {
  const wrong = pathProblem(path);
  if (wrong !== undefined) {
    return `the file of ${title} is "${path}", which ${wrong}; expected a path inside the repository: `
      + (mend ?? 'give the component a directory and the object a file below it.');
  }
  if (KUSTOMIZE_NAMES.includes(posix.basename(path)) && !isResourceList) {
    return `${title} is written to "${path}", a name that kustomize keeps for itself; expected another name: ${mend ?? `give it ${SET_FILE}`}`;
  }
  return /\.ya?ml$/.test(path) ? undefined
    : `${title} is written to "${path}", which neither Flux nor the next synth would take for a manifest; `
      + `expected a name that ends in ".yaml" or ".yml": ${mend ?? `give it ${SET_FILE}`}`;
}

function repeatedPath(file: RepositoryFile, other: RepositoryFile): string {
  return `${file.title} and ${otherTitle(file, other)} are both written to "${file.path}"; `
    + `expected one ${file.isResourceList ? 'list of resources a directory' : 'object a file'}: ${clashMend(file, other)}`;
}

function fileBelowFile(file: RepositoryFile, other: RepositoryFile): string {
  return `${file.title} is written to "${file.path}", and ${otherTitle(file, other)} to "${other.path}"; `
    + `expected no file below another file: ${clashMend(file, other)}`;
}

function otherTitle(file: RepositoryFile, other: RepositoryFile): string {
  return other.owner === file.owner ? other.title : `${other.title} of ${other.owner}`;
}

/** A list of resources has the name that it has, so that only its directory can change. */
function clashMend(file: RepositoryFile, other: RepositoryFile): string {
  return file.mend ?? `give one of them ${file.isResourceList || other.isResourceList ? 'another directory.' : SET_FILE}`;
}

/** What is wrong with a path as the place of a file in the repository; undefined where it is fine. */
export function pathProblem(path: string): string | undefined {
  if (path === '' || posix.isAbsolute(path) || path.includes('\\')) {
    return 'is not a relative path with "/" between its segments';
  }
  const segments = path.split('/');
  if (segments.includes('..')) {
    return 'leaves the repository';
  }
  return segments.some(segment => segment === '' || segment === '.' || segment === '.git') ? 'has a segment that no file can have' : undefined;
}

/** kustomize's file, listing what a directory delivers. */
export function kustomizationFile(
  directory: string, owner: string, resources: readonly string[], patches: readonly JsonObject[] = [],
): RepositoryFile {
  return {
    path: posix.join(directory, 'kustomization.yaml'),
    owner,
    title: 'the kustomization.yaml',
    isResourceList: true,
    object: {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: [...resources].sort(),
      ...(patches.length > 0 ? { patches: [...patches] } : {}),
    },
  };
}
