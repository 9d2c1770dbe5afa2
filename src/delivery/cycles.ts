import { DeliveredDependency, DeliveredKustomization, Delivery } from './delivery';

/** An edge of a cycle: the Kustomization and why it waits for the next one. */
export interface CycleEdge {
  readonly from: DeliveredKustomization;
  readonly dependency: DeliveredDependency;
}

/**
 * Cycles among a cluster's Kustomizations, until every one that is in a cycle was named: Kahn's algorithm takes away what is in
 * none, a breadth-first search finds a shortest way round in what is left.
 */
export function findCycles(delivery: Delivery): CycleEdge[][] {
  const nodes = new Map(delivery.kustomizations.map(node => [kustomizationId(node), node]));
  const left = withoutOrderable(nodes);
  const cycles: CycleEdge[][] = [];
  for (const id of [...left].sort()) {
    const cycle = left.has(id) ? wayRound(id, nodes, left) : undefined;
    if (cycle) {
      cycles.push(cycle);
      cycle.forEach(edge => left.delete(kustomizationId(edge.from)));
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
  const queue: { id: string; edges: CycleEdge[] }[] = [{ id: start, edges: [] }];
  const seen = new Set<string>();
  for (const { id, edges } of queue) {
    for (const dependency of nodes.get(id)!.dependsOn) {
      const target = kustomizationId(dependency);
      const way = [...edges, { from: nodes.get(id)!, dependency }];
      if (target === start) {
        return way;
      }
      if (within.has(target) && !seen.has(target)) {
        seen.add(target);
        queue.push({ id: target, edges: way });
      }
    }
  }
  return undefined;
}

/** A Kustomization as an error or a person names it. */
export function kustomizationId(kustomization: { readonly name: string; readonly namespace: string }): string {
  return `${kustomization.namespace}/${kustomization.name}`;
}
