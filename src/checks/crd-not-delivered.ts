import { CRD } from './fact-sorts';
import { notDelivered } from './obstacles';

/** @see docs/checks/crd-not-delivered.md */
export const crdNotDelivered = notDelivered('An API that nothing installs', CRD);
