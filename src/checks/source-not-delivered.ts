import { SOURCE } from './support/fact-sorts';
import { notDelivered } from './support/obstacles';

/** @see docs/checks/source-not-delivered.md */
export const sourceNotDelivered = notDelivered('A source that nothing makes', SOURCE);
