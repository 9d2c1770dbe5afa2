import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';

/**
 * Leaves an object on the cluster when it is taken out of the repository: without it Flux could not repair what came of that.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
 * @internal
 */
export function neverPruned(object: IConstruct): void {
  ApiObject.of(object).metadata.addAnnotation('kustomize.toolkit.fluxcd.io/prune', 'disabled');
}
