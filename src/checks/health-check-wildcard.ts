import { ICheck } from './check';
import { healthChecksOf, waits } from './support/gates';
import { objectTitle, onKustomization } from './support/place';

/** @see docs/checks/health-check-wildcard.md */
export const healthCheckWildcard: ICheck = {
  checkId: 'health-check-wildcard',
  title: 'A health check with a wildcard, which Flux does not know',
  examine: delivery => delivery.kustomizations.filter(kustomization => !waits(kustomization)).flatMap(kustomization => healthChecksOf(kustomization)
    .filter(({ name, namespace = '' }) => `${name}${namespace}`.includes('*'))
    .map(check => onKustomization(delivery, kustomization, {
      check: 'health-check-wildcard',
      message: `checks the health of ${objectTitle(check)}: Flux looks for an object of that very name, does not find it, waits until the timeout, and is never ready`,
      fix: `name each ${check.kind} (HealthCheck.everyObject, or stage.addGate), or let the Kustomization wait for everything`,
    }))),
};
