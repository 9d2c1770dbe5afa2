import { Cron, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Platform, Testing, components } from '../../../src';
import { refusalOf } from '../../flux/flux-fixtures';
import { manifestsOf } from '../component-fixtures';

const {
  App, ChartSource, ClusterSecretStore, ContainerSecurity, DashboardSource, Gateway, Grafana, MetricsTarget, NetworkPeer, RouteBackend, SecretSource,
  ServiceAccountReference, Statement,
} = components;
const store = ClusterSecretStore.fromName('aws-secrets-manager');
const gateway = Gateway.fromName('platform', 'infrastructure');
const grafana = Grafana.fromLabels({ dashboards: 'grafana' }, 'observability');
const podinfo = ChartSource.oci('oci://ghcr.io/stefanprodan/charts/podinfo', '6.9.2');
const readImages = Statement.allow({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::shop-images/*'] });

function container(options: Partial<kplus.ContainerProps> = {}): kplus.ContainerProps {
  return {
    image: 'ghcr.io/acme/shop:1.4.2',
    ports: [{ number: 8080, name: 'http' }],
    resources: { cpu: { request: kplus.Cpu.millis(50) }, memory: { request: Size.mebibytes(64), limit: Size.mebibytes(64) } },
    securityContext: ContainerSecurity.RESTRICTED,
    ...options,
  };
}

test('workloads with a secret, a route, rights on AWS, a dashboard and metrics', () => {
  const shop = new App(Testing.platform(), 'shop', { namespace: 'apps' });
  const database = shop.addSecret('database', SecretSource.fromStore(store, { url: 'shop/database#url' }));
  const deployment = new kplus.Deployment(shop, 'web', {
    serviceAccount: shop.account,
    containers: [container({ envVariables: { DATABASE_URL: database.envValue('url') } })],
  });
  const service = deployment.exposeViaService({ name: 'web', ports: [{ port: 80, targetPort: 8080 }] });
  shop.addRoute({ gateway, hostname: 'shop.example.com', backend: RouteBackend.service(service) });
  shop.grant(readImages);
  shop.addDashboard(grafana, DashboardSource.object({ uid: 'shop', title: 'Shop' }));
  shop.exposeMetrics({ port: 'http', matchLabels: deployment.matchLabels });
  expect(manifestsOf(shop)).toMatchSnapshot();
  expect(shop.serviceAccount).toEqual(ServiceAccountReference.fromName('shop', 'apps'));
  expect(shop.awsStatements).toEqual([readImages]);
  expect(shop.metricsEndpoints).toEqual([{ name: 'shop', target: MetricsTarget.POD, namespace: 'apps', matchLabels: deployment.matchLabels, port: 'http' }]);
});

test('a chart', () => {
  const platform = Testing.platform();
  const shop = new App(platform, 'shop', {
    namespace: 'apps',
    chart: podinfo,
    releaseName: 'shop-web',
    values: { replicaCount: 2 },
    serviceAccount: ServiceAccountReference.fromName('podinfo', 'apps'),
    provides: [{ apiVersion: 'v1', kind: 'Service', name: 'shop-podinfo', namespace: 'apps' }],
    labels: { team: 'shop' },
    directory: 'teams/shop',
    area: 'teams',
  });
  shop.addRoute({ gateway, backend: RouteBackend.fromName('shop-podinfo', 9898) });
  shop.grant(readImages);
  const files = Testing.synth(platform);
  expect(Object.keys(files)).toEqual(['helmrelease', 'httproute-shop', 'kustomization', 'ocirepository'].map(name => `teams/shop/${name}.yaml`));
  expect(files['teams/shop/helmrelease.yaml']).toMatchSnapshot();
  expect(shop.providedObjects.map(({ name }) => name)).toEqual(['shop-podinfo']);
  expect(shop.account.name).toBe('podinfo');
});

test('a chart is released under the name of the App', () => {
  const platform = Testing.platform();
  const shop = new App(platform, 'shop', { namespace: 'apps', chart: podinfo });
  expect(shop.release!.name).toBe('shop');
  Testing.repository(platform).hasObject('OCIRepository', 'shop', { spec: { ref: { tag: '6.9.2' } } });
});

test('a route takes its hostname from the domain, and a second one is told apart by its name', () => {
  const platform = Testing.platform();
  const shop = new App(platform, 'shop', { namespace: 'apps' });
  shop.addRoute({ gateway, backend: RouteBackend.fromName('web', 80) });
  const api = { gateway, listener: 'https', backend: RouteBackend.fromName('api', 80), pathPrefix: '/v1' };
  shop.addRoute({ ...api, name: 'shop-api', hostname: 'api.example.com' });
  const repository = Testing.repository(platform);
  repository.hasObject('HTTPRoute', 'shop', { spec: { hostnames: ['shop.${domain}'], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] } });
  repository.hasObject('HTTPRoute', 'shop-api', {
    spec: {
      hostnames: ['api.example.com'],
      parentRefs: [{ name: 'platform', namespace: 'infrastructure', sectionName: 'https' }],
      rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/v1' } }], backendRefs: [{ name: 'api', port: 80 }] }],
    },
  });
  expect(() => shop.addRoute(api)).toThrow('the App "shop" already has a route named "shop"; expected every name once: give this one another name.');
});

describe('the network policy of a route', () => {
  function policies(add: (app: components.App) => void): string[] {
    const platform = Testing.platform();
    add(new App(platform, 'shop', { namespace: 'apps' }));
    return Object.keys(Testing.synth(platform)).filter(path => path.includes('networkpolicy'));
  }

  test('is for the pods that the Service selects, said before or after', () => {
    const platform = Testing.platform();
    const shop = new App(platform, 'shop', { namespace: 'apps' });
    const service = new kplus.Service(shop, 'web', { ports: [{ port: 80 }] });
    shop.addRoute({ gateway, backend: RouteBackend.service(service), allowedPeers: [NetworkPeer.namespace('cart')] });
    service.selectLabel('app', 'web');
    Testing.repository(platform).hasObject('CiliumNetworkPolicy', 'shop', {
      spec: {
        endpointSelector: { matchLabels: { app: 'web' } },
        ingress: [{ fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'cart' } }] }, { fromEntities: ['ingress'] }],
      },
    });
  });

  test('is for the pods that are said', () => {
    expect(policies(app => app.addRoute({ gateway, backend: RouteBackend.fromName('web', 80), pods: { matchLabels: { app: 'web' } } })))
      .toEqual(['apps/base/shop/ciliumnetworkpolicy-shop.yaml']);
  });

  test('is left out where the pods are not known, and where it is not wanted', () => {
    expect(policies(app => app.addRoute({ gateway, backend: RouteBackend.fromName('web', 80) }))).toEqual([]);
    expect(policies(app => app.addRoute({ gateway, backend: RouteBackend.fromName('web', 80), pods: {}, networkPolicy: false }))).toEqual([]);
  });

  test('is refused where it is wanted and the pods are not known', () => {
    expect(() => policies(app => app.addRoute({ gateway, backend: RouteBackend.fromName('web', 80), networkPolicy: true })))
      .toThrow('the App "shop" is asked for a NetworkPolicy of its route "shop" to the Service web, whose pods are not known; '
        + 'expected their labels: give the route pods.');
  });
});

test('runs as a ServiceAccount that is given', () => {
  const platform = Testing.platform();
  const shop = new App(platform, 'shop', { namespace: 'apps', serviceAccount: ServiceAccountReference.fromName('shared', 'apps') });
  new kplus.Deployment(shop, 'web', { serviceAccount: shop.account, containers: [container()] });
  shop.grant(readImages);
  Testing.repository(platform).hasObject('Deployment', 'web', { spec: { template: { spec: { serviceAccountName: 'shared' } } } });
});

test('takes a Secret that is there', () => {
  const platform = Testing.platform();
  const shop = new App(platform, 'shop', { namespace: 'apps' });
  expect(shop.addSecret('token', SecretSource.fromName('github-token')).name).toBe('github-token');
  expect(() => shop.addSecret('token', SecretSource.fromName('other')))
    .toThrow('the App "shop" already has a secret named "token"; expected every name once: give this one another name.');
});

test('has several dashboards and endpoints', () => {
  const platform = Testing.platform();
  const shop = new App(platform, 'shop', { namespace: 'apps' });
  shop.addDashboard(grafana, DashboardSource.url('https://example.com/overview.json'));
  shop.addDashboard(grafana, DashboardSource.url('https://example.com/detail.json'), { name: 'shop-detail' });
  expect(() => shop.addDashboard(grafana, DashboardSource.url('https://example.com/third.json')))
    .toThrow('the App "shop" already has a dashboard named "shop"; expected every name once: give this one another name.');
  shop.exposeMetrics({ name: 'shop-api', target: MetricsTarget.SERVICE, port: 'metrics', matchLabels: { app: 'api' }, path: '/stats' });
  expect(shop.metricsEndpoints).toEqual([
    { name: 'shop-api', target: 'Service', namespace: 'apps', port: 'metrics', matchLabels: { app: 'api' }, path: '/stats' },
  ]);
  Testing.repository(platform).hasObject('GrafanaDashboard', 'shop-detail', { spec: { allowCrossNamespaceImport: true } });
});

test('refuses what leads nowhere', () => {
  const platform = Testing.platform();
  expect(() => new App(platform, 'shop', {})).toThrow('the App "shop" has no namespace; expected the one that it runs in: give it namespace.');
  expect(() => new App(platform, 'cart', { namespace: 'apps', values: { replicaCount: 2 } }))
    .toThrow('the App "cart" is given values and no chart; expected both or neither: give it chart, or take values out.');
  const chart = new App(platform, 'chart', { namespace: 'apps', chart: podinfo });
  const unknown = 'the App "chart" is a chart, and the ServiceAccount of its pods is not known; expected its name: '
    + 'give it serviceAccount: ServiceAccountReference.fromName(…).';
  expect(() => chart.grant(readImages)).toThrow(unknown);
  expect(() => chart.serviceAccount).toThrow(unknown);
  expect(() => chart.account).toThrow(unknown);
});

test('refuses rights on AWS that no pod has', () => {
  const platform = Testing.platform();
  const shop = new App(platform, 'shop', { namespace: 'apps' });
  new kplus.Deployment(shop, 'web', { containers: [container()] });
  shop.grant(readImages);
  expect(refusalOf(platform)).toEqual([
    'shop: the App "shop" has rights on AWS and no pod that runs as its ServiceAccount "shop"; expected one that does: '
    + 'give a workload serviceAccount: app.account.',
  ]);
});

describe('pods that Pod Security restricted would refuse', () => {
  function refusal(make: (app: components.App) => void, restricted?: boolean): string[] {
    const platform: Platform = Testing.platform();
    make(new App(platform, 'shop', { namespace: 'apps', restricted }));
    return refusalOf(platform);
  }

  test('are those that cdk8s-plus makes by itself', () => {
    expect(refusal(app => new kplus.Deployment(app, 'web', { containers: [container({ securityContext: undefined })] }))).toEqual([
      'shop: the Deployment "web" of the App "shop" gets no pods where Pod Security is restricted, because its container "main" lacks '
      + 'capabilities.drop: [ALL], seccompProfile.type: RuntimeDefault; expected what restricted asks for: '
      + 'give it securityContext: ContainerSecurity.RESTRICTED, or the App restricted: false.',
    ]);
  });

  test('are told of every kind of workload, and of init containers', () => {
    const privileged: kplus.ContainerSecurityContextProps = { privileged: true, allowPrivilegeEscalation: true, ensureNonRoot: false, user: 0 };
    const problems = refusal(app => {
      new kplus.CronJob(app, 'nightly', { schedule: Cron.daily(), containers: [container({ securityContext: {} })] });
      new kplus.Pod(app, 'once', { initContainers: [container({ name: 'init', ports: [], securityContext: privileged })], containers: [container()] });
    });
    expect(problems.map(problem => /^shop: the (\w+) .*container "(\w+)" lacks (.*); expected/.exec(problem)!.slice(1))).toEqual([
      ['CronJob', 'main', 'capabilities.drop: [ALL], seccompProfile.type: RuntimeDefault'],
      ['Pod', 'init', 'allowPrivilegeEscalation: false, privileged: false, capabilities.drop: [ALL], runAsNonRoot: true, runAsUser above 0, '
        + 'seccompProfile.type: RuntimeDefault'],
    ]);
  });

  test('are let through where the namespace is not restricted', () => {
    expect(refusal(app => new kplus.Deployment(app, 'web', { containers: [container({ securityContext: undefined })] }), false)).toEqual([]);
  });
});
