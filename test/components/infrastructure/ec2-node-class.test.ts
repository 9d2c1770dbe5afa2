import { Duration, Size } from 'cdk8s';
import { parse } from 'yaml';
import { Variable, components } from '../../../src';
import { fileOf, refusalOf, stand } from '../../flux/flux-fixtures';

const { Ami, AmiFamily, Ec2NodeClass, SecurityGroupSelector, SubnetSelector, VolumeType } = components;
const ami = Ami.bottlerocket('v1.62.0');

type Props = Partial<components.Ec2NodeClassProps>;

function specOf(props: Props): any {
  const { platform, component } = stand();
  new Ec2NodeClass(component, 'general', { ami, ...props });
  return parse(fileOf(platform, 'EC2NodeClass', 'general')).spec;
}

/** What synth says against a class, without what comes before it. */
function mistakesOf(props: Props): string[] {
  const { platform, component } = stand();
  new Ec2NodeClass(component, 'general', { ami, ...props });
  return refusalOf(platform).map(mistake => mistake.replace('stand/general: the EC2NodeClass "general" ', ''));
}

test('defaults', () => {
  const { platform, component } = stand();
  new Ec2NodeClass(component, 'general', { ami });
  expect(fileOf(platform, 'EC2NodeClass', 'general')).toMatchSnapshot();
});

test('everything set', () => {
  const { platform, component } = stand();
  new Ec2NodeClass(component, 'class', {
    metadata: { name: 'general', labels: { team: 'platform' } },
    ami: Ami.ids(AmiFamily.BOTTLEROCKET, 'ami-0123456789abcdef0', 'ami-0fedcba9876543210'),
    role: 'BlueNodes',
    subnets: [SubnetSelector.tags({ tier: 'private', team: '*' }), SubnetSelector.id('subnet-0123456789abcdef0')],
    securityGroups: [SecurityGroupSelector.tags({ tier: 'private' }), SecurityGroupSelector.id('sg-0123456789abcdef0'), SecurityGroupSelector.named('nodes')],
    blockDevices: [
      {
        deviceName: '/dev/xvda',
        size: Size.gibibytes(8),
        volumeType: VolumeType.IO2,
        iops: 4000,
        encrypted: true,
        kmsKeyId: 'alias/nodes',
        deleteOnTermination: true,
      },
      { deviceName: '/dev/xvdb', size: Size.mebibytes(102400), throughput: 500, iops: 6000, rootVolume: true },
      { deviceName: '/dev/xvdc', snapshotId: 'snap-0123456789abcdef0', volumeType: VolumeType.ST1, deleteOnTermination: false },
    ],
    metadataHopLimit: 2,
    metadataTokensRequired: false,
    userData: '[settings.kernel]\nlockdown = "integrity"\n',
    tags: { 'team': 'platform', 'example.com/cost': 'nodes' },
    associatePublicIpAddress: false,
    detailedMonitoring: true,
    instanceStoreRaid0: true,
    kubelet: {
      maxPods: 110,
      podsPerCore: 20,
      clusterDns: ['169.254.20.10'],
      systemReserved: { 'cpu': '100m', 'memory': '200Mi', 'ephemeral-storage': '1Gi', 'pid': '100' },
      kubeReserved: { cpu: '200m' },
      evictionHard: { 'memory.available': '5%', 'nodefs.inodesFree': '10%' },
      evictionSoft: { 'memory.available': '500Mi' },
      evictionSoftGracePeriod: { 'memory.available': Duration.seconds(90) },
      evictionMaxPodGracePeriod: Duration.minutes(1),
      imageGcHighThresholdPercent: 85,
      imageGcLowThresholdPercent: 80,
      cpuCfsQuota: false,
    },
  });
  expect(fileOf(platform, 'EC2NodeClass', 'general')).toMatchSnapshot();
});

describe('image', () => {
  const imageOf = (image: components.Ami) => {
    const { amiFamily, amiSelectorTerms } = specOf({ ami: image });
    return { ...amiFamily === undefined ? {} : { amiFamily }, amiSelectorTerms };
  };

  test('is a release of one of Amazon\'s families, or its newest', () => {
    expect([
      Ami.bottlerocket('v1.62.0'), Ami.bottlerocket('1.62.0'), Ami.al2023('v20260801'), Ami.latest(AmiFamily.AL2023), Ami.latest(AmiFamily.WINDOWS_2019),
      Ami.latest(AmiFamily.WINDOWS_2022), Ami.latest(AmiFamily.WINDOWS_2025),
    ].map(imageOf)).toEqual([
      'bottlerocket@v1.62.0', 'bottlerocket@1.62.0', 'al2023@v20260801', 'al2023@latest', 'windows2019@latest', 'windows2022@latest', 'windows2025@latest',
    ].map(alias => ({ amiSelectorTerms: [{ alias }] })));
  });

  test('is one of your own, of a family', () => {
    expect([
      Ami.ids(AmiFamily.AL2023, 'ami-0123456789abcdef0'),
      Ami.name(AmiFamily.BOTTLEROCKET, 'acme-bottlerocket-*', '123456789012'),
      Ami.tags(AmiFamily.CUSTOM, { team: 'platform', release: '*' }),
      Ami.ssmParameter(AmiFamily.AL2023, '/acme/node-image'),
    ].map(imageOf)).toEqual([
      { amiFamily: 'AL2023', amiSelectorTerms: [{ id: 'ami-0123456789abcdef0' }] },
      { amiFamily: 'Bottlerocket', amiSelectorTerms: [{ name: 'acme-bottlerocket-*', owner: '123456789012' }] },
      { amiFamily: 'Custom', amiSelectorTerms: [{ tags: { team: 'platform', release: '*' } }] },
      { amiFamily: 'AL2023', amiSelectorTerms: [{ ssmParameter: '/acme/node-image' }] },
    ]);
  });

  test('is what a variable of the cluster says', () => {
    const { platform, component } = stand();
    new Ec2NodeClass(component, 'alias', { ami: Ami.bottlerocket(`${Variable.of('node_image')}`) });
    new Ec2NodeClass(component, 'id', { ami: Ami.ids(AmiFamily.BOTTLEROCKET, `${Variable.of('ami')}`) });
    expect(refusalOf(platform)).toEqual([]);
    expect(parse(fileOf(platform, 'EC2NodeClass', 'alias')).spec.amiSelectorTerms).toEqual([{ alias: 'bottlerocket@${node_image}' }]);
  });

  test('refuses the newest where a release is expected', () => {
    expect(() => Ami.bottlerocket('latest')).toThrow(new Error('the image of Bottlerocket has the version "latest", which replaces all nodes whenever there is '
      + 'a newer one; expected a release: name one, or say Ami.latest(…) where that is meant.'));
  });

  test('refuses versions that are none', () => {
    expect(() => Ami.al2023('20260801'))
      .toThrow(new Error('the image of AL2023 has the version "20260801"; expected a release such as v20240807: correct it.'));
    expect(() => Ami.bottlerocket('bottlerocket@v1.62.0'))
      .toThrow(new Error('the image of Bottlerocket has the version "bottlerocket@v1.62.0"; expected a release such as v1.20.4: correct it.'));
  });

  test('refuses the newest of no family', () => {
    expect(() => Ami.latest(AmiFamily.CUSTOM)).toThrow(new Error('there is no newest image of the family Custom; expected one of Amazon\'s families: '
      + 'say which image with Ami.ids(…) or Ami.tags(…).'));
  });

  test('refuses what selects none', () => {
    expect(() => Ami.ids(AmiFamily.AL2023, 'ami-0123456789abcdef0', '0123456789abcdef0'))
      .toThrow(new Error('an image of AL2023 has the id "0123456789abcdef0"; expected ami- with letters and digits after it: correct it.'));
    expect(() => Ami.tags(AmiFamily.CUSTOM, { team: '' })).toThrow(new Error('the image of Custom is selected by tags with an empty key or value, or by none; '
      + 'expected keys with values: name them, with * for any value.'));
  });
});

test('has an instance profile in the place of a role', () => {
  const { instanceProfile, role } = specOf({ instanceProfile: 'nodes' });
  expect({ instanceProfile, role }).toEqual({ instanceProfile: 'nodes', role: undefined });
});

test('is referred to by its name, made here or not', () => {
  const { component } = stand();
  const { nodeClassGroup, nodeClassKind, nodeClassName } = new Ec2NodeClass(component, 'general', { ami });
  expect({ nodeClassGroup, nodeClassKind, nodeClassName }).toEqual(Ec2NodeClass.fromName('general'));
});

test('a volume that starts with a snapshot is as that is encrypted', () => {
  expect(specOf({
    blockDevices: [{ deviceName: '/dev/xvda', snapshotId: 'snap-0123456789abcdef0' }, { deviceName: '/dev/xvdb', size: Size.tebibytes(1), encrypted: false }],
  }).blockDeviceMappings).toEqual([
    { deviceName: '/dev/xvda', ebs: { volumeType: 'gp3', snapshotID: 'snap-0123456789abcdef0', deleteOnTermination: true } },
    { deviceName: '/dev/xvdb', ebs: { volumeType: 'gp3', volumeSize: '1024Gi', encrypted: false, deleteOnTermination: true } },
  ]);
});

test('ids may be variables of the cluster', () => {
  expect(mistakesOf({
    subnets: [SubnetSelector.id(`${Variable.of('subnet')}`)], securityGroups: [SecurityGroupSelector.id(`${Variable.of('security_group')}`)],
  })).toEqual([]);
});

test('refuses a role and an instance profile, or an empty one', () => {
  expect(mistakesOf({ role: 'nodes', instanceProfile: 'nodes' })).toEqual(['has a role and an instance profile; expected one of them: leave one out.']);
  expect(mistakesOf({ role: '' })).toEqual(['has an empty role or instance profile; expected a name: say it, or leave it out.']);
});

test('refuses selectors that select nothing', () => {
  expect(mistakesOf({
    subnets: [SubnetSelector.id('sg-0123456789abcdef0'), SubnetSelector.tags({ tier: '' }), SubnetSelector.tags({})], securityGroups: [],
  })).toEqual([
    'selects a subnet by tags with an empty key or value, or by none; expected keys with values: name them, with * for any value.',
    'selects no security group; expected at least one selector: leave them out for those with the tag karpenter.sh/discovery.',
    'selects the subnet "sg-0123456789abcdef0"; expected an id that starts with subnet-: correct it.',
  ]);
  expect(mistakesOf({ securityGroups: [SecurityGroupSelector.id('nodes')] })).toEqual([
    'selects the security group "nodes"; expected an id that starts with sg-: correct it.',
  ]);
});

test('refuses volumes that AWS does not make', () => {
  expect(mistakesOf({
    blockDevices: [
      { deviceName: '/dev/xvda', rootVolume: true },
      { deviceName: '/dev/xvdb', size: Size.mebibytes(1500), rootVolume: true },
      { deviceName: '/dev/xvdc', size: Size.tebibytes(64) },
      { deviceName: '/dev/xvdd', size: Size.gibibytes(500), volumeType: VolumeType.ST1, iops: 3000, throughput: 500 },
      { deviceName: '/dev/xvde', size: Size.gibibytes(500), throughput: 100 },
    ],
  })).toEqual([
    'has more than one root volume; expected one: say rootVolume of one alone.',
    'has the device /dev/xvda with neither a size nor a snapshot; expected one of them: say size.',
    'has the device /dev/xvdb of 1500Mi; expected 1 to 59000 whole GiB: round it.',
    'has the device /dev/xvdc of 64Ti; expected 1 to 59000 whole GiB: round it.',
    'has the device /dev/xvdd with a throughput of 500 on a volume of the type st1; expected 125 to 2000 on gp3: correct it, or leave it out.',
    'has the device /dev/xvdd with iops on a volume of the type st1, which has none; expected gp3, io1 or io2: leave iops out.',
    'has the device /dev/xvde with a throughput of 100 on a volume of the type gp3; expected 125 to 2000 on gp3: correct it, or leave it out.',
  ]);
});

test('refuses hops that the metadata service does not know', () => {
  expect([0, 65].flatMap(metadataHopLimit => mistakesOf({ metadataHopLimit }))).toEqual([
    'has a metadataHopLimit of 0; expected 1 to 64: correct it.', 'has a metadataHopLimit of 65; expected 1 to 64: correct it.',
  ]);
});

test('refuses tags that Karpenter sets', () => {
  expect(mistakesOf({ tags: { '': 'x', 'karpenter.sh/nodepool': 'x', 'kubernetes.io/cluster/blue': 'owned', 'eks:eks-cluster-name': 'blue' } })).toEqual([
    'has a tag without a key; expected one: name it, or leave the tag out.',
    'has the tag "eks:eks-cluster-name", which Karpenter sets itself; expected others: leave it out.',
    'has the tag "karpenter.sh/nodepool", which Karpenter sets itself; expected others: leave it out.',
    'has the tag "kubernetes.io/cluster/blue", which Karpenter sets itself; expected others: leave it out.',
  ]);
});

test('refuses settings that the kubelet does not know', () => {
  expect(mistakesOf({
    kubelet: {
      kubeReserved: { gpu: '1' },
      systemReserved: { cpu: '-100m' },
      evictionHard: { 'memory.free': '5%' },
      evictionSoft: { 'memory.available': '500Mi' },
      evictionSoftGracePeriod: { 'nodefs.available': Duration.minutes(1) },
      imageGcHighThresholdPercent: 80,
      imageGcLowThresholdPercent: 80,
    },
  })).toEqual([
    'deletes images above 80 % of the disk, down to 80 %; expected the first to be more than the second: correct them.',
    'has evictionHard of memory.free; expected one of memory.available, nodefs.available, nodefs.inodesFree, imagefs.available, imagefs.inodesFree, '
    + 'pid.available: correct the key.',
    'has evictionSoft of memory.available and no evictionSoftGracePeriod of it; expected both: say how long.',
    'has evictionSoftGracePeriod of nodefs.available and no evictionSoft of it; expected both: say the threshold.',
    'has kubeReserved of gpu; expected one of cpu, memory, ephemeral-storage, pid: correct the key.',
    'has systemReserved of -100m for cpu; expected nothing below zero: correct it.',
  ]);
});
