export * from './flux-object';
export * from './health-check';
export * from './health-check-expression';
export * from './kustomization';
export * from './kustomization-options';
export * from './patch';
export * from './post-build';
export * from './source';
