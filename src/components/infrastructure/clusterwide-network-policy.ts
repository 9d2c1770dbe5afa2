import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { NetworkPolicyOptions, networkPolicyFields, networkPolicyProblems } from './network-policy';
import { LabelExpression, LabelSelector, TypedObject } from '../../flux';
import { labelSelectorFields } from '../../flux/reference';

export interface ClusterwideNetworkPolicyProps extends NetworkPolicyOptions {
  /**
   * @default - named like the construct
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * The pods that it is for, by their labels.
   *
   * @default - every one of the namespaces
   */
  readonly pods?: LabelSelector;

  /**
   * The namespaces that it is for.
   *
   * @default - every one that `exceptNamespaces` does not name
   */
  readonly namespaces?: string[];

  /**
   * Namespaces that it is not for. A policy that refuses what it does not name wants `kube-system` and `flux-system` here.
   *
   * @default - none
   */
  readonly exceptNamespaces?: string[];

  /**
   * The nodes that it is for, by their labels, instead of pods: with Cilium's host firewall.
   *
   * @default - it is for pods
   */
  readonly nodes?: LabelSelector;
}

const NAMESPACE = 'k8s:io.kubernetes.pod.namespace';

/**
 * Which traffic the pods of several namespaces have, or nodes, as a CiliumClusterwideNetworkPolicy.
 *
 * @see https://docs.cilium.io/en/stable/network/kubernetes/policy/#ciliumclusterwidenetworkpolicy
 */
export class ClusterwideNetworkPolicy extends TypedObject {
  private readonly props: ClusterwideNetworkPolicyProps;

  constructor(scope: Construct, id: string, props: ClusterwideNetworkPolicyProps) {
    super(scope, id, 'cilium.io/v2', 'CiliumClusterwideNetworkPolicy', props.metadata);
    this.props = props;
  }

  /** @internal */
  protected _spec(): object {
    const { nodes } = this.props;
    return {
      ...nodes ? { nodeSelector: labelSelectorFields(nodes) } : { endpointSelector: labelSelectorFields(this.podSelector()) },
      ...networkPolicyFields(this.props),
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { nodes, pods, namespaces, exceptNamespaces, egress = [], ingress = [] } = this.props;
    const subject = `the CiliumClusterwideNetworkPolicy "${this.name}"`;
    return [
      ...networkPolicyProblems(subject, this.props),
      ...nodes && (pods || namespaces || exceptNamespaces) ? [`${subject} is for both nodes and pods; expected one of them: make a policy of each.`] : [],
      ...nodes && [...egress, ...ingress].some(({ dnsNames }) => dnsNames) ? [
        `${subject} is for nodes and says which names may be looked up, which Cilium knows for pods alone; expected no dnsNames: leave them out.`,
      ] : [],
      ...[namespaces, exceptNamespaces].some(list => list?.length === 0) ? [
        `${subject} has an empty list of namespaces; expected at least one: leave the list out for all of them.`,
      ] : [],
    ];
  }

  private podSelector(): LabelSelector {
    const { pods = {}, namespaces = [], exceptNamespaces = [] } = this.props;
    const [name, ...names] = namespaces;
    const [except, ...others] = exceptNamespaces;
    return {
      matchLabels: pods.matchLabels,
      matchExpressions: [
        ...pods.matchExpressions ?? [],
        ...name === undefined ? [] : [LabelExpression.in(NAMESPACE, name, ...names)],
        ...except === undefined ? [] : [LabelExpression.notIn(NAMESPACE, except, ...others)],
      ],
    };
  }
}
