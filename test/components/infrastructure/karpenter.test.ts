import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { parse } from 'yaml';
import { Cluster, Testing, Variable, components, layers } from '../../../src';
import { refusalOf } from '../../flux/flux-fixtures';
import { manifestsOf } from '../component-fixtures';

const { Ami, AmiFamily, Karpenter, KarpenterLogLevel, KarpenterNodes, Requirement, TaintEffect } = components;
const ami = Ami.bottlerocket('v1.62.0');

function valuesOf(props: components.KarpenterProps): any {
  const platform = Testing.platform();
  new Karpenter(platform, 'karpenter', props);
  return parse(Testing.synth(platform)['infrastructure/base/karpenter/helmrelease.yaml']).spec.values;
}

function statementsOf(props: components.KarpenterProps): any[] {
  return new Karpenter(Testing.platform(), 'karpenter', props).awsStatements.map(statement => statement.toStatementJson());
}

test('defaults', () => {
  expect(manifestsOf(new Karpenter(Testing.platform(), 'karpenter'))).toMatchSnapshot();
});

test('everything set', () => {
  expect(manifestsOf(new Karpenter(Testing.platform(), 'karpenter', {
    namespace: 'kube-system',
    clusterName: 'blue',
    clusterEndpoint: 'https://abc.gr7.eu-west-3.eks.amazonaws.com',
    region: 'eu-west-3',
    partition: 'aws',
    nodeRole: 'BlueNodes',
    interruptionHandling: true,
    interruptionQueue: 'blue-interruptions',
    zonalShift: true,
    isolatedVpc: true,
    replicas: 3,
    resources: { cpu: { request: Cpu.millis(500) }, memory: { request: Size.gibibytes(2), limit: Size.gibibytes(2) } },
    nodeSelector: { 'eks.amazonaws.com/nodegroup': 'system' },
    tolerations: [{ key: 'dedicated', value: 'system', effect: TaintEffect.NO_SCHEDULE }, { key: 'node.cilium.io/agent-not-ready' }],
    batchMaxDuration: Duration.seconds(30),
    batchIdleDuration: Duration.millis(1500),
    featureGates: { nodeRepair: true, nodeOverlay: true, reservedCapacity: false, spotToSpotConsolidation: true, staticCapacity: true },
    logLevel: KarpenterLogLevel.DEBUG,
    values: { settings: { reservedENIs: '1' } },
    release: { timeout: Duration.minutes(10) },
  }))).toMatchSnapshot();
});

test('may do on AWS what upstream\'s template lets it do', () => {
  expect(statementsOf({ clusterName: 'blue', region: 'eu-west-3', zonalShift: true })).toMatchSnapshot();
});

test('its policy fits IAM, with a name of the cluster of usual length', () => {
  const statements = statementsOf({ clusterName: 'a-cluster-of-thirty-characters', region: 'ap-southeast-2', partition: 'aws-us-gov', zonalShift: true });
  expect(JSON.stringify({ Version: '2012-10-17', Statement: statements }).length).toBeLessThanOrEqual(6144);
});

test('changes nothing on AWS that does not bear the cluster\'s tag', () => {
  const statements = statementsOf({ clusterName: 'blue' });
  const changing = statements.filter(({ Action }) => Action.some((action: string) => /Terminate|Delete(?!Message)|CreateTags|RemoveRole/.test(action)));
  expect(changing.length).toBe(4);
  for (const { Condition } of changing) {
    expect(Condition.StringEquals).toHaveProperty([
      Object.keys(Condition.StringEquals).find(key => key.endsWith('Tag/kubernetes.io/cluster/blue'))!,
    ], ['owned']);
  }
});

test('gives nodes its role for them, and no other', () => {
  const passed = (props: components.KarpenterProps) => statementsOf(props).find(({ Action }) => Action.includes('iam:PassRole')).Resource;
  expect(passed({ clusterName: 'blue' })).toEqual(['arn:aws:iam::*:role/KarpenterNodeRole-blue']);
  expect(passed({ nodeRole: 'BlueNodes', partition: 'aws-cn' })).toEqual(['arn:aws-cn:iam::*:role/BlueNodes']);
});

test('listens to the queue that is named like the cluster, to another one, or to none', () => {
  const queue = (props: components.KarpenterProps) => ({
    setting: valuesOf(props).settings.interruptionQueue,
    rights: statementsOf(props).filter(({ Action }) => Action[0].startsWith('sqs:')).map(({ Resource }) => Resource),
  });
  expect(queue({ clusterName: 'blue', region: 'eu-west-3' })).toEqual({ setting: 'blue', rights: [['arn:aws:sqs:eu-west-3:*:blue']] });
  expect(queue({ interruptionQueue: 'events', region: 'eu-west-3' })).toEqual({ setting: 'events', rights: [['arn:aws:sqs:eu-west-3:*:events']] });
  expect(queue({ interruptionHandling: false })).toEqual({ setting: undefined, rights: [] });
});

test('asks for zonal shifts only where they are wanted', () => {
  const asks = (zonalShift?: boolean) => statementsOf({ zonalShift }).some(({ Action }) => Action.includes('arc-zonal-shift:GetManagedResource'));
  expect([asks(), asks(false), asks(true)]).toEqual([false, false, true]);
});

test('calls AWS as its own ServiceAccount', () => {
  const { serviceAccount, providedObjects } = new Karpenter(Testing.platform(), 'karpenter', { namespace: 'nodes' });
  expect(serviceAccount).toEqual(components.ServiceAccountReference.fromName('karpenter', 'nodes'));
  expect(providedObjects.map(({ kind, name, namespace }) => `${kind} ${namespace}/${name}`)).toEqual(['Deployment nodes/karpenter', 'ServiceAccount nodes/karpenter']);
});

test('says where its metrics are', () => {
  expect(new Karpenter(Testing.platform(), 'karpenter').metricsEndpoints).toEqual([{
    name: 'karpenter',
    namespace: 'karpenter',
    matchLabels: { 'app.kubernetes.io/name': 'karpenter', 'app.kubernetes.io/instance': 'karpenter' },
    port: 'http-metrics',
  }]);
});

test('refuses what the controller does not start with', () => {
  const platform = Testing.platform();
  new Karpenter(platform, 'karpenter', { clusterEndpoint: 'abc.gr7.eu-west-3.eks.amazonaws.com', replicas: 0 });
  new Karpenter(platform, 'variable', { clusterEndpoint: `${Variable.of('cluster_endpoint')}`, namespace: 'variable' });
  expect(refusalOf(platform)).toEqual([
    'karpenter: karpenter has the cluster endpoint "abc.gr7.eu-west-3.eks.amazonaws.com", with which the controller does not start; '
    + 'expected an https:// URL: add the scheme.',
    'karpenter: karpenter is given 0 for replicas; expected at least 1: correct it.',
  ]);
});

test('refuses a queue where interruptions are not handled', () => {
  const platform = Testing.platform();
  new Karpenter(platform, 'karpenter', { interruptionHandling: false, interruptionQueue: 'events' });
  expect(refusalOf(platform)).toEqual([
    'karpenter: karpenter has an interruption queue and handles no interruptions; expected one of them: leave out interruptionQueue, or interruptionHandling.',
  ]);
});

describe('nodes', () => {
  test('defaults', () => {
    const platform = Testing.platform();
    const karpenter = new Karpenter(platform, 'karpenter');
    expect(manifestsOf(new KarpenterNodes(platform, 'karpenter-nodes', { karpenter, nodeClass: { ami } }))).toMatchSnapshot();
  });

  test('others are added', () => {
    const platform = Testing.platform();
    const karpenter = new Karpenter(platform, 'karpenter', { nodeRole: 'Nodes-*' });
    const nodes = new KarpenterNodes(platform, 'nodes', {
      karpenter,
      nodeClass: { ami, role: 'Nodes-general' },
      nodePool: { weight: 10 },
      directory: 'infrastructure/nodes',
      labels: { team: 'platform' },
    });
    const gpu = nodes.addNodeClass('gpu', { ami: Ami.al2023('v20260801'), instanceProfile: 'gpu-nodes' });
    nodes.addNodePool('gpu', gpu, { requirements: [Requirement.instanceFamilies('g6')], taints: [{ key: 'nvidia.com/gpu' }] });
    expect(nodes.nodePool.name).toBe('default');
    expect(nodes.nodeClass.nodeClassName).toBe('default');
    expect(manifestsOf(nodes)).toMatchSnapshot();
  });

  test('get the role that the controller may give to them', () => {
    const platform = Testing.platform();
    const karpenter = new Karpenter(platform, 'karpenter', { clusterName: 'blue' });
    new KarpenterNodes(platform, 'nodes', { karpenter, nodeClass: { ami } });
    Testing.repository(platform).hasObject('EC2NodeClass', 'default', { spec: { role: 'KarpenterNodeRole-blue' } });
  });

  test('refuses a role that the controller may not give to them', () => {
    const platform = Testing.platform();
    const karpenter = new Karpenter(platform, 'karpenter', { nodeRole: 'BlueNodes' });
    new KarpenterNodes(platform, 'nodes', { karpenter, nodeClass: { ami, role: 'GreenNodes' } });
    expect(refusalOf(platform)).toEqual([
      'nodes: the EC2NodeClass "default" has the role "GreenNodes", which karpenter may not give to nodes; expected "BlueNodes": '
      + 'leave the role out, or name it as nodeRole of Karpenter, with * where there are several.',
    ]);
  });

  test('refuses to guess one of several roles', () => {
    const platform = Testing.platform();
    const karpenter = new Karpenter(platform, 'karpenter', { nodeRole: 'Nodes-*' });
    new KarpenterNodes(platform, 'nodes', { karpenter, nodeClass: { ami } });
    expect(refusalOf(platform)).toEqual([
      'nodes: the EC2NodeClass "default" has the role "Nodes-*", which stands for several; expected the name of one: say role.',
    ]);
  });

  test('are delivered in a stage of their own, after the controller that brings their kinds', () => {
    const platform = Testing.platform();
    const cluster = new Cluster(platform, 'dev', { variables: { cluster_name: 'dev', cluster_region: 'eu-west-3' } });
    const karpenter = new Karpenter(platform, 'karpenter');
    const infrastructure = new layers.Infrastructure(cluster, 'infrastructure', { components: [karpenter] });
    infrastructure.addStage('infrastructure-nodes', {
      components: [new KarpenterNodes(platform, 'karpenter-nodes', { karpenter, nodeClass: { ami: Ami.latest(AmiFamily.BOTTLEROCKET) } })],
      because: 'APIs of Karpenter',
    });
    expect(Testing.synth(platform)['clusters/dev/infrastructure-nodes.yaml']).toContain(`\
  dependsOn:
    - name: infrastructure # APIs of Karpenter
`);
  });
});
