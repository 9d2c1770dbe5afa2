import { Duration } from 'cdk8s';
import { components } from '../../../src';
import { fileOf, refusalOf, stand } from '../../flux/flux-fixtures';

const { PodScrape, ServiceScrape, StaticScrape } = components;
const matchLabels = { app: 'shop' };

/** Everything that can be said of how metrics are asked for. */
const options = {
  path: '/metrics/prometheus',
  params: { 'collect[]': ['cpu', 'memory'] },
  interval: Duration.minutes(1),
  timeout: Duration.seconds(20),
  https: true,
  insecureSkipVerify: true,
  honorLabels: true,
  dropMetrics: ['go_.*', 'process_.*'],
};

test('a ServiceScrape collects from the pods behind Services', () => {
  const { platform, component } = stand();
  new ServiceScrape(component, 'shop', { matchLabels, endpoints: [{ port: 'metrics' }] });
  expect(fileOf(platform, 'VMServiceScrape', 'shop')).toBe(`\
apiVersion: operator.victoriametrics.com/v1beta1
kind: VMServiceScrape
metadata:
  name: shop
  namespace: team
spec:
  selector:
    matchLabels:
      app: shop
  endpoints:
    - port: metrics
`);
});

test('a ServiceScrape with everything set', () => {
  const { platform, component } = stand();
  new ServiceScrape(component, 'shop', {
    metadata: { name: 'store' }, matchLabels, namespaces: ['shop', 'shop-test'], jobLabel: 'app', endpoints: [{ port: 'metrics' }, { port: 'admin', ...options }],
  });
  expect(fileOf(platform, 'VMServiceScrape', 'store')).toMatchSnapshot();
});

test('a PodScrape with everything set', () => {
  const { platform, component } = stand();
  new PodScrape(component, 'shop', {
    metadata: { name: 'store' }, matchLabels, namespaces: ['shop'], jobLabel: 'app', endpoints: [{ port: 'metrics', ...options }],
  });
  expect(fileOf(platform, 'VMPodScrape', 'store')).toMatchSnapshot();
});

test('a StaticScrape collects from hosts', () => {
  const { platform, component } = stand();
  new StaticScrape(component, 'database', { targets: ['db.example.com:9187'] });
  expect(fileOf(platform, 'VMStaticScrape', 'database')).toBe(`\
apiVersion: operator.victoriametrics.com/v1beta1
kind: VMStaticScrape
metadata:
  name: database
  namespace: team
spec:
  jobName: database
  targetEndpoints:
    - targets:
        - db.example.com:9187
`);
});

test('a StaticScrape with everything set', () => {
  const { platform, component } = stand();
  new StaticScrape(component, 'database', {
    metadata: { name: 'db' }, targets: ['db-0.example.com:9187', 'db-1.example.com:9187'], labels: { team: 'data' }, jobName: 'postgres', ...options,
  });
  expect(fileOf(platform, 'VMStaticScrape', 'db')).toMatchSnapshot();
});

test('refuses what selects everything, or asks for nothing', () => {
  const { platform, component } = stand();
  new ServiceScrape(component, 'services', { matchLabels: {}, endpoints: [] });
  new PodScrape(component, 'pods', { matchLabels: {}, endpoints: [] });
  expect(refusalOf(platform)).toEqual([
    'stand/pods: the VMPodScrape "pods" has no endpoints; expected at least one: say which port tells metrics.',
    'stand/pods: the VMPodScrape "pods" selects pods by no label, which selects every one; expected at least one label: give matchLabels.',
    'stand/services: the VMServiceScrape "services" has no endpoints; expected at least one: say which port tells metrics.',
    'stand/services: the VMServiceScrape "services" selects Services by no label, which selects every one; expected at least one label: give matchLabels.',
  ]);
});

test('refuses targets that are no hosts', () => {
  const { platform, component } = stand();
  new StaticScrape(component, 'none', { targets: [] });
  new StaticScrape(component, 'url', { targets: ['https://db.example.com:9187/metrics'] });
  expect(refusalOf(platform)).toEqual([
    'stand/none: the VMStaticScrape "none" has no targets; expected at least one: name a host with its port.',
    'stand/url: the VMStaticScrape "url" has the target "https://db.example.com:9187/metrics"; expected a host with its port, such as db.example.com:9187: '
      + 'say the path with path, and TLS with https.',
  ]);
});
