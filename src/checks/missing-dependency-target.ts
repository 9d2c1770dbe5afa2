import { DEPENDENCY } from './support/fact-sorts';
import { notDelivered } from './support/obstacles';

/** @see docs/checks/missing-dependency-target.md */
export const missingDependencyTarget = notDelivered('A dependency on a Kustomization that does not exist', DEPENDENCY, 'missing-dependency-target');
