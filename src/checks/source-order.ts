import { SOURCE } from './fact-sorts';
import { order } from './order';

/** @see docs/checks/source-order.md */
export const sourceOrder = order('A source that comes after what reads it', SOURCE);
