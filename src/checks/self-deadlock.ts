import { ICheck } from './check';
import { circleFinding, circlesOf } from './support/obstacles';
import { Strength } from '../delivery/delivery';

/** What Flux makes of something that a Kustomization needs of itself. */
const REASONS: Readonly<Record<Strength, string>> = {
  [Strength.BUILD]: 'its own Kustomization would bring it, and needs it before it applies anything',
  [Strength.APPLY]: 'its own Kustomization would bring it, and Flux tries out all objects of a Kustomization before it writes any',
  [Strength.READY]: 'its own Kustomization would bring it, and only once this is ready',
  [Strength.SOFT]: 'its own Kustomization would bring it, and only once this is ready',
};

/** @see docs/checks/self-deadlock.md */
export const selfDeadlock: ICheck = {
  checkId: 'self-deadlock',
  title: 'A Kustomization that needs what it brings itself',
  examine: delivery => circlesOf(delivery).filter(({ kustomizations, need }) => need !== undefined && kustomizations.length === 1).map(circle => {
    const { what, at, strength } = circle.need!;
    return circleFinding('self-deadlock', delivery, circle, `needs ${what} (${at}), which never comes: ${REASONS[strength]}`,
      'bring it with a stage or a layer before');
  }),
};
