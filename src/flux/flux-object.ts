import { ApiObjectMetadata, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { FLUX_NAMESPACE } from './flux-namespace';
import { TypedObject } from './typed-object';

/** An object of one of Flux's kinds. */
export abstract class FluxObject extends TypedObject {
  protected constructor(scope: Construct, id: string, apiVersion: string, kind: string, metadata: ApiObjectMetadata = {}) {
    super(scope, id, apiVersion, kind, { ...metadata, namespace: metadata.namespace ?? Chart.of(scope).namespace ?? FLUX_NAMESPACE });
  }

  /** Namespace of the object. */
  public get namespace(): string {
    return this.apiObject.metadata.namespace!;
  }
}
