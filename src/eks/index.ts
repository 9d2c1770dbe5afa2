export * from './eks-cluster';
export * from './eks-components';
export * from './eks-platform';
export * from './flux-bootstrap';
