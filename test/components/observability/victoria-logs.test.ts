import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Testing, components } from '../../../src';
import { manifestsOf } from '../component-fixtures';

const { Gateway, LogsStorage, VictoriaLogs } = components;
const gateway = Gateway.fromName('platform', 'infrastructure');
const resources = { cpu: { request: Cpu.millis(500) }, memory: { request: Size.gibibytes(1), limit: Size.gibibytes(2) } };

test('defaults', () => {
  expect(manifestsOf(new VictoriaLogs(Testing.platform(), 'victorialogs'))).toMatchSnapshot();
});

test('everything set', () => {
  expect(manifestsOf(new VictoriaLogs(Testing.platform(), 'logs', {
    namespace: 'logging',
    storage: LogsStorage.cluster({
      retention: Duration.days(90),
      maxDiskUsage: Size.gibibytes(180),
      storageReplicas: 3,
      selectReplicas: 1,
      insertReplicas: 4,
      size: Size.gibibytes(200),
      storageClass: 'gp3',
      storageResources: resources,
      selectResources: resources,
      insertResources: resources,
    }),
    collectorResources: resources,
    route: { gateway, listener: 'https', hostname: 'logs.example.com' },
    clients: [components.NetworkPeer.namespace('grafana')],
    values: { vector: { podPriorityClassName: 'system-node-critical' } },
  }))).toMatchSnapshot();
});

test('stores logs in one pod with what is said of it', () => {
  const platform = Testing.platform();
  new VictoriaLogs(platform, 'victorialogs', {
    storage: LogsStorage.single({
      retention: Duration.days(7), maxDiskUsage: Size.gibibytes(8), size: Size.gibibytes(10), storageClass: 'gp3', resources,
    }),
    collector: false,
  });
  Testing.repository(platform).hasObject('HelmRelease', 'victoria-logs-single', {
    spec: {
      values: {
        server: {
          retentionPeriod: '7d',
          retentionDiskSpaceUsage: '8GiB',
          persistentVolume: { size: '10Gi', storageClassName: 'gp3' },
          resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { memory: '2Gi' } },
        },
      },
    },
  });
});

test('collects no logs where something else does', () => {
  const logs = new VictoriaLogs(Testing.platform(), 'victorialogs', { collector: false });
  expect(manifestsOf(logs)).not.toContain('vector');
  expect(logs.metricsEndpoints.map(({ name }) => name)).toEqual(['victoria-logs-single-server']);
});

test('says where it is read from and written to, and where its metrics are', () => {
  const platform = Testing.platform();
  const single = new VictoriaLogs(platform, 'single');
  const cluster = new VictoriaLogs(platform, 'cluster', { namespace: 'logging', storage: LogsStorage.cluster() });
  expect(single.readUrl).toBe('http://victoria-logs-single-server.observability.svc:9428');
  expect(cluster.readUrl).toBe('http://victoria-logs-cluster-vlselect.logging.svc:9471');
  expect(single.writeUrl).toBe(single.readUrl);
  expect(cluster.writeUrl).toBe('http://victoria-logs-cluster-vlinsert.logging.svc:9481');
  expect(single.metricsEndpoints).toEqual([
    {
      name: 'victoria-logs-single-server',
      namespace: 'observability',
      matchLabels: {
        'app.kubernetes.io/name': 'victoria-logs-single', 'app.kubernetes.io/instance': 'victoria-logs-single', 'app.kubernetes.io/component': 'server',
      },
      port: 'http',
    },
    {
      name: 'victoria-logs-single-vector',
      target: components.MetricsTarget.POD,
      namespace: 'observability',
      matchLabels: { 'app.kubernetes.io/name': 'vector', 'app.kubernetes.io/instance': 'victoria-logs-single' },
      port: 'prom-exporter',
    },
  ]);
  expect(cluster.metricsEndpoints.map(({ name }) => name)).toEqual([
    'victoria-logs-cluster-vlinsert', 'victoria-logs-cluster-vlselect', 'victoria-logs-cluster-vlstorage', 'victoria-logs-cluster-vector',
  ]);
});

test('lets everybody in where there is a route and no network policy is wanted', () => {
  const platform = Testing.platform();
  new VictoriaLogs(platform, 'victorialogs', { route: { gateway }, networkPolicy: false });
  Testing.repository(platform).hasObject('HTTPRoute', 'victorialogs', {
    spec: { hostnames: ['victorialogs.${domain}'], rules: [{ backendRefs: [{ name: 'victoria-logs-single-server', port: 9428 }] }] },
  });
  expect(Object.keys(Testing.synth(platform)).filter(path => path.includes('networkpolicy'))).toEqual([]);
});

test('refuses a retention that the storage does not start with', () => {
  expect(() => LogsStorage.cluster({ retention: Duration.hours(2) })).toThrow(new Error('data is to be kept for 2 hours; '
    + 'expected 24 of them at least, because what stores it does not start with less: give a longer retention.'));
});

test('refuses more logs than the volume has room for', () => {
  expect(() => LogsStorage.single({ maxDiskUsage: Size.gibibytes(60) })).toThrow(new Error('logs may take 60Gi of a volume of 50Gi; '
    + 'expected no more than it has: change maxDiskUsage, or size.'));
});
