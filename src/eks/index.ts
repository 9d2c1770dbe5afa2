export * from './eks-cluster';
export * from './eks-components';
export * from './eks-platform';
export * from './eks-system';
export * from './eks-systems-options';
export * from './flux-bootstrap';
