import { Duration } from 'cdk8s';
import { components } from '../../../src';
import { fileOf, refusalOf, stand } from '../../flux/flux-fixtures';

const { ClusterSecretStore, Grafana, GrafanaDatasource, SecretSource } = components;
const grafana = Grafana.fromLabels({ dashboards: 'grafana' }, 'team');
const elsewhere = Grafana.fromLabels({ dashboards: 'grafana' }, 'observability');
const store = ClusterSecretStore.fromName('aws-secrets-manager');
const url = 'http://metrics:8428';

test('Prometheus', () => {
  const { platform, component } = stand();
  GrafanaDatasource.prometheus(component, 'metrics', { grafana, url, isDefault: true });
  expect(fileOf(platform, 'GrafanaDatasource', 'metrics')).toMatchSnapshot();
});

test('VictoriaLogs brings its plugin', () => {
  const { platform, component } = stand();
  GrafanaDatasource.victoriaLogs(component, 'logs', { grafana, url: 'http://logs:9428' });
  expect(fileOf(platform, 'GrafanaDatasource', 'logs')).toMatchSnapshot();
});

test('everything set', () => {
  const { platform, component } = stand();
  new GrafanaDatasource(component, 'central', {
    metadata: { name: 'mimir' },
    grafana: elsewhere,
    type: 'prometheus',
    access: components.GrafanaDatasourceAccess.DIRECT,
    url: 'https://mimir.example.com/prometheus',
    displayName: 'Mimir',
    uid: 'mimir-central',
    isDefault: true,
    editable: true,
    basicAuthUser: 'reader',
    jsonData: { timeInterval: '30s', httpHeaderName1: 'X-Scope-OrgID' },
    secureJsonData: { basicAuthPassword: '${password}', httpHeaderValue1: '${team}-${stage}' },
    secret: SecretSource.fromStore(store, { password: 'mimir#password', team: 'mimir#team', stage: 'mimir#stage' }),
    plugins: [{ name: 'grafana-clock-panel', version: '2.1.8' }],
    resyncPeriod: Duration.minutes(1),
  });
  expect(fileOf(platform, 'GrafanaDatasource', 'mimir')).toMatchSnapshot();
  expect(fileOf(platform, 'ExternalSecret', 'mimir')).toContain('secretKey: stage');
});

test('is found by its uid', () => {
  const { component } = stand();
  expect(GrafanaDatasource.prometheus(component, 'metrics', { grafana, url }).datasourceUid).toBe('metrics');
  expect(GrafanaDatasource.prometheus(component, 'other', { grafana, url, uid: 'two' }).datasourceUid).toBe('two');
  expect(GrafanaDatasource.fromUid('loki')).toEqual({ datasourceUid: 'loki' });
});

test('refuses a Secret that lacks a key it names', () => {
  const { component } = stand();
  expect(() => GrafanaDatasource.prometheus(component, 'metrics', {
    grafana, url, secureJsonData: { httpHeaderValue1: 'Bearer ${token}' }, secret: SecretSource.fromStore(store, { bearer: 'metrics#token' }),
  })).toThrow('stand/metrics needs the key token in its Secret "metrics", which has bearer; expected token: name each of them.');
});

test.each([
  [{ uid: 'metrics.main' }, 'has the uid "metrics.main"; expected at most 40 letters, digits, "-" and "_": give it another uid.'],
  [{ grafana: Grafana.fromLabels({}) }, 'is for a Grafana without labels, which the operator takes for every Grafana; '
    + 'expected at least one label: name one in Grafana.fromLabels(…).'],
  [{ secureJsonData: { httpHeaderValue1: 'Bearer abc' } }, 'has the secret httpHeaderValue1 as it is, which would be in the repository; '
    + 'expected a text with a key of its Secret, such as ${token}: name the key, and the Secret with secret.'],
  [{ secureJsonData: { httpHeaderValue1: '${token}' } }, 'names keys in secureJsonData and no Secret that has them; '
    + 'expected one: say with secret where it comes from.'],
  [{ secret: SecretSource.fromName('token') }, 'has a Secret and nothing that is read from it; expected a field such as httpHeaderValue1: name it in secureJsonData.'],
  [{ basicAuthUser: 'reader' }, 'signs in as "reader" without a password; expected basicAuthPassword in secureJsonData: add it.'],
])('refuses %j', (options, problem) => {
  const { platform, component } = stand();
  GrafanaDatasource.prometheus(component, 'metrics', { grafana, url, ...options });
  expect(refusalOf(platform)).toEqual([`stand/metrics: the GrafanaDatasource "metrics" ${problem}`]);
});
