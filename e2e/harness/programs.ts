import { createHash } from 'crypto';
import { existsSync, readFileSync } from 'fs';
import { join } from 'path';

/** A program of Kubernetes or Flux that runs as it is, built from its Go module. */
export interface Program {
  readonly name: string;
  /** Folder in `programs/` with the Go module that requires it. */
  readonly folder: string;
  /** Go module whose version counts. */
  readonly module: string;
  /** Go package that is built. */
  readonly package: string;
  /** How long it takes on two cores, with nothing in Go's caches. */
  readonly seconds: number;
  /** Variables that the linker sets. */
  readonly linked?: Readonly<Record<string, string>>;
}

const KUBERNETES = 'k8s.io/kubernetes';
const KUBERNETES_VERSION = versionIn('kubernetes', KUBERNETES);
const KUBERNETES_LINKED = {
  'k8s.io/component-base/version.gitVersion': KUBERNETES_VERSION,
  'k8s.io/component-base/version.gitMajor': KUBERNETES_VERSION.slice(1).split('.')[0],
  'k8s.io/component-base/version.gitMinor': KUBERNETES_VERSION.slice(1).split('.')[1],
};

export const PROGRAMS: readonly Program[] = [
  { name: 'etcd', folder: 'etcd', module: 'go.etcd.io/etcd/server/v3', package: 'go.etcd.io/etcd/server/v3', seconds: 30 },
  ...([['kube-apiserver', 205], ['kube-controller-manager', 70], ['kube-scheduler', 15]] as const).map(([name, seconds]): Program =>
    ({ name, folder: 'kubernetes', module: KUBERNETES, package: `${KUBERNETES}/cmd/${name}`, seconds, linked: KUBERNETES_LINKED })),
  ...([
    ['kustomize-controller', 225], ['source-controller', 155], ['helm-controller', 80], ['notification-controller', 140],
  ] as const).map(([name, seconds]): Program =>
    ({ name, folder: name, module: `github.com/fluxcd/${name}`, package: `github.com/fluxcd/${name}`, seconds })),
  { name: 'kwok', folder: 'kwok', module: 'sigs.k8s.io/kwok', package: 'sigs.k8s.io/kwok/cmd/kwok', seconds: 105 },
];

const CACHE = join(__dirname, '..', '..', 'node_modules', '.cache', 'cdk8s-strata', 'e2e', 'bin');

/** Where a program is, once it is built: another path for another version, or for other versions of what it is built from. */
export function placeOf(program: Program): string {
  const hash = createHash('sha256').update(readFileSync(fileIn(program.folder, 'go.mod'))).update(readFileSync(fileIn(program.folder, 'go.sum')));
  return join(CACHE, `${program.name}-${versionOf(program)}-${hash.digest('hex').slice(0, 8)}`);
}

export function versionOf({ folder, module }: Program): string {
  return versionIn(folder, module);
}

/**
 * Path of a program.
 *
 * @throws where it is not built
 */
export function binary(name: string): string {
  const program = PROGRAMS.find(candidate => candidate.name === name);
  if (!program) {
    throw new Error(`there is no program "${name}"; expected one of ${PROGRAMS.map(candidate => candidate.name).join(', ')}.`);
  }
  const place = placeOf(program);
  if (!existsSync(place)) {
    throw new Error(`${name} ${versionOf(program)} is not built: run npx tsx e2e/build.ts.`);
  }
  return place;
}

export function folderOf({ folder }: Program): string {
  return fileIn(folder);
}

function fileIn(...path: string[]): string {
  return join(__dirname, '..', 'programs', ...path);
}

function versionIn(folder: string, module: string): string {
  const found = readFileSync(fileIn(folder, 'go.mod'), 'utf-8').match(new RegExp(`^(?:require |\\t)${module.replace(/[.]/g, '\\.')} (v\\S+)`, 'm'));
  if (!found) {
    throw new Error(`programs/${folder}/go.mod does not require ${module}; expected it with its version.`);
  }
  return found[1];
}
