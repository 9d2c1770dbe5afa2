import { posix } from 'path';
import { parse } from 'yaml';
import { DeliveredKustomization, DeliveredObject, DeliveredProvision, DeliveredReference, Delivery } from './delivery';
import { isJsonObject, Json, JsonObject } from '../synth/json';
import { NameChanges, renamed } from '../synth/kustomize-names';
import { isPatchFor, patched } from '../synth/kustomize-patch';
import { Selector } from '../synth/selector';

/** A repository that was read: path from its root → the documents of the file. */
export type ParsedRepository = ReadonlyMap<string, readonly JsonObject[]>;

const KUSTOMIZE_FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
const FLUX = 'kustomize.toolkit.fluxcd.io/';

/** The directory with the Kustomizations of each cluster. */
export function clusterDirectories(repository: ParsedRepository): string[] {
  const names = [...repository.keys()].flatMap(path => /^clusters\/([^/]+)\/./.exec(path)?.[1] ?? []);
  return [...new Set(names)].sort().map(name => `clusters/${name}`);
}

/**
 * What is delivered to a cluster, read from a repository that nobody needs to have made with this library. What a chart brings about is not in
 * it, and neither is what was there before Flux.
 *
 * @param directory directory that the bootstrap's Kustomization reads: `clusters/production`
 */
export function deliveryOf(repository: ParsedRepository, directory: string): Delivery {
  const source: DeliveredReference = { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', name: 'flux-system', namespace: 'flux-system' };
  const applied = new Builder(repository).build(directory);
  const isOwn = ({ apiVersion, kind, manifest }: DeliveredObject) => kind === 'Kustomization' && apiVersion.startsWith(FLUX) && readsOwnSource(manifest, source);
  const beside = applied.filter(object => !isOwn(object));
  const variables = beside.find(({ kind, manifest }) => kind === 'ConfigMap' && isJsonObject(manifest.data));
  return {
    cluster: posix.basename(directory),
    kustomizations: applied.filter(isOwn).map(object => kustomizationOf(repository, object, beside, source)),
    beside,
    source,
    variablesName: variables?.name ?? '',
    variables: { ...variables?.manifest.data },
    assumed: { objects: [], apis: [], controllers: [], webhooks: [] },
    partial: true,
    requirements: [],
    obstacles: [],
    inferred: [],
  };
}

function readsOwnSource({ spec, metadata }: any, source: DeliveredReference): boolean {
  const { kind, name, namespace = metadata?.namespace ?? 'flux-system' } = spec?.sourceRef ?? {};
  return kind === source.kind && name === source.name && namespace === source.namespace;
}

function kustomizationOf(
  repository: ParsedRepository, { name, namespace = 'flux-system', file, manifest }: DeliveredObject, beside: readonly DeliveredObject[], source: DeliveredReference,
): DeliveredKustomization {
  const directory = posix.normalize(manifest.spec.path ?? '.').replace(/^\.\/|\/$/g, '');
  const { substitute = {}, substituteFrom = [] } = manifest.spec.postBuild ?? {};
  const objects = new Builder(repository).build(directory);
  const sources = substituteFrom.map((from: any) => beside.find(object => object.kind === from.kind && object.name === from.name));
  return {
    name,
    namespace,
    layer: name,
    constructPath: '',
    file,
    directory,
    source: `${source.kind} ${source.namespace}/${source.name}`,
    dependsOn: (manifest.spec.dependsOn ?? []).map((dependency: any) => ({ name: dependency.name, namespace: dependency.namespace ?? namespace })),
    objects,
    provides: chartsOf(manifest.spec.healthChecks ?? [], objects),
    variables: Object.assign({}, ...sources.map((object: DeliveredObject | undefined) => object?.manifest.data ?? {}), substitute),
    variablesElsewhere: [],
    manifest,
  };
}

/**
 * What a Kustomization checks and does not apply, in the namespace of a HelmRelease that it applies, is taken for something that the chart
 * makes.
 */
function chartsOf(healthChecks: readonly any[], objects: readonly DeliveredObject[]): DeliveredProvision[] {
  const releases = objects.filter(({ kind }) => kind === 'HelmRelease');
  return healthChecks.filter(({ kind, name }) => !objects.some(object => object.kind === kind && object.name === name)).flatMap(check => {
    const release = releases.find(({ manifest, namespace }) => (manifest.spec?.targetNamespace ?? namespace) === check.namespace);
    const { apiVersion = 'apps/v1', kind, name, namespace } = check;
    const made = { apiVersion, kind, name, namespace };
    return release === undefined ? [] : [{ by: [release], objects: [made], apis: [], controllers: [], webhooks: [] }];
  });
}

/** An entry of `patches`. */
interface PatchEntry {
  readonly patch?: string;
  readonly path?: string;
  readonly target?: Selector;
}

/** Builds directories as kustomize does, as far as it matters to what is delivered: resources, components, patches, namespace, prefix, suffix. */
class Builder {
  constructor(private readonly repository: ParsedRepository) {}

  /** The objects of a directory: those that its kustomize file lists, or those of every file below it. */
  public build(directory: string): DeliveredObject[] {
    const list = KUSTOMIZE_FILES.map(file => this.repository.get(posix.join(directory, file))).find(documents => documents !== undefined);
    return list ? this.listed(directory, list[0] ?? {}) : this.everything(directory);
  }

  private everything(directory: string): DeliveredObject[] {
    const own = [...this.repository.keys()].filter(path => isBelow(path, directory));
    const lists = own.filter(path => KUSTOMIZE_FILES.includes(posix.basename(path))).map(path => posix.dirname(path));
    const outermost = lists.filter(list => !lists.some(other => other !== list && isBelow(list, other)));
    return [
      ...own.filter(path => !outermost.some(list => isBelow(path, list))).flatMap(path => this.objectsIn(path)),
      ...outermost.flatMap(list => this.build(list)),
    ];
  }

  private listed(directory: string, list: JsonObject): DeliveredObject[] {
    const entries = [...texts(list.resources), ...texts(list.components)].map(entry => posix.join(directory, entry));
    const objects = entries.flatMap(entry => this.repository.has(entry) ? this.objectsIn(entry) : this.build(entry));
    const patches = (Array.isArray(list.patches) ? list.patches : []) as PatchEntry[];
    return patches.reduce((current, patch) => this.withPatch(current, directory, patch), objects).map(object => withNames(object, list));
  }

  private withPatch(objects: readonly DeliveredObject[], directory: string, { patch, path, target }: PatchEntry): DeliveredObject[] {
    const document = (patch === undefined ? this.repository.get(posix.join(directory, path ?? ''))?.[0] : parse(patch)) as JsonObject | JsonObject[] | undefined;
    return objects.flatMap(object => {
      if (document === undefined || !isPatchFor(document, target, object.manifest)) {
        return [object];
      }
      const manifest = patched(object.manifest, document);
      return manifest ? [deliveredObject(manifest, object.file)] : [];
    });
  }

  private objectsIn(path: string): DeliveredObject[] {
    return (this.repository.get(path) ?? []).filter(document => typeof document.kind === 'string' && isJsonObject(document.metadata))
      .map(document => deliveredObject(document, path));
  }
}

function isBelow(path: string, directory: string): boolean {
  return directory === '' || directory === '.' || path === directory || path.startsWith(`${directory}/`);
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}

function withNames(object: DeliveredObject, { namespace, namePrefix, nameSuffix }: NameChanges): DeliveredObject {
  return [namespace, namePrefix, nameSuffix].every(change => change === undefined) ? object
    : deliveredObject(renamed(object.manifest, { namespace, namePrefix, nameSuffix }), object.file);
}

function deliveredObject(manifest: any, file: string): DeliveredObject {
  const { apiVersion, kind, metadata: { name, namespace } } = manifest;
  return { apiVersion, kind, name, namespace, file, constructPath: '', manifest };
}
