import { BUILTIN_CHECKS } from './builtin-checks';
import { Acceptance, Finding, ICheck, Severity } from './check';
import { kustomizationTitle } from './support/place';
import { Delivery } from '../delivery/delivery';

/** Everything that the checks find on the clusters, sorted: errors first, then by check and place. */
export function examine(deliveries: readonly Delivery[], further: readonly ICheck[], accepted: readonly Acceptance[]): Finding[] {
  const findings = deliveries.flatMap(delivery => [...BUILTIN_CHECKS, ...further].flatMap(check => check.examine(delivery)));
  const used = new Set<Acceptance>();
  const judged = findings.map(finding => withAcceptance(finding, accepted, used));
  const unused = accepted.filter(acceptance => !used.has(acceptance)).flatMap(acceptance => unusedFindings(acceptance, deliveries));
  return [...judged, ...unused].map(finding => ({ finding, key: keyOf(finding) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ finding }) => finding);
}

const SEVERITIES = [Severity.ERROR, Severity.WARNING, Severity.INFO];

/** NUL sorts before whatever a name holds. */
function keyOf({ severity, check, cluster, kustomization = '', object = '', message }: Finding): string {
  return [SEVERITIES.indexOf(severity), check, kustomization, object, message, cluster].join('\0');
}

/** The finding with the reason of the first acceptance that is for it; every one that is counts as used. */
function withAcceptance(finding: Finding, accepted: readonly Acceptance[], used: Set<Acceptance>): Finding {
  const fitting = accepted.filter(({ check, object, kustomization, cluster }) => check === finding.check
    && [undefined, finding.object].includes(object)
    && [undefined, finding.kustomization, finding.kustomization?.split('/')[1]].includes(kustomization)
    && [undefined, finding.cluster].includes(cluster));
  fitting.forEach(acceptance => used.add(acceptance));
  return fitting.length > 0 ? { ...finding, acceptedBecause: fitting[0].because } : finding;
}

/** Whether synth refuses because of it. */
export function isFatal({ severity, acceptedBecause }: Finding): boolean {
  return severity === Severity.ERROR && acceptedBecause === undefined;
}

/** An acceptance for which there is no finding has outlived what it was for, or never was for anything. */
function unusedFindings({ check, object, kustomization, cluster: only, because }: Acceptance, deliveries: readonly Delivery[]): Finding[] {
  const clusters = only === undefined ? deliveries.map(({ cluster }) => cluster) : [only];
  return clusters.map(cluster => ({
    check: 'unused-acceptance',
    severity: Severity.WARNING,
    cluster,
    kustomization: kustomization && titleOf(kustomization, deliveries.find(delivery => delivery.cluster === cluster)),
    object,
    message: `has no finding of ${check} that could be accepted (because: ${because})`,
    fix: 'take the acceptance away, or correct what it names',
  }));
}

/** An acceptance may name a Kustomization without its namespace. */
function titleOf(name: string, delivery: Delivery | undefined): string {
  const found = delivery?.kustomizations.find(kustomization => kustomization.name === name);
  return found ? kustomizationTitle(found) : name.includes('/') ? name : `flux-system/${name}`;
}
