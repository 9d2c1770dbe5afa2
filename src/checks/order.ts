import { Finding, ICheck, Severity } from './check';
import { circleFinding, circles, FactSort, kustomizationsIn, told } from './obstacles';
import { at, objectTitle } from './place';
import { DeliveredObstacle, DeliveredRequirement, Delivery, InferredDependency, Strength, Verdict } from '../delivery/delivery';

/** What is needed before it is sure to be there. */
export function order(title: string, sort: FactSort): ICheck {
  const checkId = `${sort.id}-order`;
  return {
    checkId,
    title,
    examine: delivery => [
      ...circles(delivery, obstacle => isOrderCircle(obstacle) && sortedBy(delivery, obstacle, sort)).map(obstacle => circleFinding(checkId, delivery, obstacle,
        'move what needs it to a stage or a layer of its own, which depends on the one that brings it')),
      ...racing(delivery, sort).map(requirements => raceFinding(checkId, delivery, requirements)),
    ],
  };
}

/** A circle that goes through more than dependencies, and through more than one Kustomization. */
function isOrderCircle(obstacle: DeliveredObstacle): boolean {
  return !isDependencyCircle(obstacle) && kustomizationsIn(obstacle).length > 1;
}

/** A circle of Kustomizations that wait for each other, and of nothing else. */
export function isDependencyCircle({ events }: DeliveredObstacle): boolean {
  return events.every(event => /kustomize\.toolkit\.fluxcd\.io\/Kustomization \S+$/.test(event));
}

/** Whether the first thing that the circle needs beside Kustomizations is of a sort. */
function sortedBy(delivery: Delivery, { events }: DeliveredObstacle, { matches }: FactSort): boolean {
  const facts = new Set(delivery.requirements.filter(({ verdict, object }) => verdict === Verdict.DEADLOCK && object !== undefined).map(({ fact }) => fact));
  const needed = events.find(event => facts.has(event) && !/kustomize\.toolkit\.fluxcd\.io\/Kustomization \S+$/.test(event));
  return needed !== undefined && matches(needed);
}

/** What may come too late: grouped by the edge that would put it in order, or each by itself where none does. */
function racing(delivery: Delivery, { matches }: FactSort): (readonly [DeliveredRequirement, InferredDependency | undefined])[] {
  const edges = new Map(delivery.inferred.map(edge => [keyOf(edge.because), edge]));
  const mended = delivery.requirements.filter(({ verdict, fact }) => verdict === Verdict.RACE && matches(fact));
  const firsts = mended.filter(requirement => edges.has(keyOf(requirement)));
  const hopeless = mended.filter(requirement => !edges.has(keyOf(requirement)) && !firsts.some(({ kustomization }) => kustomization === requirement.kustomization)
    && (requirement.strength === Strength.BUILD || requirement.strength === Strength.APPLY));
  const once = new Map([...hopeless].reverse().map(requirement => [`${requirement.kustomization}|${requirement.fact}`, requirement]));
  return [...firsts.map(requirement => [requirement, edges.get(keyOf(requirement))] as const), ...[...once.values()].reverse().map(requirement => [requirement, undefined] as const)];
}

function keyOf({ kustomization, object, fact, at: place }: DeliveredRequirement): string {
  return [kustomization, object, fact, place].join('|');
}

function raceFinding(check: string, delivery: Delivery, [requirement, edge]: readonly [DeliveredRequirement, InferredDependency | undefined]): Finding {
  const { kustomization, object, what, at: place, strength, fact } = requirement;
  const others = [...new Set(delivery.requirements.filter(other => other.verdict === Verdict.RACE && other.kustomization === kustomization
    && keyOf(other) !== keyOf(requirement)).map(other => other.object ?? other.kustomization))];
  const fails = (strength === Strength.BUILD || strength === Strength.APPLY) && !fact.startsWith('webhook ');
  return at(delivery, kustomization, object, {
    check,
    severity: fails ? Severity.ERROR : Severity.WARNING,
    message: `needs ${what} (${place}), which may not be there yet: ${edge ? missingEdge(edge) : 'waiting for what brings it would close a circle'}`,
    fix: edge ? mend(edge) : 'move what needs it to a stage or a layer of its own',
    evidence: others.length === 0 ? undefined : [`out of order are also: ${told(others)}`],
  });
}

function missingEdge({ to, dependency, healthCheck }: InferredDependency): string {
  const target = to.split('/')[1];
  return dependency ? `${target} delivers it, and nothing waits for ${target}` : `${target} is ready before ${objectTitle(healthCheck!)} is`;
}

function mend({ to, dependency, healthCheck }: InferredDependency): string {
  const target = to.split('/')[1];
  return [
    ...dependency ? [`depend on ${target}`] : [],
    ...healthCheck ? [`let ${target} check the health of ${objectTitle(healthCheck)}`] : [],
  ].join(', and ') + ', or leave inference on';
}
