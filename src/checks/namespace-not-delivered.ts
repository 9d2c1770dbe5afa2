import { NAMESPACE } from './support/fact-sorts';
import { notDelivered } from './support/obstacles';

/** @see docs/checks/namespace-not-delivered.md */
export const namespaceNotDelivered = notDelivered('A namespace that nothing delivers', NAMESPACE);
