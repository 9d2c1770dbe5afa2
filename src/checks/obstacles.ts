import { ICheck, Finding } from './check';
import { at } from './place';
import { DeliveredObstacle, DeliveredRequirement, Delivery, Strength, Verdict } from '../delivery/delivery';

/** A sort of fact that checks are made for: namespaces, APIs, sources, everything else. */
export interface FactSort {
  readonly id: string;
  /** Whether an event is of this sort. */
  readonly matches: (event: string) => boolean;
  /** What several missing facts have in common, so that they are told once. */
  readonly group?: (event: string) => string;
  /** How to deliver what nothing delivers. */
  readonly deliver: string;
}

/** What is needed and nothing on the cluster provides. */
export function notDelivered(title: string, { id, matches, group = event => event, deliver }: FactSort, checkId = `${id}-not-delivered`): ICheck {
  return {
    checkId,
    title,
    examine: delivery => {
      const missing = new Map<string, DeliveredRequirement[]>();
      for (const requirement of delivery.requirements.filter(({ verdict, fact }) => verdict === Verdict.MISSING && matches(fact))) {
        const key = group(requirement.fact);
        missing.set(key, [...missing.get(key) ?? [], requirement]);
      }
      return [...missing.values()].map(requirements => missingFinding(checkId, delivery, requirements, deliver));
    },
  };
}

function missingFinding(check: string, delivery: Delivery, requirements: readonly DeliveredRequirement[], deliver: string): Finding {
  const [first, ...others] = [...requirements].sort(byStrength);
  const whats = [...new Set(requirements.map(({ what }) => what))];
  return at(delivery, first.kustomization, first.object, {
    check,
    message: `needs ${whats.join(' and ')} (${first.at}), which nothing on this cluster delivers`,
    fix: deliver,
    evidence: others.length === 0 ? undefined : [
      `${others.length} more ${others.length === 1 ? 'needs' : 'need'} it: ${told([...new Set(others.map(titleOf))])}`,
    ],
  });
}

const STRENGTHS = [Strength.BUILD, Strength.APPLY, Strength.READY, Strength.SOFT];

function byStrength(a: DeliveredRequirement, b: DeliveredRequirement): number {
  return STRENGTHS.indexOf(a.strength) - STRENGTHS.indexOf(b.strength);
}

/** A few names, and how many more there are. */
export function told(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

function titleOf({ object, kustomization }: DeliveredRequirement): string {
  return object ?? `Kustomization ${kustomization}`;
}

/** Circles that a check is for, each a finding on the first of its Kustomizations or objects that is known. */
export function circles(delivery: Delivery, isFor: (obstacle: DeliveredObstacle) => boolean): DeliveredObstacle[] {
  return delivery.obstacles.filter(obstacle => obstacle.circle && isFor(obstacle));
}

/** The Kustomizations that the events of a circle are of, each once. */
export function kustomizationsIn({ events }: DeliveredObstacle): string[] {
  return [...new Set(events.flatMap(event => /kustomize\.toolkit\.fluxcd\.io\/Kustomization (\S+)$/.exec(event)?.[1] ?? []))];
}

/** A circle as a finding: on the requirement by which one of its events needs another. */
export function circleFinding(check: string, delivery: Delivery, obstacle: DeliveredObstacle, fix: string): Finding {
  const events = new Set(obstacle.events);
  const within = new Set(kustomizationsIn(obstacle));
  const requirement = delivery.requirements.find(({ fact, kustomization, verdict, object }) =>
    verdict === Verdict.DEADLOCK && object !== undefined && events.has(fact) && within.has(kustomization))
    ?? delivery.requirements.find(({ fact, kustomization, verdict }) => verdict === Verdict.DEADLOCK && events.has(fact) && within.has(kustomization));
  const [first] = within;
  const stuck = obstacle.stuck > 1 ? [`${obstacle.stuck} objects and Kustomizations never become ready`] : undefined;
  return at(delivery, requirement?.kustomization ?? first ?? '', requirement?.object, {
    check, message: `waits for itself: ${obstacle.words}`, fix, evidence: stuck,
  });
}
