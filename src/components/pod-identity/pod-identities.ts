import { Construct } from 'constructs';
import { IAwsClient } from './aws-client';
import { PodIdentity, PodIdentityOptions } from './pod-identity';
import { Statement } from './statement';
import { Area, Component } from '../../platform';
import { AwsProviderConfig } from '../crossplane/aws-provider-config';
import { CompositeResourceDefinition } from '../crossplane/composite-resource-definition';

export interface PodIdentitiesProps {
  /**
   * Defines the kind of the identities.
   *
   * @default - `EKSPodIdentity` of `cloud.ogenki.io/v1alpha1`
   */
  readonly definition?: CompositeResourceDefinition;

  /**
   * How AWS is called.
   *
   * @default - the ClusterProviderConfig `default`
   */
  readonly providerConfig?: AwsProviderConfig;
}

/** The platform's EKS Pod Identities: an IAM role for each ServiceAccount that calls AWS. */
export class PodIdentities extends Component {
  private readonly defaults: PodIdentitiesProps;

  constructor(scope: Construct, id: string, props: PodIdentitiesProps = {}) {
    super(scope, id, { area: Area.SECURITY });
    this.defaults = props;
  }

  /**
   * Gives the pods of a component the rights that they need.
   *
   * @param client the component; synth refuses one that does nothing on AWS and gets no additional policies
   * @param options what else its role gets
   */
  public addClient(client: IAwsClient, options: PodIdentityOptions = {}): PodIdentity {
    const { name, namespace } = client.serviceAccount;
    const known = this.node.children.some(child => child instanceof PodIdentity && child.name === name);
    const identity = new ClientIdentity(this, `${namespace}-${name}`, client, { ...this.defaults, ...options });
    if (known) {
      // Names are unique in a namespace, files in the directory.
      this.setFile(identity, `${identity.apiObject.kind.toLowerCase()}-${namespace}-${name}.yaml`);
    }
    return identity;
  }
}

/** The identity of a component, whose statements are asked for when all of it is said. */
class ClientIdentity extends PodIdentity {
  constructor(scope: Construct, id: string, private readonly client: IAwsClient, options: PodIdentityOptions) {
    super(scope, id, { ...options, serviceAccount: client.serviceAccount });
  }

  /** @internal */
  protected _statements(): Statement[] {
    return this.client.awsStatements;
  }

  /** @internal */
  protected _noRights(): string {
    const { name, namespace } = this.client.serviceAccount;
    return `is for a component whose ServiceAccount ${namespace}/${name} does nothing on AWS; expected one with awsStatements, or additionalPolicies: `
      + 'leave it out of addClient, or say what it is for.';
  }
}
