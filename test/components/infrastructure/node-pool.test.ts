import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { parse } from 'yaml';
import { Variable, components } from '../../../src';
import { fileOf, refusalOf, stand } from '../../flux/flux-fixtures';

const {
  Architecture, CapacityType, ConsolidationPolicy, DisruptionBudget, DisruptionReason, Ec2NodeClass, NodePool, OperatingSystem, Requirement,
  TaintEffect,
} = components;
const nodeClass = Ec2NodeClass.fromName('default');

function specOf(props: Omit<components.NodePoolProps, 'nodeClass'>): any {
  const { platform, component } = stand();
  new NodePool(component, 'general', { nodeClass, ...props });
  return parse(fileOf(platform, 'NodePool', 'general')).spec;
}

/** What synth says against a pool, without what comes before it. */
function mistakesOf(props: Omit<components.NodePoolProps, 'nodeClass'>): string[] {
  const { platform, component } = stand();
  new NodePool(component, 'general', { nodeClass, ...props });
  return refusalOf(platform).map(mistake => mistake.replace('stand/general: the NodePool "general" ', ''));
}

test('defaults', () => {
  const { platform, component } = stand();
  new NodePool(component, 'general', { nodeClass });
  expect(fileOf(platform, 'NodePool', 'general')).toMatchSnapshot();
});

test('everything set', () => {
  const { platform, component } = stand();
  new NodePool(component, 'pool', {
    metadata: { name: 'general', labels: { team: 'platform' } },
    nodeClass,
    requirements: [
      Requirement.operatingSystem(OperatingSystem.LINUX),
      Requirement.architectures(Architecture.AMD64, Architecture.ARM64),
      Requirement.capacityTypes(CapacityType.RESERVED, CapacityType.SPOT, CapacityType.ON_DEMAND),
      Requirement.zones(`${Variable.of('cluster_region')}a`, `${Variable.of('cluster_region')}b`),
      Requirement.instanceFamilies('m7i', 'm8i', 'c8i').withMinValues(2),
      Requirement.greaterThan('karpenter.k8s.aws/instance-cpu', 3),
      Requirement.lessThan('karpenter.k8s.aws/instance-cpu', 33),
      Requirement.notIn('karpenter.k8s.aws/instance-size', 'metal'),
      Requirement.exists('example.com/team').withMinValues(1),
      Requirement.doesNotExist('karpenter.k8s.aws/instance-gpu-name'),
    ],
    labels: { 'example.com/pool': 'general' },
    annotations: { 'example.com/owner': 'platform' },
    taints: [{ key: 'dedicated', value: 'shop' }, { key: 'dedicated', value: 'shop', effect: TaintEffect.NO_EXECUTE }],
    startupTaints: [{ key: 'node.cilium.io/agent-not-ready', value: 'true', effect: TaintEffect.NO_EXECUTE }],
    limits: { cpu: Cpu.units(64), memory: Size.gibibytes(256) },
    consolidationPolicy: ConsolidationPolicy.WHEN_EMPTY,
    consolidateAfter: Duration.minutes(5),
    budgets: [
      DisruptionBudget.percent(20),
      DisruptionBudget.nodes(2, { reasons: [DisruptionReason.DRIFTED, DisruptionReason.UNDERUTILIZED, DisruptionReason.EMPTY] }),
      DisruptionBudget.none({ schedule: '0 8 * * mon-fri', duration: Duration.minutes(570) }),
    ],
    expireAfter: Duration.days(7),
    terminationGracePeriod: Duration.hours(2),
    weight: 50,
  });
  expect(fileOf(platform, 'NodePool', 'general')).toMatchSnapshot();
});

test('requirements are all that is said of its nodes', () => {
  expect(specOf({ requirements: [Requirement.instanceTypes('m7i.large', 'm7a.large')] }).template.spec.requirements)
    .toEqual([{ key: 'node.kubernetes.io/instance-type', operator: 'In', values: ['m7i.large', 'm7a.large'] }]);
});

test('is of a class that the program makes', () => {
  const { platform, component } = stand();
  const made = new Ec2NodeClass(component, 'class', { metadata: { name: 'gpu' }, ami: components.Ami.bottlerocket('1.62.0') });
  new NodePool(component, 'gpu', { nodeClass: made });
  expect(parse(fileOf(platform, 'NodePool', 'gpu')).spec.template.spec.nodeClassRef)
    .toEqual({ group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'gpu' });
});

test('never consolidates, and never expires', () => {
  const { disruption, template } = specOf({ consolidationPolicy: ConsolidationPolicy.NEVER, neverExpires: true });
  expect(disruption).toEqual({ consolidationPolicy: 'WhenEmpty', consolidateAfter: 'Never' });
  expect(template.spec.expireAfter).toBe('Never');
});

test('limits nothing that it is not told to', () => {
  expect(specOf({ limits: { memory: Size.gibibytes(64) } }).limits).toEqual({ memory: '64Gi' });
  expect(specOf({ limits: {} })).not.toHaveProperty('limits');
});

test('a budget lasts hours and minutes', () => {
  const durations = [Duration.hours(8), Duration.minutes(30), Duration.minutes(90), Duration.days(1)];
  expect(specOf({ budgets: durations.map(duration => DisruptionBudget.none({ schedule: '@daily', duration })) }).disruption.budgets
    .map(({ duration }: any) => duration)).toEqual(['8h', '30m', '1h30m', '24h']);
});

test('refuses a weight that is none', () => {
  expect([0, 101, 1.5].flatMap(weight => mistakesOf({ weight }))).toEqual([
    'has the weight 0; expected a whole number from 1 to 100: correct it, or leave it out.',
    'has the weight 101; expected a whole number from 1 to 100: correct it, or leave it out.',
    'has the weight 1.5; expected a whole number from 1 to 100: correct it, or leave it out.',
  ]);
});

test('refuses durations that Karpenter cannot read', () => {
  expect(mistakesOf({
    consolidateAfter: Duration.millis(500), expireAfter: Duration.millis(1500), terminationGracePeriod: Duration.millis(1),
  })).toEqual([
    'has consolidateAfter of 500 ms; expected whole seconds: round it.',
    'has expireAfter of 1500 ms; expected whole seconds: round it.',
    'has terminationGracePeriod of 1 ms; expected whole seconds: round it.',
  ]);
});

test('refuses to do something after a time, and never', () => {
  expect(mistakesOf({
    consolidationPolicy: ConsolidationPolicy.NEVER, consolidateAfter: Duration.minutes(1), neverExpires: true, expireAfter: Duration.days(1),
  })).toEqual([
    'has consolidateAfter and never consolidates; expected one of them: leave one out.',
    'has expireAfter and never expires; expected one of them: leave one out.',
  ]);
});

test('refuses a taint twice, at the start or not', () => {
  expect(mistakesOf({
    taints: [{ key: 'dedicated', value: 'shop' }], startupTaints: [{ key: 'dedicated', effect: TaintEffect.NO_SCHEDULE }],
  })).toEqual([
    'has the taint dedicated with the effect NoSchedule twice; expected it once: leave one out.',
  ]);
});

test('refuses labels that Karpenter keeps for itself, or does not know', () => {
  const mistake = (key: string) => `speaks of the label ${key}, which Karpenter keeps for itself or does not know; `
    + 'expected one of its own that pools may choose, or one of another domain: correct the key.';
  expect(mistakesOf({
    labels: { 'karpenter.sh/nodepool': 'general', 'kubernetes.io/hostname': 'node-1', 'team.karpenter.sh/name': 'platform' },
    requirements: [Requirement.exists('karpenter.k8s.aws/instance-familiy'), Requirement.exists('karpenter.sh/initialized')],
  })).toEqual([
    mistake('karpenter.k8s.aws/instance-familiy'),
    mistake('karpenter.sh/initialized'),
    mistake('karpenter.sh/nodepool'),
    'speaks of the label kubernetes.io/hostname, which is each node\'s own; expected one that nodes can share: leave it out.',
    mistake('team.karpenter.sh/name'),
  ]);
});

test('lets pools speak of every label that the definition lets them speak of', () => {
  expect(mistakesOf({
    labels: { 'karpenter.sh/capacity-type': 'spot', 'example.com/karpenter.sh': 'yes' },
    requirements: [Requirement.exists('karpenter.k8s.aws/instance-tenancy'), Requirement.exists('karpenter.k8s.aws/placement-group-partition')],
  })).toEqual([]);
});

test('refuses comparisons that Karpenter cannot make', () => {
  expect(mistakesOf({
    requirements: [
      Requirement.greaterThan('karpenter.k8s.aws/instance-cpu', -1),
      Requirement.lessThan('karpenter.k8s.aws/instance-memory', 0.5),
      Requirement.zones('eu-west-3a', 'eu-west-3b, eu-west-3c'),
    ],
  })).toEqual([
    'compares karpenter.k8s.aws/instance-cpu with -1; expected a whole number that is not negative: correct it.',
    'compares karpenter.k8s.aws/instance-memory with 0.5; expected a whole number that is not negative: correct it.',
    'compares topology.kubernetes.io/zone with "eu-west-3b, eu-west-3c", which is no value of a label; '
    + 'expected up to 63 letters, digits, dots, dashes and underscores: correct it.',
  ]);
});

test('refuses more choices than there are', () => {
  expect(mistakesOf({
    requirements: [Requirement.instanceFamilies('m7i', 'c7i').withMinValues(3), Requirement.exists('karpenter.k8s.aws/instance-family').withMinValues(51)],
  })).toEqual([
    'wants 3 different values of karpenter.k8s.aws/instance-family and allows 2; expected at least as many: name further values, or lower minValues.',
    'wants 51 different values of karpenter.k8s.aws/instance-family; expected 1 to 50: correct minValues.',
  ]);
});

test('refuses budgets that Karpenter cannot read', () => {
  expect(mistakesOf({
    budgets: [
      DisruptionBudget.percent(101),
      DisruptionBudget.nodes(0.5),
      DisruptionBudget.none({ schedule: '0 8 * * mon-fri' }),
      DisruptionBudget.none({ duration: Duration.hours(1) }),
      DisruptionBudget.none({ schedule: '@daily', duration: Duration.seconds(90) }),
      DisruptionBudget.none({ schedule: '0 8 * *', duration: Duration.hours(1) }),
      DisruptionBudget.none({ schedule: 'TZ=Europe/Paris 0 8 * * *', duration: Duration.hours(1) }),
    ],
  })).toEqual([
    'has a disruption budget of 0.5; expected a whole number of nodes: correct it.',
    'has a disruption budget of 101%; expected a whole percentage from 0 to 100: correct it.',
    'has a disruption budget that lasts 90000 ms; expected whole minutes: round it.',
    'has a disruption budget with a duration and no schedule; expected both or neither: say when it begins and how long it lasts.',
    'has a disruption budget with a schedule and no duration; expected both or neither: say when it begins and how long it lasts.',
    'has a disruption budget with the schedule "0 8 * *"; expected five fields, as in 0 8 * * mon-fri, or @daily: correct it.',
    'has a disruption budget with the schedule "TZ=Europe/Paris 0 8 * * *"; expected five fields, as in 0 8 * * mon-fri, or @daily: correct it.',
  ]);
});
