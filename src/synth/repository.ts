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
}

/** The files of a repository, each path taken once and inside of it. */
export class RepositoryTree {
  private readonly entries = new Map<string, RepositoryFile>();
  private readonly found: Problem[] = [];

  /** What does not fit: two files on one path, a path that leaves the repository. */
  public get problems(): readonly Problem[] {
    return this.found;
  }

  /** Takes a file in. The same list of resources may be added again: clusters share a directory of which they deliver the same. */
  public add(file: RepositoryFile): void {
    const escape = pathProblem(file.path);
    const other = this.entries.get(file.path);
    if (other?.isResourceList && file.isResourceList && isDeepStrictEqual(other.object, file.object)) {
      return;
    }
    if (escape) {
      this.found.push({
        path: file.owner,
        message: `the file of ${file.title} is "${file.path}", which ${escape}; expected a path inside the repository: `
          + 'give the component a directory and the object a file below it.',
      });
    } else if (other) {
      this.found.push({
        path: file.owner,
        message: `${file.title} and ${other.title} of ${other.owner} are both written to "${file.path}"; expected one object a file: `
          + 'give one of them a file of its own with component.setFile(object, \'<name>.yaml\').',
      });
    } else {
      this.entries.set(file.path, file);
    }
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
