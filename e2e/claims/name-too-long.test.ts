/** A name that is longer than its kind, or what comes of it, allows (docs/checks/name-too-long.md). */
import { Variable } from 'cdk8s-strata';
import { chart, release } from './operator';
import { Program, Scene } from './scene';
import { nameLengthLimit } from '../../src/synth/kubernetes-names';
import { CheckedPlatform, ObjectFixture, RETRYING } from '../../test/checks/check-fixtures';
import { TestCluster } from '../harness/test-cluster';
import { until } from '../harness/until';

const CHECK = 'name-too-long';

const POD = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web' }] } };
const SELECTOR = { matchLabels: { app: 'web' } };
const JOB = { template: { spec: { ...POD.spec, restartPolicy: 'Never' } } };

const service = (name: string): ObjectFixture => ({ kind: 'Service', name, fields: { spec: { ports: [{ port: 80 }] } } });
const namespace = (name: string): ObjectFixture => ({ kind: 'Namespace', name });
const cronJob = (name: string): ObjectFixture =>
  ({ apiVersion: 'batch/v1', kind: 'CronJob', name, fields: { spec: { schedule: '0 0 1 1 *', jobTemplate: { spec: JOB } } } });
const job = (name: string): ObjectFixture => ({ apiVersion: 'batch/v1', kind: 'Job', name, fields: { spec: { ...JOB, suspend: true } } });
const workload = (kind: string) => (name: string): ObjectFixture =>
  ({ apiVersion: 'apps/v1', kind, name, fields: { spec: { selector: SELECTOR, template: POD } } });

/** What the API server refuses, one character too long, and what it says. */
const REFUSED: { readonly [layer: string]: readonly [(name: string) => ObjectFixture, length: number, RegExp] } = {
  service: [service, 64, /^Service\/apps\/w{64} dry-run failed.*metadata\.name: .*must be no more than 63 characters/],
  namespace: [namespace, 64, /^Namespace\/w{64} dry-run failed.*metadata\.name: .*must be no more than 63 characters/],
  cronjob: [cronJob, 53, /^CronJob\/apps\/w{53} dry-run failed.*metadata\.name: .*must be no more than 52 characters/],
  job: [job, 64, /^Job\/apps\/w{64} dry-run failed.*spec\.template\.labels: .*must be no more than 63 bytes/],
};

const LONG = 'w'.repeat(254);
const LONG_LAYER = 'layer-'.repeat(10) + 'four';

/** A layer for each name, one character too long or as long as may be. */
function names(more: 0 | 1): Program {
  return props => {
    const checked = new CheckedPlatform(props, { long: LONG.slice(1 - more) });
    const layer = (id: string, object: ObjectFixture) =>
      checked.layer(id, [checked.component(id, object, { name: `${id.slice(0, 20)}-beside` })], { dependsOn: [checked.namespaces] });
    Object.entries(REFUSED).forEach(([id, [object, length]]) => layer(id, object('w'.repeat(length - 1 + more))));
    layer(LONG_LAYER.slice(1 - more), { name: 'settings' });
    if (more) {
      layer('variable', { name: `${Variable.of('long')}` });
    }
    return checked;
  };
}

test('the dry run refuses it, and nothing of its apply stage is applied; a Kustomization that is too long for a label is there, and applies nothing', async () => {
  const seconds = await Scene.converges(`${CHECK}-mended`, names(0));
  await Scene.play(CHECK, names(1), [CHECK], async scene => {
    for (const [layer, [, , message]] of Object.entries(REFUSED)) {
      await scene.fails(layer, message);
    }
    await scene.fails('variable', /^ConfigMap\/apps\/w{254} dry-run failed.*metadata\.name: .*must be no more than 253 characters/);
    await scene.fails(LONG_LAYER, /dry-run failed.*metadata\.labels: Invalid value: "(layer-){10}four": must be no more than 63/);
    const refused = Object.keys({ ...REFUSED, variable: 0, [LONG_LAYER]: 0 }).map(layer => [layer, layer === 'namespace' ? 'definitions' : 'rest']);
    expect(await scene.comesToAHalt(seconds, Object.fromEntries(refused))).toEqual([]);
    expect(scene.object('Kustomization', LONG_LAYER, 'flux-system')).toBeDefined();
    await scene.push(names(0));
    await scene.converges();
  });
});

test('a StatefulSet whose pods cannot have its name in a label is there, and never healthy', async () => {
  const program = (length: number): Program => props => {
    const checked = new CheckedPlatform(props);
    checked.layer('web', [checked.component('web', workload('StatefulSet')('w'.repeat(length)))], { dependsOn: [checked.namespaces], wait: true });
    return checked;
  };
  await Scene.play(`${CHECK}-pods`, program(53), [CHECK], async scene => {
    await scene.fails('web', /timeout waiting for: \[StatefulSet\/apps\/w{53} status: 'InProgress'/);
    expect(scene.object('StatefulSet', 'w'.repeat(53), 'apps')).toBeDefined();
    await scene.push(program(52));
    await scene.converges();
  });
});

test('Flux cuts the name of a release that it puts together, and takes one that is given', async () => {
  const web = (name: string, more: object = {}): ObjectFixture => release(name, { chartRef: { kind: 'OCIRepository', name: 'web' }, ...RETRYING, ...more });
  const [long, target] = ['r'.repeat(54), 'n'.repeat(50)];
  const program: Program = props => {
    const checked = new CheckedPlatform(props);
    const releases = [web(long), web('web', { targetNamespace: target }), web('given', { releaseName: 'web', targetNamespace: target }), web('s'.repeat(53))];
    const namespaces = checked.layer('target', [checked.component('target', namespace(target))]);
    checked.layer('releases', [checked.component('releases', chart('web'), ...releases)], { dependsOn: [checked.namespaces, namespaces] });
    return checked;
  };
  await Scene.play(`${CHECK}-release`, program, [CHECK], async scene => {
    await scene.converges();
    const nameOf = (name: string) => scene.object('HelmRelease', name, 'apps')!.status.history[0].name;
    expect(nameOf(long)).toMatch(/^r{40}-[0-9a-f]{12}$/);
    expect(nameOf('web')).toMatch(/^n{40}-[0-9a-f]{12}$/);
    expect([nameOf('given'), nameOf('s'.repeat(53))]).toEqual(['web', 's'.repeat(53)]);
    expect(scene.run.history.failures).toEqual([]);
  });
});

/** Kinds, and what they need to be taken. */
const KINDS: readonly (readonly [apiVersion: string, kind: string, fields: object])[] = [
  ['v1', 'ConfigMap', {}], ['v1', 'Secret', {}], ['v1', 'Service', service('').fields!], ['v1', 'ServiceAccount', {}], ['v1', 'Namespace', {}], ['v1', 'Pod', { spec: POD.spec }],
  ['v1', 'PersistentVolumeClaim', { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }],
  ['v1', 'ResourceQuota', { spec: {} }], ['apps/v1', 'Deployment', workload('Deployment')('').fields!],
  ['batch/v1', 'Job', job('').fields!], ['batch/v1', 'CronJob', cronJob('').fields!],
  ['networking.k8s.io/v1', 'Ingress', { spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } } }],
  ['networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {} } }],
  ['policy/v1', 'PodDisruptionBudget', { spec: { minAvailable: 1, selector: SELECTOR } }],
  ['autoscaling/v2', 'HorizontalPodAutoscaler', { spec: { maxReplicas: 2, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } } }],
  ['storage.k8s.io/v1', 'StorageClass', { provisioner: 'example.com/disk' }], ['scheduling.k8s.io/v1', 'PriorityClass', { value: 1 }],
  ['rbac.authorization.k8s.io/v1', 'Role', { rules: [] }], ['rbac.authorization.k8s.io/v1', 'ClusterRole', { rules: [] }],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding', { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'a' } }],
];

/** Kinds whose objects are taken with a longer name, and get no pods. */
const WORKLOADS = ['StatefulSet', 'DaemonSet'];

describe('the API server takes as many characters as the check:', () => {
  let cluster: TestCluster;

  beforeAll(async () => {
    cluster = await TestCluster.start(`claims-${CHECK}-api`);
  });

  afterAll(() => cluster?.stop());

  const apply = (apiVersion: string, kind: string, length: number, fields: object) =>
    cluster.api.apply({ apiVersion, kind, metadata: { name: 'w'.repeat(length), namespace: 'default' }, ...fields });

  test.each(KINDS)('%s %s', async (apiVersion, kind, fields) => {
    const limit = nameLengthLimit(apiVersion, kind);
    await apply(apiVersion, kind, Math.min(limit, 300), fields);
    if (limit < Infinity) {
      await expect(apply(apiVersion, kind, limit + 1, fields)).rejects.toThrow(new RegExp(`must be no more than ${limit} (characters|bytes)`));
    }
  });

  test.each(WORKLOADS)('%s, and one with more gets no pods', async kind => {
    const limit = nameLengthLimit('apps/v1', kind);
    const { fields } = workload(kind)('');
    const readyPods = async (length: number) => {
      const { status } = (await cluster.api.get('apps/v1', kind, 'default', 'w'.repeat(length)))!;
      return status?.readyReplicas ?? status?.numberReady ?? 0;
    };
    // What comes after it gets its pods, one by one.
    for (const length of [limit + 1, limit, limit - 1, limit - 2]) {
      await apply('apps/v1', kind, length, fields!);
      if (length <= limit) {
        await until(`${kind} of ${length} characters has a pod`, 60, async () => await readyPods(length) > 0 || undefined);
      }
    }
    expect(await readyPods(limit + 1)).toBe(0);
  });
});
