import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Area, Component, Variable } from '../../platform';

/** AWS rights for one ServiceAccount. */
export interface PodIdentityOptions {
  /** Namespace of the ServiceAccount. */
  readonly namespace: string;

  readonly serviceAccountName: string;

  /** Statements of the IAM policy. */
  readonly statements: { [key: string]: any }[];
}

/** The platform's EKS Pod Identities: an IAM role for each ServiceAccount that calls AWS APIs. */
export class PodIdentities extends Component {
  constructor(scope: Construct, id: string) {
    super(scope, id, { area: Area.SECURITY });
  }

  /** Gives a ServiceAccount rights on AWS. */
  public addIdentity(name: string, options: PodIdentityOptions): void {
    new ApiObject(this, name, {
      apiVersion: 'cloud.ogenki.io/v1alpha1',
      kind: 'EKSPodIdentity',
      metadata: { name, namespace: options.namespace },
      spec: {
        clusters: [{ name: Variable.of('cluster_name'), region: Variable.of('cluster_region') }],
        serviceAccount: { name: options.serviceAccountName, namespace: options.namespace },
        policyDocument: JSON.stringify({ Version: '2012-10-17', Statement: options.statements }, undefined, 2),
      },
    });
  }
}
