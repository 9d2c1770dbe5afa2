import { BUILTIN_CHECKS } from './builtin-checks';
import { Acceptance, Finding, ICheck, Severity } from './check';
import { Delivery } from '../delivery/delivery';

/** Everything that the checks find on the clusters, sorted: errors first, then by check and place. */
export function examine(deliveries: readonly Delivery[], further: readonly ICheck[], accepted: readonly Acceptance[]): Finding[] {
  const findings = deliveries.flatMap(delivery => [...BUILTIN_CHECKS, ...further].flatMap(check => check.examine(delivery)));
  return findings.map(finding => withAcceptance(finding, accepted)).map(finding => ({ finding, key: keyOf(finding) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ finding }) => finding);
}

const SEVERITIES = [Severity.ERROR, Severity.WARNING, Severity.INFO];

/** NUL sorts before whatever a name holds. */
function keyOf({ severity, check, cluster, kustomization = '', object = '', message }: Finding): string {
  return [SEVERITIES.indexOf(severity), check, kustomization, object, message, cluster].join('\0');
}

function withAcceptance(finding: Finding, accepted: readonly Acceptance[]): Finding {
  const acceptance = accepted.find(({ check, object, kustomization, cluster }) => check === finding.check
    && [undefined, finding.object].includes(object)
    && [undefined, finding.kustomization, finding.kustomization?.split('/')[1]].includes(kustomization)
    && [undefined, finding.cluster].includes(cluster));
  return acceptance ? { ...finding, acceptedBecause: acceptance.because } : finding;
}

/** Whether synth refuses because of it. */
export function isFatal({ severity, acceptedBecause }: Finding): boolean {
  return severity === Severity.ERROR && acceptedBecause === undefined;
}

/** Acceptances for which there is no finding: they have outlived what they were for. */
export function unusedAcceptances(findings: readonly Finding[], accepted: readonly Acceptance[]): Acceptance[] {
  return accepted.filter(acceptance => !findings.some(finding => withAcceptance({ ...finding, acceptedBecause: undefined }, [acceptance]).acceptedBecause !== undefined));
}
