export * from './eks';
export * from './platform';
export * from './testing';
export * from './checks';
export * from './delivery/delivery';
export * as flux from './flux';
export * as layers from './layers';
export * as components from './components';
export * as imports from '../imports';
