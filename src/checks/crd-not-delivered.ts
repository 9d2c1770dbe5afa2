import { CRD } from './support/fact-sorts';
import { notDelivered } from './support/obstacles';

/** @see docs/checks/crd-not-delivered.md */
export const crdNotDelivered = notDelivered('An API that nothing installs', CRD);
