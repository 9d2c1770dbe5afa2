import { ICheck } from './check';
import { checkTooEarly } from './support/gates';
import { Circle, circlesOf, stuckBehind } from './support/obstacles';
import { at, kustomizationTitle, shortName } from './support/place';
import { Delivery } from '../delivery/delivery';
import { circleSteps } from '../delivery/words';

/** @see docs/checks/dependency-cycle.md */
export const dependencyCycle: ICheck = {
  checkId: 'dependency-cycle',
  title: 'Kustomizations that wait for each other',
  examine: delivery => circlesOf(delivery).filter(circle => isOfKustomizations(delivery, circle)).map(circle => {
    const { obstacle, kustomizations, need } = circle;
    const names = kustomizations.map(shortName);
    return at(delivery, kustomizations[0] ?? need?.kustomization ?? '', need?.object, {
      check: 'dependency-cycle',
      message: `never becomes ready, because it waits for itself${names.length > 0 ? `: ${[...names, names[0]].join(' → ')}` : ''}`,
      fix: 'take one of these dependencies away, or move what needs it to a layer of its own',
      evidence: [...names.length > 0 ? edgesOf(delivery, circle) : circleSteps(obstacle.events, need?.fact), ...stuckBehind(obstacle)],
    });
  }),
};

/** A circle that nothing but Kustomizations is in. */
function isOfKustomizations(delivery: Delivery, circle: Circle): boolean {
  return (circle.need === undefined && checkTooEarly(delivery, circle) === undefined) || circle.kustomizations.length === 0;
}

/** Why each Kustomization of a circle waits for the next. */
function edgesOf(delivery: Delivery, { kustomizations }: Circle): string[] {
  const known = new Map(delivery.kustomizations.map(kustomization => [kustomizationTitle(kustomization), kustomization]));
  return kustomizations.map((title, i) => {
    const next = kustomizations[(i + 1) % kustomizations.length];
    const dependency = known.get(title)?.dependsOn.find(target => kustomizationTitle(target) === next);
    const isNested = known.get(title)?.objects.some(({ kind, namespace, name }) => kind === 'Kustomization' && `${namespace}/${name}` === next);
    return `${shortName(title)} ${!dependency && isNested ? 'checks the health of' : 'waits for'} ${shortName(next)}${dependency?.because ? ` (${dependency.because})` : ''}`;
  });
}
