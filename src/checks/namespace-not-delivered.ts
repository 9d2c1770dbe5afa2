import { NAMESPACE } from './fact-sorts';
import { notDelivered } from './obstacles';

/** @see docs/checks/namespace-not-delivered.md */
export const namespaceNotDelivered = notDelivered('A namespace that nothing delivers', NAMESPACE);
