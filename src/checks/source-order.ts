import { SOURCE } from './support/fact-sorts';
import { order } from './support/order';

/** @see docs/checks/source-order.md */
export const sourceOrder = order('A source that comes after what reads it', SOURCE);
