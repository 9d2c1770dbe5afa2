import { Construct } from 'constructs';
import { AwsProviderConfig } from './aws-provider-config';
import { CompositeResourceDefinition } from './composite-resource-definition';
import { EnvironmentConfig } from './environment-config';
import { Area, Component, Variable } from '../../platform';
import { definePodIdentities } from '../pod-identity/pod-identity-definition';

export interface CrossplaneConfigurationProps {
  /**
   * API group of the pod identities.
   *
   * @default 'cloud.ogenki.io'
   */
  readonly group?: string;

  /**
   * ARN of the policy that bounds what roles of pod identities can ever do, whatever their policies say.
   *
   * @default - none
   */
  readonly permissionsBoundary?: string;

  /**
   * ARNs of roles that Crossplane assumes, one after the other, to call AWS.
   *
   * @default - none: it calls AWS with the identity of its providers
   */
  readonly assumeRoles?: string[];

  /**
   * What the EnvironmentConfig `cluster` holds beside `clusterName` and `region`.
   *
   * @default - nothing
   */
  readonly environment?: { [key: string]: any };
}

/**
 * What uses the APIs of Crossplane and of its providers: access to AWS, what Compositions know of their cluster, and the API
 * `EKSPodIdentity` with its Composition. APIs of a user's own go into it, or into a component beside it.
 */
export class CrossplaneConfiguration extends Component {
  /** Access to AWS for the resources of every namespace: the ClusterProviderConfig `default`. */
  public readonly providerConfig: AwsProviderConfig;

  /** What Compositions know of their cluster. */
  public readonly environment: EnvironmentConfig;

  /** The API of pod identities. */
  public readonly podIdentities: CompositeResourceDefinition;

  constructor(scope: Construct, id: string, props: CrossplaneConfigurationProps = {}) {
    super(scope, id, { area: Area.INFRASTRUCTURE });
    const { group = 'cloud.ogenki.io', permissionsBoundary, assumeRoles, environment = {} } = props;
    this.providerConfig = new AwsProviderConfig(this, 'default', { assumeRoles });
    this.environment = new EnvironmentConfig(this, 'cluster', {
      data: { clusterName: `${Variable.of('cluster_name')}`, region: `${Variable.of('cluster_region')}`, ...environment },
    });
    this.podIdentities = definePodIdentities(this, { group, permissionsBoundary });
  }
}
