import { ICheck, Severity } from './check';
import { kustomizationTitle, onKustomization } from './support/place';

/** @see docs/checks/revision-barrier.md */
export const revisionBarrier: ICheck = {
  checkId: 'revision-barrier',
  title: 'A dependency between Kustomizations of different sources',
  examine: delivery => {
    const sources = new Map(delivery.kustomizations.map(kustomization => [kustomizationTitle(kustomization), kustomization.source]));
    return delivery.kustomizations.flatMap(kustomization => kustomization.dependsOn
      .filter(dependency => ![undefined, kustomization.source].includes(sources.get(kustomizationTitle(dependency))))
      .map(dependency => onKustomization(delivery, kustomization, {
        check: 'revision-barrier',
        severity: Severity.INFO,
        message: `depends on ${dependency.name}, which reads ${sources.get(kustomizationTitle(dependency))} and not ${kustomization.source}: it waits until ${dependency.name} is `
          + 'ready, not until that one has applied the same commit',
        fix: 'let both read one source where a change has to reach them in this order',
      })));
  },
};
