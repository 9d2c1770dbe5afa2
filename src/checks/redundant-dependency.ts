import { ICheck, Severity } from './check';
import { kustomizationTitle, onKustomization } from './support/place';
import { DeliveredKustomization } from '../delivery/delivery';

/** @see docs/checks/redundant-dependency.md */
export const redundantDependency: ICheck = {
  checkId: 'redundant-dependency',
  title: 'A dependency that another one implies',
  examine: delivery => {
    const known = new Map(delivery.kustomizations.map(kustomization => [kustomizationTitle(kustomization), kustomization]));
    const behind = new Map<string, ReadonlySet<string>>();
    return delivery.kustomizations.flatMap(kustomization => kustomization.dependsOn.flatMap(dependency => {
      const target = kustomizationTitle(dependency);
      const others = kustomization.dependsOn.filter(other => kustomizationTitle(other) !== target);
      const by = others.find(other => allBehind(kustomizationTitle(other), known, behind).has(target));
      return by === undefined ? [] : [onKustomization(delivery, kustomization, {
        check: 'redundant-dependency',
        severity: Severity.INFO,
        message: `depends on ${dependency.name}, for which ${by.name} waits anyway`,
        fix: `leave it out, unless it is to stay when ${by.name} goes`,
      })];
    }));
  },
};

/** Everything that a Kustomization waits for, and what that waits for. */
function allBehind(
  title: string, known: ReadonlyMap<string, DeliveredKustomization>, found: Map<string, ReadonlySet<string>>, path: readonly string[] = [],
): ReadonlySet<string> {
  const before = found.get(title);
  if (before || path.includes(title)) {
    return before ?? new Set();
  }
  const targets = known.get(title)?.dependsOn.map(kustomizationTitle) ?? [];
  const all = new Set(targets.flatMap(target => [target, ...allBehind(target, known, found, [...path, title])]));
  found.set(title, all);
  return all;
}
