import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Testing, components } from '../../../src';
import { refusalOf } from '../../flux/flux-fixtures';
import { manifestsOf } from '../component-fixtures';

const { ClusterSecretStore, FluxOperator, FluxOperatorLogLevel, Gateway, SecretSource } = components;
const gateway = Gateway.fromName('platform', 'infrastructure');

test('defaults', () => {
  expect(manifestsOf(new FluxOperator(Testing.platform(), 'flux-operator'))).toMatchSnapshot();
});

test('everything set', () => {
  expect(manifestsOf(new FluxOperator(Testing.platform(), 'flux-operator', {
    resources: { cpu: { request: Cpu.millis(200), limit: Cpu.units(1) }, memory: { request: Size.mebibytes(256), limit: Size.gibibytes(2) } },
    priorityClassName: 'platform',
    multitenant: true,
    defaultServiceAccount: 'tenant',
    reportingInterval: Duration.seconds(30),
    logLevel: FluxOperatorLogLevel.DEBUG,
    webUi: true,
    route: { gateway, listener: 'https', hostname: 'flux.example.com' },
    webConfig: SecretSource.fromStore(ClusterSecretStore.fromName('aws'), { 'config.yaml': 'flux/web-config' }),
    networkPolicy: true,
    values: { podSecurityContext: { fsGroup: 1000 } },
  }))).toMatchSnapshot();
});

test('its web pages are served where there is a route, and reached by the Gateway alone', () => {
  const platform = Testing.platform();
  new FluxOperator(platform, 'flux-operator', { route: { gateway } });
  const repository = Testing.repository(platform);
  repository.hasObject('HelmRelease', 'flux-operator', { spec: { values: { web: { enabled: true, networkPolicy: { create: false } } } } });
  repository.hasObject('HTTPRoute', 'flux-operator', { spec: { hostnames: ['flux-operator.${domain}'], rules: [{ backendRefs: [{ name: 'flux-operator', port: 9080 }] }] } });
  repository.hasObject('CiliumNetworkPolicy', 'flux-operator', {
    spec: {
      ingress: [
        { fromEntities: ['ingress'], toPorts: [{ ports: [{ port: 'http-web', protocol: 'TCP' }] }] },
        { fromEntities: ['cluster'], toPorts: [{ ports: [{ port: 'http-metrics', protocol: 'TCP' }] }] },
      ],
    },
  });
});

test('without the network policy, the chart\'s own lets the cluster reach the web pages', () => {
  const platform = Testing.platform();
  new FluxOperator(platform, 'flux-operator', { route: { gateway }, networkPolicy: false });
  const repository = Testing.repository(platform);
  repository.hasObject('HelmRelease', 'flux-operator', { spec: { values: { web: { enabled: true, networkPolicy: { create: true } } } } });
  expect(repository.paths.filter(path => path.includes('networkpolicy'))).toEqual([]);
});

test('a configuration of the web pages can be a Secret that is there', () => {
  const platform = Testing.platform();
  new FluxOperator(platform, 'flux-operator', { webUi: true, webConfig: SecretSource.fromName('web') });
  Testing.repository(platform).hasObject('HelmRelease', 'flux-operator', { spec: { values: { web: { configSecretName: 'web' } } } });
});

test('says where its metrics are', () => {
  expect(new FluxOperator(Testing.platform(), 'flux-operator').metricsEndpoints).toEqual([{
    name: 'flux-operator',
    namespace: 'flux-system',
    matchLabels: { 'app.kubernetes.io/name': 'flux-operator', 'app.kubernetes.io/instance': 'flux-operator' },
    port: 'http',
  }]);
});

test('refuses what goes with web pages that are off, and an account for tenants that are not kept apart', () => {
  const platform = Testing.platform();
  new FluxOperator(platform, 'flux-operator', { webUi: false, route: { gateway }, webConfig: SecretSource.fromName('web'), defaultServiceAccount: 'tenant' });
  expect(refusalOf(platform)).toEqual([
    'flux-operator: the Flux Operator has a configuration of web pages that it does not serve; expected both or neither: set webUi, or leave webConfig out.',
    'flux-operator: the Flux Operator has a route to web pages that it does not serve; expected both or neither: leave webUi out, or route.',
    'flux-operator: the Flux Operator has the ServiceAccount "tenant" for tenants that it does not keep apart; expected multitenant with it: set that, too, or leave '
    + 'defaultServiceAccount out.',
  ]);
});
