import { SOURCE } from './fact-sorts';
import { notDelivered } from './obstacles';

/** @see docs/checks/source-not-delivered.md */
export const sourceNotDelivered = notDelivered('A source that nothing makes', SOURCE);
