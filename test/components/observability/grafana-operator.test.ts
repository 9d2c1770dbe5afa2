import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Testing, components, flux } from '../../../src';
import { manifestsOf } from '../component-fixtures';

const { GrafanaOperator } = components;

test('defaults', () => {
  expect(manifestsOf(new GrafanaOperator(Testing.platform(), 'grafana'))).toMatchSnapshot();
});

test('everything set', () => {
  expect(manifestsOf(new GrafanaOperator(Testing.platform(), 'grafana', {
    namespace: 'monitoring',
    replicas: 2,
    watchNamespaces: ['apps', 'monitoring', 'tooling'],
    concurrency: 4,
    resources: { cpu: { request: Cpu.millis(100) }, memory: { request: Size.mebibytes(256), limit: Size.mebibytes(512) } },
    logLevel: components.GrafanaOperatorLogLevel.DEBUG,
    values: { clusterDomain: 'cluster.local' },
  }))).toMatchSnapshot();
});

test('values win over what the component sets', () => {
  const platform = Testing.platform();
  new GrafanaOperator(platform, 'grafana', { values: { logging: { encoder: 'console' } } });
  Testing.repository(platform).hasObject('HelmRelease', 'grafana-operator', { spec: { values: { logging: { encoder: 'console', level: 'info' } } } });
});

test('the definitions are left to the layer before, unless the release says otherwise', () => {
  const platform = Testing.platform();
  new GrafanaOperator(platform, 'grafana', { release: { install: { createNamespace: true } } });
  Testing.repository(platform).hasObject('HelmRelease', 'grafana-operator', { spec: { install: { crds: 'Skip', createNamespace: true } } });
  const other = Testing.platform();
  new GrafanaOperator(other, 'grafana', { release: { install: { crds: flux.HelmCrdsPolicy.CREATE } } });
  Testing.repository(other).hasObject('HelmRelease', 'grafana-operator', { spec: { install: { crds: 'Create' } } });
});

test('says where its metrics are', () => {
  expect(new GrafanaOperator(Testing.platform(), 'grafana').metricsEndpoints).toEqual([{
    name: 'grafana-operator',
    namespace: 'observability',
    matchLabels: { 'app.kubernetes.io/name': 'grafana-operator', 'app.kubernetes.io/instance': 'grafana-operator' },
    port: 'metrics',
  }]);
});
