import { Finding, ICheck, Severity } from './check';
import { FactsOfObjects, ofWholeGroup } from './support/facts-of-objects';
import { gatedBy, gates } from './support/gates';
import { told } from './support/obstacles';
import { kustomizationTitle, objectTitle, onKustomization } from './support/place';
import { DeliveredKustomization, DeliveredRequirement, Delivery, Strength, Verdict } from '../delivery/delivery';

/** @see docs/checks/ungated-dependency.md */
export const ungatedDependency: ICheck = {
  checkId: 'ungated-dependency',
  title: 'A dependency on something that is ready before what is needed of it',
  examine: delivery => {
    const ungated = new Map(delivery.kustomizations.filter(kustomization => !gates(kustomization))
      .map(kustomization => [kustomizationTitle(kustomization), kustomization]));
    const waiting = delivery.kustomizations.filter(kustomization =>
      gates(kustomization) && kustomization.dependsOn.some(target => ungated.has(kustomizationTitle(target))));
    if (waiting.length === 0) {
      return [];
    }
    const facts = new FactsOfObjects(delivery);
    return waiting.flatMap(kustomization => {
      const needs = lateNeeds(delivery, kustomization);
      return needs.length === 0 ? [] : kustomization.dependsOn.flatMap(target => {
        const provider = ungated.get(kustomizationTitle(target));
        const brought = new Set(provider?.objects.flatMap(object => facts.of(object)));
        const late = needs.filter(({ fact }) => brought.has(fact) || brought.has(ofWholeGroup(fact)));
        return provider && late.length > 0 ? [ungatedFinding(delivery, kustomization, provider, late)] : [];
      });
    });
  },
};

/** What objects that a Kustomization waits for need, and wait for themselves. */
function lateNeeds({ requirements }: Delivery, kustomization: DeliveredKustomization): DeliveredRequirement[] {
  const title = kustomizationTitle(kustomization);
  const gated = new Set(gatedBy(kustomization).map(objectTitle));
  return requirements.filter(need => need.kustomization === title && need.strength === Strength.READY && gated.has(need.object ?? '')
    && (need.verdict === Verdict.SETTLES || need.verdict === Verdict.RACE));
}

function ungatedFinding(
  delivery: Delivery, kustomization: DeliveredKustomization, provider: DeliveredKustomization, [first, ...others]: readonly DeliveredRequirement[],
): Finding {
  return onKustomization(delivery, kustomization, {
    check: 'ungated-dependency',
    severity: Severity.INFO,
    message: `depends on ${provider.name}, which is ready as soon as it has applied its objects: ${first.object} needs ${first.what} (${first.at}), which comes later, and its `
      + 'timeout has to do for both',
    fix: `let ${provider.name} check the health of what brings it`,
    evidence: others.length === 0 ? undefined : [`so do ${told([...new Set(others.map(({ object }) => object!))])}`],
  });
}
