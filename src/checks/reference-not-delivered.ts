import { REFERENCE } from './fact-sorts';
import { notDelivered } from './obstacles';

/** @see docs/checks/reference-not-delivered.md */
export const referenceNotDelivered = notDelivered('A reference to something that nothing delivers', REFERENCE);
