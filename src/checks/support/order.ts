import { Finding, ICheck, Severity } from '../check';
import { awaitedInVain } from '../health-blind-kind';
import { Circle, circleFinding, circlesOf, FactSort, told } from './obstacles';
import { at, objectTitle, shortName } from './place';
import { DeliveredRequirement, Delivery, InferredDependency, Strength, Verdict } from '../../delivery/delivery';

/** What is needed before it is sure to be there. */
export function order(title: string, sort: FactSort): ICheck {
  const checkId = `${sort.id}-order`;
  return {
    checkId,
    title,
    examine: delivery => [
      ...circlesOf(delivery).filter(circle => isOrderCircle(circle) && sort.matches(circle.need?.fact ?? '')).map(circle => circleOfOrder(checkId, delivery, circle)),
      ...missingEdges(delivery).filter(({ because }) => sort.matches(because.fact)).map(edge => edgeFinding(checkId, delivery, edge)),
      ...unmended(delivery, sort).map(requirements => unmendedFinding(checkId, delivery, requirements)),
    ],
  };
}

/** A circle that goes through more than dependencies, and through more than one Kustomization. */
function isOrderCircle({ kustomizations, need }: Circle): boolean {
  return kustomizations.length > 1 && need !== undefined;
}

function circleOfOrder(check: string, delivery: Delivery, circle: Circle): Finding {
  const { what, at: place, kustomization, strength } = circle.need!;
  const own = shortName(kustomization);
  const other = shortName(circle.broughtBy!);
  return circleFinding(check, delivery, circle,
    `needs ${what} (${place}), which comes with ${other}, and ${other} comes only after ${own}`,
    `move it to a stage or a layer of its own, which depends on ${other}${strength === Strength.READY ? `, or let ${own} be ready without it` : ''}`);
}

/** Edges that are not there, and that inference would have added. */
function missingEdges({ inferred, requirements }: Delivery): InferredDependency[] {
  const races = new Set(requirements.filter(({ verdict }) => verdict === Verdict.RACE).map(keyOf));
  return inferred.filter(({ because }) => races.has(keyOf(because)));
}

function keyOf({ kustomization, object, fact, at: place }: DeliveredRequirement): string {
  return [kustomization, object, fact, place].join('|');
}

function edgeFinding(check: string, delivery: Delivery, { from, to, dependency, healthCheck, because, alsoFor }: InferredDependency): Finding {
  const { kustomization, object, what, at: place } = because;
  const [waiting, target] = [shortName(from), shortName(to)];
  const mends = [
    ...dependency ? [`let ${waiting} depend on ${target}`] : [],
    ...healthCheck ? [`let ${target} check the health of ${objectTitle(healthCheck)}`] : [],
  ];
  return at(delivery, kustomization, object, {
    check,
    severity: [because, ...alsoFor].some(isFailing) ? Severity.ERROR : Severity.WARNING,
    message: `needs ${what} (${place}), which may come too late: ${dependency
      ? `it is sure to be there once ${healthCheck ? `${objectTitle(healthCheck)} of ` : ''}${target} is ready, and ${waiting} does not wait for that`
      : `${objectTitle(healthCheck!)} brings it, and ${target} is ready before that`}`,
    fix: `${mends.join(', and ')}, or leave inference on`,
    evidence: alsoOutOfOrder(because, alsoFor),
  });
}

/** Whether an attempt fails because of it. A webhook that does not answer yet lets most pass. */
function isFailing({ strength, fact }: DeliveredRequirement): boolean {
  return (strength === Strength.BUILD || strength === Strength.APPLY) && !fact.startsWith('webhook ');
}

function alsoOutOfOrder(first: DeliveredRequirement, others: readonly DeliveredRequirement[]): string[] | undefined {
  const titles = [...new Set(others.map(titleOf))].filter(title => title !== titleOf(first));
  return titles.length === 0 ? undefined : [`out of order for the same reason: ${told(titles)}`];
}

function titleOf({ object, kustomization }: DeliveredRequirement): string {
  return object ?? `Kustomization ${kustomization}`;
}

/** What fails an attempt, and no edge can put in order: by Kustomization, and by what is needed. */
function unmended({ requirements, inferred }: Delivery, { matches, group = fact => fact }: FactSort): DeliveredRequirement[][] {
  const mended = new Set(inferred.flatMap(({ because, alsoFor }) => [because, ...alsoFor]).map(keyOf));
  const groups = new Map<string, DeliveredRequirement[]>();
  const failing = requirements.filter(requirement => requirement.verdict === Verdict.RACE && isFailing(requirement) && matches(requirement.fact));
  for (const requirement of failing.filter(candidate => !mended.has(keyOf(candidate)))) {
    const key = `${requirement.kustomization}|${group(requirement.fact)}`;
    groups.set(key, [...groups.get(key) ?? [], requirement]);
  }
  return [...groups.values()];
}

function unmendedFinding(check: string, delivery: Delivery, [first, ...others]: readonly DeliveredRequirement[]): Finding {
  const { kustomization, object, what, at: place } = first;
  const gate = awaitedInVain(delivery, first);
  return at(delivery, kustomization, object, {
    check,
    message: `needs ${what} (${place}), which may come too late: ${gate
      ? `${gate.kustomization.name} waits for ${objectTitle(gate.object)}, which counts as healthy before its controller has looked at it`
      : `what brings it cannot be waited for, because it waits for ${shortName(kustomization)}`}`,
    fix: gate ? `let an expression in ${gate.kustomization.name} judge the health of ${gate.object.kind}` : 'move it to a stage or a layer of its own',
    evidence: alsoOutOfOrder(first, others),
  });
}
