import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { NetworkPeer } from './network-peer';
import { networkRuleFields, NetworkProtocol, NetworkRule, networkRuleProblems } from './network-rule';
import { LabelSelector, TypedObject } from '../../flux';
import { labelSelectorFields } from '../../flux/reference';

/** What a policy lets through. */
export interface NetworkPolicyOptions {
  /**
   * Traffic to these pods that is let through; other traffic to them is not. Probes of the kubelet always are.
   *
   * @default - all of it
   */
  readonly ingress?: NetworkRule[];

  /**
   * Traffic of these pods that is let through; other traffic of them is not. DNS has to be among it: `NetworkPolicy.dns()`.
   *
   * @default - all of it
   */
  readonly egress?: NetworkRule[];

  /**
   * Whether what is not let through is refused. Without it the policy only adds to what others let through.
   *
   * @default true
   */
  readonly defaultDeny?: boolean;
}

export interface NetworkPolicyProps extends NetworkPolicyOptions {
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
}

/**
 * Which traffic pods have, as a CiliumNetworkPolicy: unlike Kubernetes' own policies it knows what comes through a Gateway.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/
 */
export class NetworkPolicy extends TypedObject {
  /**
   * A rule for egress: names may be looked up. Cilium watches the answers, which `NetworkPeer.dnsName` needs.
   *
   * @param names names that may be asked for, `*` for characters of one label; all of them if none is said
   */
  public static dns(...names: string[]): NetworkRule {
    return {
      peers: [NetworkPeer.pods('kube-system', { 'k8s-app': 'kube-dns' })],
      ports: ['53'],
      protocol: NetworkProtocol.ANY,
      dnsNames: names.length === 0 ? ['*'] : names,
    };
  }

  private readonly props: NetworkPolicyProps;

  constructor(scope: Construct, id: string, props: NetworkPolicyProps) {
    super(scope, id, 'cilium.io/v2', 'CiliumNetworkPolicy', props.metadata);
    this.props = props;
  }

  /** @internal */
  protected _spec(): object {
    return { endpointSelector: labelSelectorFields(this.props.pods ?? {}), ...networkPolicyFields(this.props) };
  }

  /** @internal */
  protected _problems(): string[] {
    return networkPolicyProblems(`the CiliumNetworkPolicy "${this.name}"`, this.props);
  }
}

/** What a policy lets through, as its fields. @internal */
export function networkPolicyFields({ ingress, egress, defaultDeny = true }: NetworkPolicyOptions): object {
  return {
    enableDefaultDeny: defaultDeny ? undefined : { ingress: ingress && false, egress: egress && false },
    ingress: networkRuleFields('from', ingress),
    egress: networkRuleFields('to', egress),
  };
}

/** What Cilium would refuse of a policy. @internal */
export function networkPolicyProblems(subject: string, { ingress, egress }: NetworkPolicyOptions): string[] {
  return [
    ...ingress || egress ? [] : [`${subject} says nothing of ingress and egress; expected at least one of them: an empty list lets nothing through.`],
    ...(ingress ?? []).flatMap(rule => networkRuleProblems(subject, 'ingress', rule)),
    ...(egress ?? []).flatMap(rule => networkRuleProblems(subject, 'egress', rule)),
  ];
}
