import { ICheck, Severity } from './check';
import { waitsFor } from './support/facts-of-objects';
import { kustomizationTitle, onKustomization } from './support/place';

/** @see docs/checks/redundant-dependency.md */
export const redundantDependency: ICheck = {
  checkId: 'redundant-dependency',
  title: 'A dependency that another one implies',
  examine: delivery => {
    const { kustomizations } = delivery;
    const sources = new Map(kustomizations.map(kustomization => [kustomizationTitle(kustomization), kustomization.source]));
    const waits = waitsFor(delivery);
    const ofSource = new Map([...new Set(sources.values())].map(source =>
      [source, waitsFor({ ...delivery, kustomizations: kustomizations.filter(kustomization => kustomization.source === source) })]));
    return kustomizations.flatMap(kustomization => kustomization.dependsOn.flatMap(dependency => {
      const target = kustomizationTitle(dependency);
      // Two of the same source apply a commit in their order, and others between them must not break that.
      const implies = sources.get(target) === kustomization.source ? ofSource.get(kustomization.source)! : waits;
      const others = kustomization.dependsOn.filter(other => kustomizationTitle(other) !== target);
      const by = others.find(other => implies(kustomizationTitle(other), target));
      return by === undefined ? [] : [onKustomization(delivery, kustomization, {
        check: 'redundant-dependency',
        severity: Severity.INFO,
        message: `depends on ${dependency.name}, for which ${by.name} waits anyway`,
        fix: `leave it out, unless it is to stay when ${by.name} goes`,
      })];
    }));
  },
};
