import { ICheck, Severity } from './check';
import { told } from './support/obstacles';
import { perObject } from './support/per-object';
import { DeliveredObject, Delivery } from '../delivery/delivery';
import { apiGroup } from '../synth/api-group';
import { JsonObject } from '../synth/json';

/** @see docs/checks/workers-held.md */
export const workersHeld: ICheck = {
  checkId: 'workers-held',
  title: 'More Kustomizations that wait for health than the controller has workers',
  examine: delivery => {
    const workers = workersOf(delivery);
    return [...byShard(waitingOf(delivery)).values()].map(widest).filter(together => together.length > workers).map(together => ({
      check: 'workers-held',
      severity: Severity.INFO,
      cluster: delivery.cluster,
      message: `has ${together.length} Kustomizations that can wait for health at the same time, and kustomize-controller has ${workers} workers, each of which is `
        + 'held by one that waits: every other Kustomization waits until one of them is done or at its timeout',
      fix: `give kustomize-controller more workers (\`size\` of the FluxInstance, or --concurrent=${together.length + 1}), or let fewer of them wait`,
      evidence: [`they are ${told(together)}`],
    }));
  },
};

const USUAL_WORKERS = 4;
const BY_SIZE: Readonly<Record<string, number>> = { small: 5, medium: 10, large: 20 };

function workersOf({ kustomizations }: Delivery): number {
  return Math.max(USUAL_WORKERS, ...kustomizations.flatMap(({ objects }) => objects.flatMap(workersSaid)));
}

/** The workers that a FluxInstance gives: by its size, or by a patch. */
const workersSaid = perObject((manifest): number[] => {
  if (manifest.kind !== 'FluxInstance' || apiGroup(String(manifest.apiVersion)) !== 'fluxcd.controlplane.io') {
    return [];
  }
  const { cluster, kustomize } = (manifest.spec ?? {}) as { cluster?: { size?: string }; kustomize?: JsonObject };
  const patched = [...JSON.stringify(kustomize ?? null).matchAll(/--concurrent=(\d+)/g)].map(([, workers]) => Number(workers));
  return [...patched, BY_SIZE[cluster?.size ?? ''] ?? USUAL_WORKERS];
});

/** A Kustomization, as far as it matters here. */
interface Waiting {
  readonly title: string;
  readonly name: string;
  readonly shard: string;
  readonly gates: boolean;
  readonly dependsOn: readonly string[];
}

/** The Kustomizations of the layers, and those that their components have. */
function waitingOf({ kustomizations }: Delivery): Waiting[] {
  const nested = kustomizations.flatMap(({ objects }) => objects.filter(isKustomization));
  return [...kustomizations, ...nested].map(waiting);
}

const isKustomization = ({ kind, apiVersion }: DeliveredObject) => kind === 'Kustomization' && apiGroup(apiVersion) === 'kustomize.toolkit.fluxcd.io';

const waiting = perObject((manifest): Waiting => {
  const { name, namespace, labels } = manifest.metadata as { name: string; namespace?: string; labels?: { [key: string]: string } };
  const { wait, healthChecks, suspend, dependsOn = [] } = manifest.spec as {
    wait?: boolean; healthChecks?: unknown[]; suspend?: boolean; dependsOn?: { name: string; namespace?: string }[];
  };
  return {
    title: `${namespace}/${name}`,
    name,
    shard: labels?.['sharding.fluxcd.io/key'] ?? '',
    gates: suspend !== true && (wait === true || (healthChecks ?? []).length > 0),
    dependsOn: dependsOn.map(dependency => `${dependency.namespace ?? namespace}/${dependency.name}`),
  };
});

/** Each shard has a controller of its own. What the others wait for counts in each. */
function byShard(all: readonly Waiting[]): Map<string, Waiting[]> {
  const shards = [...new Set(all.map(({ shard }) => shard))];
  return new Map(shards.map(shard => [shard, all.map(one => ({ ...one, gates: one.gates && one.shard === shard }))]));
}

/** Those with the same number of waiting ones before them, where most have: none of them waits for another. */
function widest(all: readonly Waiting[]): string[] {
  const known = new Map(all.map(one => [one.title, one]));
  const depths = new Map<string, number>();
  const depthOf = (title: string): number => {
    const found = depths.get(title);
    if (found !== undefined) {
      return found;
    }
    // What waits for itself gets no further here.
    depths.set(title, 0);
    const depth = Math.max(0, ...(known.get(title)?.dependsOn ?? []).map(target => depthOf(target) + (known.get(target)?.gates ? 1 : 0)));
    depths.set(title, depth);
    return depth;
  };
  const levels: string[][] = [];
  all.filter(({ gates }) => gates).forEach(({ title, name }) => {
    const depth = depthOf(title);
    (levels[depth] ??= []).push(name);
  });
  return levels.reduce((most, level) => level.length > most.length ? level : most, []);
}
