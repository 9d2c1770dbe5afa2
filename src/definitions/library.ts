import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { brotliDecompressSync } from 'zlib';
import { DefinedVersion, Definition, Schema } from './schema';
import { isClusterScoped } from '../synth/cluster-scoped';

/** A group's file. */
interface PackedGroup {
  readonly [kind: string]: { readonly origin: string; readonly scope: string; readonly versions: readonly DefinedVersion[] };
}

/** Kubernetes' file. */
interface PackedKubernetes {
  readonly origin: string;
  readonly definitions: { readonly [name: string]: Schema };
}

const DATA = join(__dirname, 'data');
const groups = new Map<string, Map<string, Definition>>();

/** What the library knows of a kind: of those that it has constructs for, and of Kubernetes' own. */
export function libraryDefinition(group: string, kind: string): Definition | undefined {
  let kinds = groups.get(group);
  if (!kinds) {
    groups.set(group, kinds = existsSync(fileOf(group)) ? groupDefinitions(group) : kubernetes().kinds.get(group) ?? new Map());
  }
  return kinds.get(kind);
}

/** What an object's metadata may hold. */
export function metadataDefinition(): Definition {
  return kubernetes().metadata;
}

function fileOf(name: string): string {
  return join(DATA, `${name}.json.br`);
}

function unpacked<T>(name: string): T {
  return JSON.parse(brotliDecompressSync(readFileSync(fileOf(name))).toString()) as T;
}

function groupDefinitions(group: string): Map<string, Definition> {
  return new Map(Object.entries(unpacked<PackedGroup>(group)).map(([kind, { origin, scope, versions }]) =>
    [kind, { group, kind, origin, clusterScoped: scope === 'Cluster', versions, definitions: {} }]));
}

interface Kubernetes {
  /** By group. */
  readonly kinds: ReadonlyMap<string, Map<string, Definition>>;
  readonly metadata: Definition;
}

let loaded: Kubernetes | undefined;

function kubernetes(): Kubernetes {
  return loaded ??= kubernetesDefinitions(unpacked<PackedKubernetes>('kubernetes'));
}

const METADATA = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

/** Versions that the API server serves only where it is told to. */
const UNFINISHED = /alpha|beta/;

/** Groups of what is asked of the API server, and kept nowhere. */
const ASKED = /^(authentication|authorization|internal\.apiserver)(\.k8s\.io)?$/;

function kubernetesDefinitions({ origin, definitions }: PackedKubernetes): Kubernetes {
  const kinds = new Map<string, Map<string, Definition>>();
  for (const schema of Object.values(definitions)) {
    const apis = (schema['x-kubernetes-group-version-kind'] ?? []) as { group: string; version: string; kind: string }[];
    // What has several groups is no object, but an option of requests.
    for (const { group, version, kind } of apis.length === 1 ? apis : []) {
      const known = kinds.get(group)?.get(kind);
      const served = !UNFINISHED.test(version);
      const versions = [...known?.versions ?? [], { name: version, served, schema }].sort((a, b) => rank(a.name) - rank(b.name));
      const clusterScoped = ASKED.test(group) ? undefined : isClusterScoped(`${group}/${version}`, kind);
      const ofGroup = kinds.get(group) ?? new Map<string, Definition>();
      kinds.set(group, ofGroup.set(kind, { group, kind, origin, clusterScoped, versions, definitions, builtIn: true }));
    }
  }
  const versions = [{ name: 'v1', served: true, schema: definitions[METADATA] }];
  const metadata = { group: '', kind: 'ObjectMeta', origin, versions, definitions, builtIn: true };
  return { kinds, metadata };
}

/** Newest first, and those that are finished before the others. */
function rank(version: string): number {
  const [, major, stage, minor = '0'] = /^v(\d+)(alpha|beta)?(\d+)?$/.exec(version)!;
  return (stage === 'alpha' ? 2_000_000 : stage === 'beta' ? 1_000_000 : 0) - Number(major) * 1000 - Number(minor);
}
