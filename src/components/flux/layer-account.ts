import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Area, Component } from '../../platform';

const RBAC = 'rbac.authorization.k8s.io';

export interface LayerAccountProps {
  /**
   * Namespaces in which the layer may act. They have to be there before the layer's first Kustomization is.
   *
   * @default - all of the cluster, cluster-scoped objects included
   */
  readonly namespaces?: string[];

  /**
   * ClusterRole that says what the layer may do there.
   *
   * @default 'cluster-admin'
   */
  readonly clusterRole?: string;
}

/**
 * A ServiceAccount for Flux to act as when it applies a layer, and the rights that it needs: hand its name to the layer as
 * `serviceAccountName`, and deliver it before that layer. On a FluxInstance with `multitenant`, every Kustomization acts as one.
 */
export class LayerAccount extends Component {
  /** Name of the ServiceAccount, in `flux-system`; the construct's id. */
  public readonly serviceAccountName: string;

  constructor(scope: Construct, id: string, props: LayerAccountProps = {}) {
    super(scope, id, { area: Area.FLUX, namespace: 'flux-system' });
    this.serviceAccountName = id;
    new ApiObject(this, 'account', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: id } });
    const grant = {
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: props.clusterRole ?? 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', name: id, namespace: 'flux-system' }],
    };
    if (!props.namespaces) {
      new ApiObject(this, 'binding', { apiVersion: `${RBAC}/v1`, kind: 'ClusterRoleBinding', metadata: { name: `flux-${id}` }, ...grant });
    }
    for (const namespace of props.namespaces ?? []) {
      const binding = new ApiObject(this, namespace, { apiVersion: `${RBAC}/v1`, kind: 'RoleBinding', metadata: { name: `flux-${id}`, namespace }, ...grant });
      this.setFile(binding, `rolebinding-${namespace}.yaml`);
    }
  }
}
