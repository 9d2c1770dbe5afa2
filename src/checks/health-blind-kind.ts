import { Finding, ICheck, Severity } from './check';
import { FactsOfObjects, ofWholeGroup, waitsFor } from './support/facts-of-objects';
import { gatedBy, healthExpressionsOf } from './support/gates';
import { told } from './support/obstacles';
import { at, kustomizationTitle, objectTitle, shortName } from './support/place';
import { DeliveredKustomization, DeliveredObject, DeliveredReference, DeliveredRequirement, Delivery, Verdict } from '../delivery/delivery';
import { isJudged } from '../delivery/judged-kinds';
import { objectId } from '../delivery/object-id';
import { apiGroup } from '../synth/api-group';

/** @see docs/checks/health-blind-kind.md */
export const healthBlindKind: ICheck = {
  checkId: 'health-blind-kind',
  title: 'A health check that passes before the object\'s controller has looked at it',
  examine: delivery => {
    const gates = blindGates(delivery);
    return gates.size === 0 ? [] : [...tooEarly(delivery, gates)].map(([gate, needs]) => blindFinding(delivery, gate, needs));
  },
};

/** An object that is waited for, and that counts as healthy as soon as it exists. */
export interface BlindGate {
  readonly kustomization: DeliveredKustomization;
  readonly object: DeliveredReference | DeliveredObject;
}

/** By what holds once the object is ready. */
function blindGates(delivery: Delivery): ReadonlyMap<string, BlindGate> {
  const gates = delivery.kustomizations.flatMap(kustomization => {
    const expressions = healthExpressionsOf(kustomization).map(({ apiVersion, kind }) => ({ group: apiGroup(apiVersion), kind: kind || undefined }));
    return gatedBy(kustomization).filter(({ apiVersion, kind, name }) => !isJudged(objectId(apiVersion, kind, name), expressions))
      .map(object => ({ kustomization, object }));
  });
  const facts = gates.length === 0 ? undefined : new FactsOfObjects(delivery);
  return new Map(gates.flatMap(gate => facts!.of(gate.object).map(fact => [fact, gate])));
}

/** What comes after the Kustomization that waits, and may nevertheless come before the object is ready. */
function tooEarly(delivery: Delivery, gates: ReadonlyMap<string, BlindGate>): Map<BlindGate, DeliveredRequirement[]> {
  const isBehind = waitsFor(delivery);
  const found = new Map<BlindGate, DeliveredRequirement[]>();
  for (const need of delivery.requirements.filter(({ verdict }) => verdict === Verdict.RACE || verdict === Verdict.SETTLES)) {
    const gate = gateFor(need, gates, isBehind);
    if (gate) {
      found.set(gate, [...found.get(gate) ?? [], need]);
    }
  }
  return found;
}

function gateFor(
  need: DeliveredRequirement, gates: ReadonlyMap<string, BlindGate>, isBehind: (from: string, to: string) => boolean,
): BlindGate | undefined {
  const gate = gates.get(need.fact) ?? gates.get(ofWholeGroup(need.fact));
  return gate && isBehind(need.kustomization, kustomizationTitle(gate.kustomization)) ? gate : undefined;
}

/** The object that is waited for because of a need, in vain: it counts as healthy too early. */
export function awaitedInVain(delivery: Delivery, need: DeliveredRequirement): BlindGate | undefined {
  return gateFor(need, blindGates(delivery), waitsFor(delivery));
}

function blindFinding(delivery: Delivery, { kustomization, object }: BlindGate, needs: readonly DeliveredRequirement[]): Finding {
  const [first] = needs;
  const { apiVersion, kind } = object;
  const others = [...new Set(needs.map(need => need.object ?? need.kustomization))].filter(title => title !== (first.object ?? first.kustomization));
  return at(delivery, kustomizationTitle(kustomization), objectTitle(object), {
    check: 'health-blind-kind',
    severity: needs.some(({ verdict }) => verdict === Verdict.RACE) ? Severity.WARNING : Severity.INFO,
    message: `counts as healthy before its controller has looked at it, so ${kustomization.name} may be ready too early for ${shortName(first.kustomization)}, `
      + `where ${first.object ?? 'the Kustomization'} needs ${first.what} (${first.at})`,
    fix: `let an expression judge its health: \`healthCheckExprs\` for ${kind} (${apiVersion}), HealthCheckExpression.ready where it has the condition Ready`,
    evidence: others.length === 0 ? undefined : [`the same goes for ${told(others)}`],
  });
}
