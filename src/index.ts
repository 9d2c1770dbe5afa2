export * from './platform';
export { DeliveredDependency, DeliveredKustomization, DeliveredObject, Delivery } from './delivery/delivery';
export * as flux from './flux';
