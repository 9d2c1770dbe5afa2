export * from './check';
export * from './delivery-validation';
