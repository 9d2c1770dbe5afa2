import { EventSystem } from './events';

/** Why something never happens. */
export interface RootCause {
  /** The event that nothing brings about; or the events of a circle, each of which waits for the next, and the last for the first. */
  readonly events: string[];
  /** Whether it is a circle. */
  readonly circle: boolean;
}

/**
 * The causes at the root of all that never happens: what nobody provides, and circles. What is only stuck behind one of them is no cause
 * of its own.
 *
 * @param wanted events that somebody needs
 * @param telling events of which a circle says more than one that is shorter
 */
export function rootCauses(
  events: EventSystem, reached: ReadonlySet<string>, wanted: Iterable<string>, telling: (event: string) => boolean = () => true,
): RootCause[] {
  const blocked = blockedBehind(events, reached, wanted);
  const missing = [...blocked.keys()].filter(event => !events.hasCause(event)).map(event => ({ events: [event], circle: false }));
  const circles = components(blocked)
    .filter(component => component.length > 1 || blocked.get(component[0])!.includes(component[0]))
    .map(component => ({ events: shortestCircle(component.filter(telling), blocked) ?? shortestCircle(component, blocked)!, circle: true }));
  return [...missing, ...circles];
}

/** What is not reached, and for each the unreached events that it needs. */
function blockedBehind(events: EventSystem, reached: ReadonlySet<string>, wanted: Iterable<string>): Map<string, string[]> {
  const blocked = new Map<string, string[]>();
  const queue = [...wanted].filter(event => !reached.has(event));
  for (let event = queue.pop(); event !== undefined; event = queue.pop()) {
    if (!blocked.has(event)) {
      const needs = [...new Set(events.causesOf(event).flatMap(rule => rule.needs.filter(need => !reached.has(need))))];
      blocked.set(event, needs);
      queue.push(...needs);
    }
  }
  return blocked;
}

/** Strongly connected components, by Tarjan's algorithm without recursion: chains of needs can be long. */
function components(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const found: string[][] = [];
  for (const root of graph.keys()) {
    const work: { node: string; next: number }[] = index.has(root) ? [] : [{ node: root, next: 0 }];
    while (work.length > 0) {
      const frame = work[work.length - 1];
      const { node } = frame;
      if (frame.next === 0) {
        index.set(node, index.size);
        low.set(node, index.get(node)!);
        stack.push(node);
        onStack.add(node);
      }
      const needs = graph.get(node)!;
      if (frame.next < needs.length) {
        const need = needs[frame.next];
        frame.next += 1;
        if (!index.has(need)) {
          work.push({ node: need, next: 0 });
        } else if (onStack.has(need)) {
          low.set(node, Math.min(low.get(node)!, index.get(need)!));
        }
        continue;
      }
      work.pop();
      const parent = work[work.length - 1]?.node;
      if (parent !== undefined) {
        low.set(parent, Math.min(low.get(parent)!, low.get(node)!));
      }
      if (low.get(node) === index.get(node)) {
        const component = stack.splice(stack.indexOf(node));
        component.forEach(member => onStack.delete(member));
        found.push(component);
      }
    }
  }
  return found;
}

/** A shortest circle of these events, from its first one in alphabetical order. */
function shortestCircle(component: readonly string[], graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const within = new Set(component);
  const circles = [...component].sort().map(start => circleFrom(start, within, graph)).filter((circle): circle is string[] => circle !== undefined);
  return circles.reduce<string[] | undefined>((best, circle) => best === undefined || circle.length < best.length ? circle : best, undefined);
}

function circleFrom(start: string, within: ReadonlySet<string>, graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const event of queue) {
    for (const need of graph.get(event)!.filter(candidate => within.has(candidate))) {
      if (need === start) {
        const circle = [event];
        while (circle[0] !== start) {
          circle.unshift(cameFrom.get(circle[0])!);
        }
        return circle;
      }
      if (!cameFrom.has(need)) {
        cameFrom.set(need, event);
        queue.push(need);
      }
    }
  }
  return undefined;
}
