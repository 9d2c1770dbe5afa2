export * from './cluster';
export * from './component';
export { AdditionalStageProps, Layer, LayerDependencyOptions, LayerProps } from './layer';
export * from './platform';
export { Stage, StageProps } from './stage';
export * from './variable';
