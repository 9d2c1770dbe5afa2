import { ICheck } from './check';
import { circleFinding, circles, kustomizationsIn } from './obstacles';
import { isDependencyCircle } from './order';

/** @see docs/checks/self-deadlock.md */
export const selfDeadlock: ICheck = {
  checkId: 'self-deadlock',
  title: 'A Kustomization that needs what it brings itself',
  examine: delivery => circles(delivery, obstacle => !isDependencyCircle(obstacle) && kustomizationsIn(obstacle).length <= 1).map(obstacle =>
    circleFinding('self-deadlock', delivery, obstacle, 'bring it with a stage or a layer before: Flux tries out all objects of a Kustomization before it writes any')),
};
