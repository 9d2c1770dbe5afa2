import { REFERENCE } from './support/fact-sorts';
import { notDelivered } from './support/obstacles';

/** @see docs/checks/reference-not-delivered.md */
export const referenceNotDelivered = notDelivered('A reference to something that nothing delivers', REFERENCE);
