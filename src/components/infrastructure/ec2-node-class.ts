import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { Ami } from './ami';
import { BlockDevice, blockDeviceFields, blockDeviceProblems } from './block-device';
import { SecurityGroupSelector, selectorProblems, SubnetSelector } from './ec2-selector';
import { kubeletFields, KubeletOptions, kubeletProblems } from './kubelet';
import { TypedObject } from '../../flux';
import { Variable } from '../../platform';

/** What nodes are made of, by reference: made by the program, or known by its name. */
export interface INodeClass {
  readonly nodeClassGroup: string;
  readonly nodeClassKind: string;
  readonly nodeClassName: string;
}

/** What can be said of every class of EC2 nodes. */
export interface Ec2NodeClassOptions {
  /** The image that nodes start from. */
  readonly ami: Ami;

  /**
   * Name of the IAM role of the nodes; Karpenter makes an instance profile for it.
   *
   * @default - `KarpenterNodeRole-<cluster>`, with the variable `cluster_name`; none with an instance profile
   */
  readonly role?: string;

  /**
   * Name of an instance profile that is there, instead of a role.
   *
   * @default - none
   */
  readonly instanceProfile?: string;

  /**
   * Subnets that nodes may be in.
   *
   * @default - those with the tag `karpenter.sh/discovery: <cluster>`, with the variable `cluster_name`
   */
  readonly subnets?: SubnetSelector[];

  /**
   * Security groups that nodes get.
   *
   * @default - those with the tag `karpenter.sh/discovery: <cluster>`, with the variable `cluster_name`
   */
  readonly securityGroups?: SecurityGroupSelector[];

  /**
   * Volumes of the nodes.
   *
   * @default - those of the image's family, which are encrypted
   */
  readonly blockDevices?: BlockDevice[];

  /**
   * How many hops requests to the metadata service may take. With 1 no pod reaches it that has a network of its own, and so none gets the
   * rights of the node.
   *
   * @default 1
   */
  readonly metadataHopLimit?: number;

  /**
   * Whether the metadata service demands a token (IMDSv2).
   *
   * @default true
   */
  readonly metadataTokensRequired?: boolean;

  /**
   * What nodes do at their start, in the form that the image's family reads: settings in TOML for Bottlerocket. Karpenter adds what it needs.
   *
   * @default - what Karpenter needs
   */
  readonly userData?: string;

  /**
   * Tags of instances, volumes and launch templates.
   *
   * @default - those of Karpenter
   */
  readonly tags?: { [key: string]: string };

  /**
   * Whether nodes get public addresses.
   *
   * @default - as the subnet has it
   */
  readonly associatePublicIpAddress?: boolean;

  /**
   * Whether CloudWatch gets metrics every minute, at a price.
   *
   * @default false
   */
  readonly detailedMonitoring?: boolean;

  /**
   * Whether disks that belong to an instance become one that pods use.
   *
   * @default false
   */
  readonly instanceStoreRaid0?: boolean;

  /**
   * @default - what the image's family has
   */
  readonly kubelet?: KubeletOptions;
}

export interface Ec2NodeClassProps extends Ec2NodeClassOptions {
  /**
   * @default - named like the construct
   */
  readonly metadata?: ApiObjectMetadata;
}

/**
 * What Karpenter's nodes are on EC2: image, role, network, disks. Its health is its condition `Ready`: Karpenter found all of it on AWS.
 *
 * Flux applies kinds whose name ends with `Class` ahead of others and waits a minute for them, so it belongs in a stage in which Karpenter
 * runs already.
 *
 * @see https://karpenter.sh/docs/concepts/nodeclasses/
 */
export class Ec2NodeClass extends TypedObject implements INodeClass {
  /** A class that the program does not make. */
  public static fromName(name: string): INodeClass {
    return { nodeClassGroup: GROUP, nodeClassKind: KIND, nodeClassName: name };
  }

  public readonly nodeClassGroup = GROUP;

  public readonly nodeClassKind = KIND;

  private readonly props: Ec2NodeClassProps;

  constructor(scope: Construct, id: string, props: Ec2NodeClassProps) {
    super(scope, id, `${GROUP}/v1`, KIND, props.metadata);
    this.props = props;
  }

  public get nodeClassName(): string {
    return this.name;
  }

  /** @internal */
  protected _spec(): object {
    const { ami, role, instanceProfile, blockDevices, userData, tags, associatePublicIpAddress, detailedMonitoring, kubelet } = this.props;
    return {
      amiFamily: ami._family,
      amiSelectorTerms: ami._terms,
      role: role ?? (instanceProfile === undefined ? `KarpenterNodeRole-${Variable.of('cluster_name')}` : undefined),
      instanceProfile,
      subnetSelectorTerms: this.subnets.map(({ _term }) => _term),
      securityGroupSelectorTerms: this.securityGroups.map(({ _term }) => _term),
      blockDeviceMappings: blockDevices?.map(blockDeviceFields),
      metadataOptions: this.metadataOptions(),
      associatePublicIPAddress: associatePublicIpAddress,
      detailedMonitoring,
      instanceStorePolicy: this.props.instanceStoreRaid0 ? 'RAID0' : undefined,
      kubelet: kubelet && kubeletFields(kubelet),
      tags,
      userData,
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { role, instanceProfile, blockDevices = [], metadataHopLimit: hops = 1, kubelet = {}, tags = {} } = this.props;
    const mistakes = [
      ...role === undefined || instanceProfile === undefined ? [] : ['has a role and an instance profile; expected one of them: leave one out.'],
      ...[role, instanceProfile].includes('') ? ['has an empty role or instance profile; expected a name: say it, or leave it out.'] : [],
      ...selectorProblems('subnet', this.subnets.map(({ _term }) => _term), 'subnet-'),
      ...selectorProblems('security group', this.securityGroups.map(({ _term }) => _term), 'sg-'),
      ...blockDeviceProblems(blockDevices),
      ...Number.isInteger(hops) && hops >= 1 && hops <= 64 ? [] : [`has a metadataHopLimit of ${hops}; expected 1 to 64: correct it.`],
      ...'' in tags ? ['has a tag without a key; expected one: name it, or leave the tag out.'] : [],
      ...Object.keys(tags).filter(isRestrictedTag).map(key => `has the tag "${key}", which Karpenter sets itself; expected others: leave it out.`),
      ...kubeletProblems(kubelet),
    ];
    return mistakes.map(mistake => `the EC2NodeClass "${this.name}" ${mistake}`);
  }

  private get subnets(): SubnetSelector[] {
    return this.props.subnets ?? [SubnetSelector.tags(discoveryTag())];
  }

  private get securityGroups(): SecurityGroupSelector[] {
    return this.props.securityGroups ?? [SecurityGroupSelector.tags(discoveryTag())];
  }

  private metadataOptions(): object {
    const { metadataHopLimit = 1, metadataTokensRequired = true } = this.props;
    return {
      httpEndpoint: 'enabled',
      httpProtocolIPv6: 'disabled',
      httpPutResponseHopLimit: metadataHopLimit,
      httpTokens: metadataTokensRequired ? 'required' : 'optional',
    };
  }
}

const GROUP = 'karpenter.k8s.aws';
const KIND = 'EC2NodeClass';
const OWN_TAGS = ['eks:eks-cluster-name', 'karpenter.sh/nodepool', 'karpenter.sh/nodeclaim', 'karpenter.k8s.aws/ec2nodeclass'];

/** The tag that upstream's guides put on what belongs to a cluster. */
function discoveryTag(): { [key: string]: string } {
  return { 'karpenter.sh/discovery': `${Variable.of('cluster_name')}` };
}

function isRestrictedTag(key: string): boolean {
  return OWN_TAGS.includes(key) || key.startsWith('kubernetes.io/cluster');
}
