import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { IGatewayClassParameters } from './gateway-class';
import { ObjectReference, TypedObject } from '../../flux';
import { objectReference } from '../../flux/reference';

/** Type of the Service of a Gateway. */
export enum GatewayServiceType {
  LOAD_BALANCER = 'LoadBalancer',
  NODE_PORT = 'NodePort',
}

/** Where traffic that reaches a node goes. */
export enum ExternalTrafficPolicy {
  /** To any node; the client's address is lost. */
  CLUSTER = 'Cluster',
  /** To the node that it reached. */
  LOCAL = 'Local',
}

/** How Cilium makes the Service of a Gateway. */
export interface GatewayServiceOptions {
  /**
   * @default GatewayServiceType.LOAD_BALANCER
   */
  readonly serviceType?: GatewayServiceType;

  /**
   * What makes the load balancer: `tailscale`, `service.k8s.aws/nlb`, ….
   *
   * @default - the cluster's usual one
   */
  readonly loadBalancerClass?: string;

  /**
   * Addresses that may reach the load balancer, where it knows of this.
   *
   * @default - every one
   */
  readonly loadBalancerSourceRanges?: string[];

  /**
   * @default ExternalTrafficPolicy.CLUSTER
   */
  readonly externalTrafficPolicy?: ExternalTrafficPolicy;

  /**
   * Whether a load balancer gets ports of the nodes; one that reaches pods by itself needs none.
   *
   * @default true
   */
  readonly allocateNodePorts?: boolean;
}

export interface CiliumGatewayClassConfigProps extends GatewayServiceOptions {
  /**
   * @default - named like the construct, in the namespace of its component
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * What it is for; at most 64 characters.
   *
   * @default - not said
   */
  readonly description?: string;
}

const LONGEST_DESCRIPTION = 64;

/**
 * Parameters of a GatewayClass of Cilium.
 *
 * @see https://docs.cilium.io/en/stable/network/servicemesh/gateway-api/parameterized-gatewayclass/
 */
export class CiliumGatewayClassConfig extends TypedObject implements IGatewayClassParameters {
  private readonly props: CiliumGatewayClassConfigProps;

  constructor(scope: Construct, id: string, props: CiliumGatewayClassConfigProps = {}) {
    super(scope, id, 'cilium.io/v2alpha1', 'CiliumGatewayClassConfig', props.metadata);
    this.props = props;
  }

  public get parametersReference(): ObjectReference {
    // The class is of the cluster: it has to say the namespace.
    return { ...objectReference(this.apiObject), namespace: this.apiObject.metadata.namespace ?? 'default' };
  }

  /** @internal */
  protected _spec(): object {
    const { serviceType, loadBalancerClass, loadBalancerSourceRanges, externalTrafficPolicy, allocateNodePorts, description } = this.props;
    return {
      description,
      service: {
        type: serviceType ?? GatewayServiceType.LOAD_BALANCER,
        loadBalancerClass,
        loadBalancerSourceRanges,
        externalTrafficPolicy,
        allocateLoadBalancerNodePorts: allocateNodePorts,
      },
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { serviceType, loadBalancerClass, loadBalancerSourceRanges, allocateNodePorts, description = '' } = this.props;
    const balanced = loadBalancerClass !== undefined || loadBalancerSourceRanges !== undefined || allocateNodePorts !== undefined;
    return [
      ...serviceType === GatewayServiceType.NODE_PORT && balanced ? [
        `the CiliumGatewayClassConfig "${this.name}" makes Services of type NodePort and says how their load balancer is; expected the type LoadBalancer: correct serviceType.`,
      ] : [],
      ...description.length <= LONGEST_DESCRIPTION ? [] : [
        `the CiliumGatewayClassConfig "${this.name}" has a description of ${description.length} characters; expected at most ${LONGEST_DESCRIPTION}: shorten it.`,
      ],
    ];
  }
}
