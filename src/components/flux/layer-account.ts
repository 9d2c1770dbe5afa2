import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Area, Component } from '../../platform';
import { ServiceAccountReference } from '../pod-identity/service-account-reference';

const RBAC = 'rbac.authorization.k8s.io';
const NAMESPACE = 'flux-system';

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
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#role-based-access-control
 */
export class LayerAccount extends Component {
  /** Name of the ServiceAccount, in `flux-system`; the construct's id. */
  public readonly serviceAccountName: string;

  /** The ServiceAccount, for a pod identity: a layer that decrypts with a key of its own, for example. */
  public readonly serviceAccount: ServiceAccountReference;

  constructor(scope: Construct, id: string, props: LayerAccountProps = {}) {
    super(scope, id, { area: Area.FLUX, namespace: NAMESPACE });
    this.serviceAccountName = id;
    this.serviceAccount = ServiceAccountReference.fromName(id, NAMESPACE);
    // Flux acts as it by impersonation; no pod needs its token.
    new ApiObject(this, 'account', {
      apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: id }, automountServiceAccountToken: false,
    });
    if (props.namespaces) {
      [...new Set(props.namespaces)].forEach(namespace => this.bindIn(namespace, props));
    } else {
      new ApiObject(this, 'binding', {
        apiVersion: `${RBAC}/v1`, kind: 'ClusterRoleBinding', metadata: { name: `flux-${id}` }, ...this.grant(props),
      });
    }
    this.node.addValidation({
      validate: () => props.namespaces?.length === 0 ? [
        `the LayerAccount "${id}" is for no namespace, so Flux could apply nothing as it; expected at least one: name it, or leave namespaces out for all of the cluster.`,
      ] : [],
    });
  }

  private bindIn(namespace: string, props: LayerAccountProps): void {
    const binding = new ApiObject(this, `binding-${namespace}`, {
      apiVersion: `${RBAC}/v1`, kind: 'RoleBinding', metadata: { name: `flux-${this.serviceAccountName}`, namespace }, ...this.grant(props),
    });
    this.setFile(binding, `rolebinding-${namespace}.yaml`);
  }

  private grant({ clusterRole = 'cluster-admin' }: LayerAccountProps): object {
    return {
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: clusterRole },
      subjects: [{ kind: 'ServiceAccount', name: this.serviceAccountName, namespace: NAMESPACE }],
    };
  }
}
