import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { LabelSelector, TypedObject } from '../../flux';
import { labelSelectorFields } from '../../flux/reference';

/** Whom a network policy lets pods talk to, or be talked to by. */
export class NetworkPeer {
  /** Requests that come through a Gateway or an Ingress of Cilium. */
  public static gateway(): NetworkPeer {
    return NetworkPeer.entities('ingress');
  }

  /** Every pod of a namespace. */
  public static namespace(name: string): NetworkPeer {
    return NetworkPeer.pods(name);
  }

  /** Pods of a namespace: those with these labels, or all of them. */
  public static pods(namespace: string, matchLabels: { [label: string]: string } = {}): NetworkPeer {
    return new NetworkPeer('Endpoints', { matchLabels: { 'k8s:io.kubernetes.pod.namespace': namespace, ...matchLabels } });
  }

  /**
   * Cilium's entities: `world`, `cluster`, `host`, `kube-apiserver`, …
   *
   * @see https://docs.cilium.io/en/stable/security/policy/language/#entities-based
   */
  public static entities(name: string): NetworkPeer {
    return new NetworkPeer('Entities', name);
  }

  private constructor(
    /** Which of the fields `from…` and `to…` holds it. @internal */
    public readonly _field: 'Endpoints' | 'Entities',
    /** @internal */
    public readonly _value: object | string,
  ) {}
}

/** Traffic that is let through. */
export interface NetworkRule {
  /** The other side; any of them. */
  readonly peers: NetworkPeer[];

  /**
   * TCP ports of the pods that are talked to: numbers, or names of their ports.
   *
   * @default - every port
   */
  readonly ports?: string[];
}

export interface NetworkPolicyProps {
  /**
   * @default - named like the construct, in the namespace of its component
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * The pods that it is for, in its namespace.
   *
   * @default - every one
   */
  readonly pods?: LabelSelector;

  /**
   * Traffic to these pods that is let through; other traffic to them is not. Probes of the kubelet always are.
   *
   * @default - all of it
   */
  readonly ingress?: NetworkRule[];

  /**
   * Traffic of these pods that is let through; other traffic of them is not. DNS has to be among it.
   *
   * @default - all of it
   */
  readonly egress?: NetworkRule[];
}

/**
 * Which traffic pods have, as a CiliumNetworkPolicy: unlike Kubernetes' own policies it knows what comes through a Gateway.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/
 */
export class NetworkPolicy extends TypedObject {
  private readonly props: NetworkPolicyProps;

  constructor(scope: Construct, id: string, props: NetworkPolicyProps) {
    super(scope, id, 'cilium.io/v2', 'CiliumNetworkPolicy', props.metadata);
    this.props = props;
  }

  /** @internal */
  protected _spec(): object {
    const { pods, ingress, egress } = this.props;
    return {
      endpointSelector: labelSelectorFields(pods ?? {}),
      ingress: ingress?.flatMap(rule => ruleFields('from', rule)),
      egress: egress?.flatMap(rule => ruleFields('to', rule)),
    };
  }
}

/** A rule holds peers of one sort: where there are several, they would have to hold together. */
function ruleFields(direction: 'from' | 'to', { peers, ports }: NetworkRule): object[] {
  const toPorts = ports && [{ ports: ports.map(port => ({ port, protocol: 'TCP' })) }];
  return (['Endpoints', 'Entities'] as const)
    .map(field => ({ field, values: peers.filter(peer => peer._field === field).map(peer => peer._value) }))
    .filter(({ values }) => values.length > 0)
    .map(({ field, values }) => ({ [`${direction}${field}`]: values, toPorts }));
}
