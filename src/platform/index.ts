export * from './cluster';
export * from './component';
export * from './layer';
export * from './mirror';
export * from './platform';
export * from './stage';
export * from './system-versions';
export * from './variable';
