import { NAMESPACE } from './support/fact-sorts';
import { order } from './support/order';

/** @see docs/checks/namespace-order.md */
export const namespaceOrder = order('A namespace that may come after what is in it', NAMESPACE);
