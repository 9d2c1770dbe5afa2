import { ICheck, Severity } from './check';
import { appliedBy, healthChecksOf, referenceText, waits } from './support/gates';
import { told } from './support/obstacles';
import { objectTitle, onKustomization } from './support/place';

/** @see docs/checks/health-check-ignored.md */
export const healthCheckIgnored: ICheck = {
  checkId: 'health-check-ignored',
  title: 'Health checks beside `wait`, which Flux ignores',
  examine: delivery => delivery.kustomizations.filter(waits).flatMap(kustomization => {
    const checks = healthChecksOf(kustomization);
    if (checks.length === 0) {
      return [];
    }
    const applied = appliedBy(kustomization);
    const foreign = checks.filter(check => !applied.has(referenceText(check)));
    return [foreign.length > 0 ? onKustomization(delivery, kustomization, {
      check: 'health-check-ignored',
      severity: Severity.WARNING,
      message: `waits for everything that it applies, and so ignores its health checks: nothing waits for ${told(foreign.map(objectTitle))}, which it does not apply`,
      fix: 'leave `wait` out and name everything that has to be healthy',
    }) : onKustomization(delivery, kustomization, {
      check: 'health-check-ignored',
      severity: Severity.INFO,
      message: `waits for everything that it applies, ${told(checks.map(objectTitle))} included: its health checks are ignored`,
      fix: 'leave the health checks out',
    })];
  }),
};
