import { ICheck, Severity } from './check';
import { waitsFor } from './support/facts-of-objects';
import { kustomizationTitle, onKustomization } from './support/place';

/** @see docs/checks/redundant-dependency.md */
export const redundantDependency: ICheck = {
  checkId: 'redundant-dependency',
  title: 'A dependency that another one implies',
  examine: delivery => {
    const waits = waitsFor(delivery);
    return delivery.kustomizations.flatMap(kustomization => kustomization.dependsOn.flatMap(dependency => {
      const target = kustomizationTitle(dependency);
      const others = kustomization.dependsOn.filter(other => kustomizationTitle(other) !== target);
      const by = others.find(other => waits(kustomizationTitle(other), target));
      return by === undefined ? [] : [onKustomization(delivery, kustomization, {
        check: 'redundant-dependency',
        severity: Severity.INFO,
        message: `depends on ${dependency.name}, for which ${by.name} waits anyway`,
        fix: `leave it out, unless it is to stay when ${by.name} goes`,
      })];
    }));
  },
};
