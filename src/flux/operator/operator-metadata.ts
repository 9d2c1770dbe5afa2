import { ApiObjectMetadata, Duration } from 'cdk8s';
import { goDuration } from '../duration';
import { OperatorOptions } from './operator-options';
import { filled } from '../reference';

export interface OperatorAnnotations extends OperatorOptions {
  readonly metadata?: ApiObjectMetadata;
  readonly reconcileArtifactEvery?: Duration;
}

/** The metadata of an object of the Flux Operator, with what it reads from annotations. */
export function operatorMetadata(options: OperatorAnnotations): ApiObjectMetadata {
  const { metadata, reconcile, reconcileEvery, reconcileArtifactEvery, reconcileTimeout } = options;
  const annotations = Object.entries({
    reconcile: reconcile === undefined ? undefined : reconcile ? 'enabled' : 'disabled',
    reconcileEvery: reconcileEvery && goDuration(reconcileEvery),
    reconcileArtifactEvery: reconcileArtifactEvery && goDuration(reconcileArtifactEvery),
    reconcileTimeout: reconcileTimeout && goDuration(reconcileTimeout),
  }).flatMap(([knob, value]) => value === undefined ? [] : [[`fluxcd.controlplane.io/${knob}`, value]]);
  return { ...metadata, annotations: filled({ ...metadata?.annotations, ...Object.fromEntries(annotations) }) };
}
