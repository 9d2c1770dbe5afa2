import { CRD } from './fact-sorts';
import { order } from './order';

/** @see docs/checks/crd-order.md */
export const crdOrder = order('A definition that may come after its custom resources', CRD);
