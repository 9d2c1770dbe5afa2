import { GroupVersionKind } from 'cdk8s';
import { HealthCheckExpression } from '../flux';
import { Area, Cluster, Layer, LayerProps } from '../platform';

export interface PodIdentitiesProps extends LayerProps {
  /**
   * The kind that makes the IAM roles.
   *
   * @default - `EKSPodIdentity` of `cloud.ogenki.io/v1alpha1`
   */
  readonly identityKind?: GroupVersionKind;
}

/**
 * IAM roles for ServiceAccounts. Before everything that calls AWS APIs; ready once every identity is synced and ready.
 */
export class PodIdentities extends Layer {
  /**
   * @param cluster where the layer runs
   * @param id name of the layer and its Kustomization
   * @param props its components, what it depends on, and every field of the Kustomization; the area is `security` if nothing is said
   */
  constructor(cluster: Cluster, id: string, props: PodIdentitiesProps = {}) {
    super(cluster, id, { ...props, area: props.area ?? Area.SECURITY });
    const { apiVersion, kind } = props.identityKind ?? { apiVersion: 'cloud.ogenki.io/v1alpha1', kind: 'EKSPodIdentity' };
    this.firstStage.addGate(apiVersion, kind, HealthCheckExpression.syncedAndReady(apiVersion, kind));
  }
}
