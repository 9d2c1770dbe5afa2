import { DeliveredDependency, DeliveredKustomization, Delivery } from './delivery';

/** An edge of a cycle: the Kustomization and why it waits for the next one. */
export interface CycleEdge {
  readonly from: DeliveredKustomization;
  readonly dependency: DeliveredDependency;
}

/**
 * Cycles among a cluster's Kustomizations, so many that each one that lies on a cycle is in at least one of them: Kahn's algorithm
 * takes away what is in none, and for each of the others that was not named yet, a breadth-first search finds a shortest way round.
 */
export function findCycles(delivery: Delivery): CycleEdge[][] {
  const nodes = new Map(delivery.kustomizations.map(node => [kustomizationId(node), node]));
  const left = withoutOrderable(nodes);
  const named = new Set<string>();
  const cycles: CycleEdge[][] = [];
  for (const id of [...left].sort()) {
    const cycle = named.has(id) ? undefined : wayRound(id, nodes, left);
    if (cycle) {
      cycles.push(cycle);
      cycle.forEach(edge => named.add(kustomizationId(edge.from)));
    }
  }
  return cycles;
}

/** Ids that Kahn's algorithm cannot order: those in a cycle, and those behind one. */
function withoutOrderable(nodes: ReadonlyMap<string, DeliveredKustomization>): Set<string> {
  const waitsFor = new Map<string, number>();
  const dependents = new Map<string, string[]>();
  for (const [id, node] of nodes) {
    const targets = new Set(node.dependsOn.map(kustomizationId).filter(target => nodes.has(target)));
    waitsFor.set(id, targets.size);
    for (const target of targets) {
      dependents.set(target, [...dependents.get(target) ?? [], id]);
    }
  }
  const free = [...nodes.keys()].filter(id => waitsFor.get(id) === 0);
  const left = new Set(nodes.keys());
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    left.delete(id);
    for (const dependent of dependents.get(id) ?? []) {
      waitsFor.set(dependent, waitsFor.get(dependent)! - 1);
      if (waitsFor.get(dependent) === 0) {
        free.push(dependent);
      }
    }
  }
  return left;
}

/** A shortest way from a Kustomization back to itself. */
function wayRound(start: string, nodes: ReadonlyMap<string, DeliveredKustomization>, within: ReadonlySet<string>): CycleEdge[] | undefined {
  const reachedBy = new Map<string, CycleEdge>();
  const queue = [start];
  for (const id of queue) {
    const from = nodes.get(id)!;
    for (const dependency of from.dependsOn) {
      const target = kustomizationId(dependency);
      if (within.has(target) && !reachedBy.has(target)) {
        reachedBy.set(target, { from, dependency });
        queue.push(target);
      }
      if (target === start) {
        return wayBack(start, reachedBy);
      }
    }
  }
  return undefined;
}

/** The edges that led from a Kustomization to itself, in the order in which they were gone. */
function wayBack(start: string, reachedBy: ReadonlyMap<string, CycleEdge>): CycleEdge[] {
  const edges = [reachedBy.get(start)!];
  while (kustomizationId(edges[0].from) !== start) {
    edges.unshift(reachedBy.get(kustomizationId(edges[0].from))!);
  }
  return edges;
}

/** A Kustomization as an error or a person names it. */
export function kustomizationId(kustomization: { readonly name: string; readonly namespace: string }): string {
  return `${kustomization.namespace}/${kustomization.name}`;
}
