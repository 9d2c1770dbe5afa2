import { Finding, ICheck, Severity } from '../check';
import { at } from './place';
import { DeliveredObstacle, DeliveredRequirement, Delivery, Strength, Verdict } from '../../delivery/delivery';
import { kustomizationOf } from '../../delivery/rules';
import { circleSteps } from '../../delivery/words';

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
  return at(delivery, first.kustomization, first.object, {
    check,
    severity: first.strength === Strength.SOFT ? Severity.WARNING : Severity.ERROR,
    message: `needs ${together([...new Set(requirements.map(({ what }) => what))])} (${first.at}), which nothing on this cluster delivers`,
    fix: deliver,
    evidence: others.length === 0 ? undefined : [
      `${others.length} more ${others.length === 1 ? 'needs' : 'need'} it: ${told([...new Set(others.map(titleOf))])}`,
    ],
  });
}

/** Several things of one sort: `the APIs a.io/A, a.io/B`. */
function together(whats: readonly string[]): string {
  return whats.length === 1 ? whats[0] : told(whats.map((what, i) => what.replace(/^the (\S+) /, i === 0 ? 'the $1s ' : '')));
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

/** What closes a circle: something that is needed and comes only after what needs it. */
export interface Circle {
  readonly obstacle: DeliveredObstacle;
  /** Namespaces and names of the Kustomizations that it goes through, in its order. */
  readonly kustomizations: readonly string[];
  /** The need that a person would mend; none where Kustomizations alone wait for each other. */
  readonly need?: DeliveredRequirement;
  /** The Kustomization with which that comes. */
  readonly broughtBy?: string;
}

/** The circles on a cluster. */
export function circlesOf(delivery: Delivery): Circle[] {
  return delivery.obstacles.filter(({ circle }) => circle).map(obstacle => {
    const { events } = obstacle;
    const kustomizations = [...new Set(events.flatMap(event => kustomizationOf(event) ?? []))];
    const after = new Map(events.map((event, i) => [event, events[(i + events.length - 1) % events.length]]));
    const needs = delivery.requirements.filter(need => need.verdict === Verdict.DEADLOCK && kustomizationOf(need.fact) === undefined
      && after.has(need.fact) && isNeedOf(need, after.get(need.fact)!));
    const need = needs.find(candidate => broughtBy(candidate, events) !== candidate.kustomization) ?? needs[0];
    return { obstacle, kustomizations, need, broughtBy: need && broughtBy(need, events) };
  });
}

/** Whether an event of a circle has to wait because of this need, and not of another one of the same thing. */
function isNeedOf({ kustomization, object, strength }: DeliveredRequirement, event: string): boolean {
  return strength === Strength.READY ? object !== undefined && event.endsWith(`/${object}`) : kustomizationOf(event) === kustomization;
}

/** The Kustomization that comes next in a circle after what is needed. */
function broughtBy({ fact }: DeliveredRequirement, events: readonly string[]): string | undefined {
  const start = events.indexOf(fact);
  return [...events.slice(start), ...events.slice(0, start)].map(kustomizationOf).find(kustomization => kustomization !== undefined);
}

/** A circle as a finding: on what needs something that comes only after it, with each step. */
export function circleFinding(check: string, delivery: Delivery, { obstacle, kustomizations, need }: Circle, message: string, fix: string): Finding {
  return at(delivery, need?.kustomization ?? kustomizations[0], need?.object, {
    check, message, fix, evidence: [...circleSteps(obstacle.events, need?.fact), ...stuckBehind(obstacle)],
  });
}

/** How much waits for something that never comes. */
export function stuckBehind({ stuck }: DeliveredObstacle): string[] {
  return stuck > 1 ? [`${stuck} objects and Kustomizations never become ready`] : [];
}
