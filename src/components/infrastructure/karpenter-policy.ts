import { Statement, StatementOptions } from '../pod-identity/statement';

/** What the rights of Karpenter's controller are narrowed to. @internal */
export interface KarpenterPolicyOptions {
  readonly partition: string;
  readonly region: string;
  readonly clusterName: string;
  /** Name of the role that nodes get. */
  readonly nodeRole: string;
  /** Name of the queue; none where interruptions are not handled. */
  readonly interruptionQueue?: string;
  readonly zonalShift: boolean;
}

type Conditions = NonNullable<StatementOptions['conditions']>;

/**
 * The rights of Karpenter's controller, statement by statement those of upstream's template at the chart's version. The account is not
 * known, so ARNs have `*` for it: a role has rights in its own account alone. There are no sids: with them the policy would be longer than
 * the 6144 characters that IAM takes.
 *
 * @see https://karpenter.sh/docs/reference/cloudformation/
 * @internal
 */
export function karpenterPolicy(options: KarpenterPolicyOptions): Statement[] {
  return [...nodeLifecycle(options), ...instanceProfiles(options), ...discovery(options), ...interruption(options), ...zonalShift(options)];
}

const NODE_POOL_TAG = 'karpenter.sh/nodepool';
const NODE_CLASS_TAG = 'karpenter.k8s.aws/ec2nodeclass';
const REGION_TAG = 'topology.kubernetes.io/region';
const CLUSTER_NAME_TAG = 'eks:eks-cluster-name';

/** Nodes are started from what is there, and only things that bear the cluster's tags are made, tagged and deleted. */
function nodeLifecycle({ partition, region, clusterName }: KarpenterPolicyOptions): Statement[] {
  const owned = `kubernetes.io/cluster/${clusterName}`;
  const ec2 = (...types: string[]) => types.map(type => `arn:${partition}:ec2:${region}:*:${type}/*`);
  const public_ = (...types: string[]) => types.map(type => `arn:${partition}:ec2:${region}::${type}/*`);
  const made = ec2('fleet', 'instance', 'volume', 'network-interface', 'launch-template', 'spot-instances-request');
  const ofCluster: Conditions = {
    StringEquals: { [`aws:ResourceTag/${owned}`]: ['owned'] },
    StringLike: { [`aws:ResourceTag/${NODE_POOL_TAG}`]: ['*'] },
  };
  const taggedAtCreation = (further: { [key: string]: string[] } = {}): Conditions => ({
    StringEquals: { [`aws:RequestTag/${owned}`]: ['owned'], [`aws:RequestTag/${CLUSTER_NAME_TAG}`]: [clusterName], ...further },
    StringLike: { [`aws:RequestTag/${NODE_POOL_TAG}`]: ['*'] },
  });
  return [
    Statement.allow({
      actions: ['ec2:RunInstances', 'ec2:CreateFleet'],
      resources: [...public_('image', 'snapshot'), ...ec2('security-group', 'subnet', 'capacity-reservation', 'placement-group')],
    }),
    Statement.allow({ actions: ['ec2:RunInstances', 'ec2:CreateFleet'], resources: ec2('launch-template'), conditions: ofCluster }),
    Statement.allow({ actions: ['ec2:RunInstances', 'ec2:CreateFleet', 'ec2:CreateLaunchTemplate'], resources: made, conditions: taggedAtCreation() }),
    Statement.allow({
      actions: ['ec2:CreateTags'],
      resources: made,
      conditions: taggedAtCreation({ 'ec2:CreateAction': ['RunInstances', 'CreateFleet', 'CreateLaunchTemplate'] }),
    }),
    Statement.allow({
      actions: ['ec2:CreateTags'],
      resources: ec2('instance'),
      conditions: {
        ...ofCluster,
        'StringEqualsIfExists': { [`aws:RequestTag/${CLUSTER_NAME_TAG}`]: [clusterName] },
        'ForAllValues:StringEquals': { 'aws:TagKeys': [CLUSTER_NAME_TAG, 'karpenter.sh/nodeclaim', 'Name'] },
      },
    }),
    Statement.allow({ actions: ['ec2:TerminateInstances', 'ec2:DeleteLaunchTemplate'], resources: ec2('instance', 'launch-template'), conditions: ofCluster }),
  ];
}

/** Instance profiles for the role of the nodes; only those that bear the cluster's tags are changed. */
function instanceProfiles({ partition, region, clusterName, nodeRole }: KarpenterPolicyOptions): Statement[] {
  const profiles = [`arn:${partition}:iam::*:instance-profile/*`];
  const owned = `kubernetes.io/cluster/${clusterName}`;
  const inRequest = { [`aws:RequestTag/${owned}`]: ['owned'], [`aws:RequestTag/${CLUSTER_NAME_TAG}`]: [clusterName], [`aws:RequestTag/${REGION_TAG}`]: [region] };
  const onProfile = { [`aws:ResourceTag/${owned}`]: ['owned'], [`aws:ResourceTag/${REGION_TAG}`]: [region] };
  const classInRequest = { [`aws:RequestTag/${NODE_CLASS_TAG}`]: ['*'] };
  const classOnProfile = { [`aws:ResourceTag/${NODE_CLASS_TAG}`]: ['*'] };
  return [
    Statement.allow({
      actions: ['iam:PassRole'],
      resources: [`arn:${partition}:iam::*:role/${nodeRole}`],
      conditions: { StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] } },
    }),
    Statement.allow({ actions: ['iam:CreateInstanceProfile'], resources: profiles, conditions: { StringEquals: inRequest, StringLike: classInRequest } }),
    Statement.allow({
      actions: ['iam:TagInstanceProfile'],
      resources: profiles,
      conditions: { StringEquals: { ...onProfile, ...inRequest }, StringLike: { ...classOnProfile, ...classInRequest } },
    }),
    Statement.allow({
      actions: ['iam:AddRoleToInstanceProfile', 'iam:RemoveRoleFromInstanceProfile', 'iam:DeleteInstanceProfile'],
      resources: profiles,
      conditions: { StringEquals: onProfile, StringLike: classOnProfile },
    }),
    Statement.allow({ actions: ['iam:GetInstanceProfile'], resources: profiles }),
  ];
}

/** What is read to decide which node to start. */
function discovery({ partition, region, clusterName }: KarpenterPolicyOptions): Statement[] {
  const described = [
    'CapacityReservations', 'Images', 'Instances', 'InstanceStatus', 'InstanceTypeOfferings', 'InstanceTypes', 'LaunchTemplates', 'PlacementGroups',
    'SecurityGroups', 'SpotPriceHistory', 'Subnets',
  ];
  return [
    Statement.allow({ actions: ['eks:DescribeCluster'], resources: [`arn:${partition}:eks:${region}:*:cluster/${clusterName}`] }),
    Statement.allow({ actions: described.map(what => `ec2:Describe${what}`), conditions: { StringEquals: { 'aws:RequestedRegion': [region] } } }),
    Statement.allow({ actions: ['ssm:GetParameter'], resources: [`arn:${partition}:ssm:${region}::parameter/aws/service/*`] }),
    Statement.allow({ actions: ['pricing:GetProducts', 'iam:ListInstanceProfiles'] }),
  ];
}

function interruption({ partition, region, interruptionQueue }: KarpenterPolicyOptions): Statement[] {
  return interruptionQueue === undefined ? [] : [
    Statement.allow({
      actions: ['sqs:DeleteMessage', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'], resources: [`arn:${partition}:sqs:${region}:*:${interruptionQueue}`],
    }),
  ];
}

function zonalShift({ partition, region, clusterName, zonalShift: wanted }: KarpenterPolicyOptions): Statement[] {
  return !wanted ? [] : [
    Statement.allow({
      actions: ['arc-zonal-shift:GetManagedResource'],
      conditions: { StringLike: { 'arc-zonal-shift:ResourceIdentifier': [`arn:${partition}:eks:${region}:*:cluster/${clusterName}`] } },
    }),
  ];
}
