import { DEPENDENCY } from './fact-sorts';
import { notDelivered } from './obstacles';

/** @see docs/checks/missing-dependency-target.md */
export const missingDependencyTarget = notDelivered('A dependency on a Kustomization that does not exist', DEPENDENCY, 'missing-dependency-target');
