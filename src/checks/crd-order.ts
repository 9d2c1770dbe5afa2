import { CRD } from './support/fact-sorts';
import { order } from './support/order';

/** @see docs/checks/crd-order.md */
export const crdOrder = order('A definition that may come after its custom resources', CRD);
