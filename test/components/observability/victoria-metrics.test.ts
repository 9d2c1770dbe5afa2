import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { parse } from 'yaml';
import { Platform, Testing, components } from '../../../src';
import { refusalOf } from '../../flux/flux-fixtures';
import { schemaErrors } from '../../schema';
import { manifestsOf } from '../component-fixtures';

const { ClusterSecretStore, Gateway, MetricsBackup, MetricsStorage, SecretSource, VictoriaMetrics } = components;
const gateway = Gateway.fromName('platform', 'infrastructure');
const store = ClusterSecretStore.fromName('aws-secrets-manager');

function valuesOf(platform: Platform, id = 'victoriametrics'): any {
  return parse(Testing.synth(platform)[`observability/base/${id}/helmrelease.yaml`]).spec.values;
}

/** What the definitions of the operator's objects say against the specifications that the chart makes them of. */
function specificationProblems(values: any): string[] {
  const kinds: [string, any][] = [
    ['VMAgent', { remoteWrite: [], ...values.vmagent.spec }],
    ['VMAlert', { datasource: { url: 'http://metrics' }, ...values.vmalert.spec }],
    ['VMAlertmanager', values.alertmanager.spec],
    ['VMCluster', values.vmcluster?.spec],
    ['VMSingle', values.vmsingle.spec],
  ];
  return kinds.filter(([, spec]) => spec !== undefined).flatMap(([kind, spec]) =>
    schemaErrors({ apiVersion: 'operator.victoriametrics.com/v1beta1', kind, spec } as any).map(error => `${kind}: ${error}`));
}

test('defaults', () => {
  const platform = Testing.platform();
  expect(manifestsOf(new VictoriaMetrics(platform, 'victoriametrics'))).toMatchSnapshot();
  expect(specificationProblems(valuesOf(platform))).toEqual([]);
});

test('everything set', () => {
  const platform = Testing.platform();
  const resources = { cpu: { request: Cpu.millis(500) }, memory: { request: Size.gibibytes(4), limit: Size.gibibytes(8) } };
  expect(manifestsOf(new VictoriaMetrics(platform, 'metrics', {
    namespace: 'monitoring',
    storage: MetricsStorage.cluster({
      retention: Duration.days(90),
      replicationFactor: 3,
      storageReplicas: 5,
      selectReplicas: 3,
      insertReplicas: 1,
      size: Size.gibibytes(200),
      storageClass: 'gp3',
      storageResources: resources,
      selectResources: resources,
      insertResources: resources,
    }),
    backup: MetricsBackup.s3({ bucket: 'acme-metrics', path: 'production', license: SecretSource.fromStore(store, { license: 'victoria-metrics#license' }) }),
    scrapeInterval: Duration.seconds(15),
    externalLabels: { region: 'eu-west-3' },
    agentResources: resources,
    alertmanagerConfig: SecretSource.fromStore(store, { 'alertmanager.yaml': 'observability/alertmanager' }),
    alertmanagerReplicas: 3,
    alertmanagerSize: Size.gibibytes(2),
    alertmanagerStorageClass: 'gp3',
    alertingResources: resources,
    defaultRules: false,
    dashboardLabels: { dashboards: 'grafana' },
    managedControlPlane: false,
    nodeExporter: false,
    kubeStateMetrics: false,
    operatorResources: resources,
    route: { gateway, listener: 'https', hostname: 'metrics.example.com' },
    alertmanagerRoute: { gateway, hostname: 'alerts.example.com' },
    clients: [components.NetworkPeer.pods('shop', { app: 'importer' })],
    values: { syncJob: { backoffLimit: 5 } },
  }))).toMatchSnapshot();
  expect(specificationProblems(valuesOf(platform, 'metrics'))).toEqual([]);
});

test('stores metrics in one pod with what is said of it', () => {
  const platform = Testing.platform();
  new VictoriaMetrics(platform, 'victoriametrics', {
    storage: MetricsStorage.single({
      retention: Duration.hours(36), size: Size.gibibytes(10), storageClass: 'gp3', resources: { memory: { limit: Size.gibibytes(1) } },
    }),
  });
  expect(valuesOf(platform).vmsingle.spec).toEqual({
    retentionPeriod: '36h',
    storage: { resources: { requests: { storage: '10Gi' } }, storageClassName: 'gp3' },
    useDefaultResources: false,
    resources: { limits: { memory: '1Gi' } },
  });
});

test('says where it is read from and written to', () => {
  const platform = Testing.platform();
  const single = new VictoriaMetrics(platform, 'single');
  const cluster = new VictoriaMetrics(platform, 'cluster', { namespace: 'monitoring', storage: MetricsStorage.cluster(), alerting: false });
  expect([single.readUrl, single.writeUrl, single.alertmanagerUrl]).toEqual([
    'http://vmsingle-victoria-metrics-k8s-stack.observability.svc:8428',
    'http://vmsingle-victoria-metrics-k8s-stack.observability.svc:8428/api/v1/write',
    'http://vmalertmanager-victoria-metrics-k8s-stack.observability.svc:9093',
  ]);
  expect([cluster.readUrl, cluster.writeUrl, cluster.alertmanagerUrl]).toEqual([
    'http://vmselect-victoria-metrics-k8s-stack.monitoring.svc:8481/select/0/prometheus',
    'http://vminsert-victoria-metrics-k8s-stack.monitoring.svc:8480/insert/0/prometheus/api/v1/write',
    undefined,
  ]);
});

test('scrapes the Services and the pods of other components', () => {
  const platform = Testing.platform();
  const metrics = new VictoriaMetrics(platform, 'victoriametrics');
  metrics.scrape(new components.ExternalSecrets(platform, 'external-secrets'));
  metrics.scrape({
    metricsEndpoints: [{
      name: 'flux', target: components.MetricsTarget.POD, namespace: 'flux-system', matchLabels: { 'app.kubernetes.io/part-of': 'flux' }, port: 'http-prom', path: '/prom',
    }],
  });
  const manifests = manifestsOf(metrics);
  expect(manifests.match(/^# .*scrape.*$/gm)).toEqual([
    '# vmpodscrape-flux.yaml',
    '# vmservicescrape-external-secrets-cert-controller.yaml',
    '# vmservicescrape-external-secrets-webhook.yaml',
    '# vmservicescrape-external-secrets.yaml',
  ]);
  expect(manifests).toContain(`\
kind: VMServiceScrape
metadata:
  name: external-secrets
  namespace: observability
spec:
  namespaceSelector:
    matchNames:
      - security
  selector:
    matchLabels:
      app.kubernetes.io/name: external-secrets
      app.kubernetes.io/instance: external-secrets
  endpoints:
    - port: metrics
`);
  expect(manifests).toContain(`\
  podMetricsEndpoints:
    - port: http-prom
      path: /prom
`);
});

test('refuses two endpoints of one name', () => {
  const platform = Testing.platform();
  const metrics = new VictoriaMetrics(platform, 'victoriametrics');
  const operator = new components.ExternalSecrets(platform, 'external-secrets');
  metrics.scrape(operator);
  expect(() => metrics.scrape(operator)).toThrow(new Error('victoriametrics is to scrape two metrics endpoints named "external-secrets"; '
    + 'expected every name once: scrape each component once, or add a ServiceScrape of another name for the second one.'));
});

test('fetches nothing where neither rules nor dashboards of the chart are wanted', () => {
  const platform = Testing.platform();
  new VictoriaMetrics(platform, 'victoriametrics', { defaultRules: false });
  expect(valuesOf(platform)).toMatchObject({ syncJob: { enabled: false }, defaultRules: { enabled: false }, defaultDashboards: { enabled: false } });
});

test('calls AWS for backups alone', () => {
  const platform = Testing.platform();
  const backup = MetricsBackup.s3({ bucket: 'acme-metrics', path: 'dev', license: SecretSource.fromName('license') });
  const single = new VictoriaMetrics(platform, 'single', { backup });
  expect(single.awsStatements.map(statement => statement.toStatementJson())).toEqual([
    { Effect: 'Allow', Action: ['s3:ListBucket'], Resource: ['arn:aws:s3:::acme-metrics'] },
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], Resource: ['arn:aws:s3:::acme-metrics/dev/*'] },
  ]);
  expect(single.serviceAccount).toEqual(components.ServiceAccountReference.fromName('vmsingle-victoria-metrics-k8s-stack', 'observability'));
  expect(valuesOf(platform, 'single').vmsingle.spec.vmBackup.destination).toBe('s3://acme-metrics/dev');
  const cluster = new VictoriaMetrics(platform, 'cluster', { storage: MetricsStorage.cluster() });
  expect(cluster.awsStatements).toEqual([]);
  expect(cluster.serviceAccount.name).toBe('vmcluster-victoria-metrics-k8s-stack');
});

test('lets everybody in where there is a route and no network policy is wanted', () => {
  const platform = Testing.platform();
  new VictoriaMetrics(platform, 'victoriametrics', { route: { gateway }, networkPolicy: false });
  const files = Object.keys(Testing.synth(platform));
  expect(files).toContain('observability/base/victoriametrics/httproute-victoriametrics.yaml');
  expect(files.filter(path => path.includes('networkpolicy'))).toEqual([]);
});

test('links in Alertmanager\'s messages lead to its route', () => {
  const platform = Testing.platform();
  new VictoriaMetrics(platform, 'victoriametrics', { alertmanagerRoute: { gateway } });
  expect(valuesOf(platform).alertmanager.spec.externalURL).toBe('https://alertmanager.${domain}');
});

test('refuses Alertmanager\'s settings where there is no alerting', () => {
  const platform = Testing.platform();
  new VictoriaMetrics(platform, 'victoriametrics', { alerting: false, alertmanagerConfig: SecretSource.fromName('alerts'), alertmanagerRoute: { gateway } });
  expect(refusalOf(platform)).toEqual([
    'victoriametrics: victoriametrics has alertmanagerConfig, and no alerting; expected alerting with it: turn alerting on, or leave alertmanagerConfig out.',
    'victoriametrics: victoriametrics has alertmanagerRoute, and no alerting; expected alerting with it: turn alerting on, or leave alertmanagerRoute out.',
  ]);
});

test('refuses a configuration of Alertmanager under another key', () => {
  expect(() => new VictoriaMetrics(Testing.platform(), 'victoriametrics', { alertmanagerConfig: SecretSource.fromStore(store, { config: 'alertmanager' }) }))
    .toThrow(new Error('victoriametrics needs the key alertmanager.yaml in its Secret "alertmanager-config", which has config; '
      + 'expected alertmanager.yaml: name each of them.'));
});

test('refuses a retention that the storage does not start with', () => {
  expect(() => MetricsStorage.single({ retention: Duration.hours(12) })).toThrow(new Error('data is to be kept for 12 hours; '
    + 'expected 24 of them at least, because what stores it does not start with less: give a longer retention.'));
});

test('refuses more copies than there are pods', () => {
  expect(() => MetricsStorage.cluster({ replicationFactor: 4 })).toThrow(new Error('metrics are to be on 4 of 3 pods that store; '
    + 'expected a number from 1 to 3: change replicationFactor, or storageReplicas.'));
});
