import { REFERENCE } from './support/fact-sorts';
import { order } from './support/order';

/** @see docs/checks/reference-order.md */
export const referenceOrder = order('Something that may come after what refers to it', REFERENCE);
