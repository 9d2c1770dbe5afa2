import { ICheck } from './check';
import { circleFinding, circles } from './obstacles';
import { isDependencyCircle } from './order';

/** @see docs/checks/dependency-cycle.md */
export const dependencyCycle: ICheck = {
  checkId: 'dependency-cycle',
  title: 'Kustomizations that wait for each other',
  examine: delivery => circles(delivery, isDependencyCircle).map(obstacle => circleFinding('dependency-cycle', delivery, obstacle,
    'take one of these dependencies away, or move what needs it to a layer of its own')),
};
