import { posix } from 'path';
import { Cluster } from '../cluster';
import { Component } from '../component';
import { Layer } from '../layer';
import { Stage } from '../stage';

/** Where a stage's Kustomization reads. */
export interface StageLayout {
  readonly stage: Stage;
  readonly directory: string;
  /** Entries of the `kustomization.yaml` there; none where the directory is a component's own. */
  readonly resources?: string[];
}

/**
 * The directories that a cluster's Kustomizations read. The place of a stage follows from what it delivers and from the other
 * stages of its cluster, never from the order in which they were made.
 *
 * @param sharedComponents the platform's shared components, by area
 */
export function layoutOf(cluster: Cluster, layers: readonly Layer[], sharedComponents: ReadonlyMap<string, readonly Component[]>): StageLayout[] {
  const stages = layers.flatMap(layer => layer.stages.map(stage => ({ layer, stage })));
  const claims = new Map<string, number>();
  const wanted = stages.map(({ layer, stage }) => {
    const own = ownDirectory(layer, stage, sharedComponents.get(layer.area) ?? []);
    if (own === undefined) {
      claims.set(layer.area, (claims.get(layer.area) ?? 0) + 1);
    }
    return { layer, stage, own };
  });
  return wanted.map(({ layer, stage, own }) => {
    if (own?.component) {
      return { stage, directory: own.directory };
    }
    const alone = claims.get(layer.area) === 1 || stage.kustomizationName === layer.area;
    const directory = own?.directory ?? posix.join(layer.area, cluster.clusterName, ...(alone ? [] : [stage.kustomizationName]));
    return { stage, directory, resources: stage.components.map(component => posix.relative(directory, component.directory)) };
  });
}

interface OwnDirectory {
  readonly directory: string;
  readonly component: boolean;
}

/** The directory that a stage has without regard to the others; undefined where it shares `<area>/<cluster>` with them. */
function ownDirectory(layer: Layer, stage: Stage, shared: readonly Component[]): OwnDirectory | undefined {
  if (stage._directory !== undefined) {
    return { directory: posix.normalize(stage._directory), component: false };
  }
  const { components } = stage;
  const patched = layer._patches.some(patch => components.includes(patch.component));
  if (layer._readsWholeArea && !patched && components.length === shared.length && components.every(component => shared.includes(component))) {
    return { directory: `${layer.area}/base`, component: false };
  }
  return components.length === 1 && !components[0].cluster && !patched
    ? { directory: components[0].directory, component: true }
    : undefined;
}
