import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Testing, components } from '../../../src';
import { refusalOf } from '../../flux/flux-fixtures';
import { manifestsOf } from '../component-fixtures';

const { ClusterSecretStore, Gateway, Homepage, HomepageGroupStyle, HomepageTheme, HomepageWidget, NetworkPeer, SecretSource } = components;
const store = ClusterSecretStore.fromName('aws-secrets-manager');
const gateway = Gateway.fromName('platform', 'infrastructure');

function valuesOf(props: components.HomepageProps): any {
  const platform = Testing.platform();
  new Homepage(platform, 'homepage', props);
  return Testing.repository(platform).object('tooling/base/homepage/helmrelease.yaml').spec.values;
}

test('defaults', () => {
  expect(manifestsOf(new Homepage(Testing.platform(), 'homepage'))).toMatchSnapshot();
});

test('everything set', () => {
  expect(manifestsOf(new Homepage(Testing.platform(), 'start', {
    namespace: 'tools',
    title: 'Example',
    theme: HomepageTheme.DARK,
    color: 'slate',
    settings: { headerStyle: 'clean' },
    groups: [
      {
        name: 'Platform',
        icon: 'mdi-home',
        style: HomepageGroupStyle.ROW,
        columns: 3,
        tab: 'Tools',
        services: [
          {
            name: 'Grafana',
            href: 'https://grafana.example.com',
            icon: 'grafana.svg',
            description: 'Dashboards',
            siteMonitor: 'http://grafana-service.observability:3000',
            namespace: 'observability',
            app: 'grafana',
            podSelector: 'app=grafana',
            widget: {
              type: 'grafana',
              url: 'http://grafana-service.observability:3000',
              options: { username: '{{HOMEPAGE_VAR_GRAFANA_USER}}', password: '{{HOMEPAGE_VAR_GRAFANA_PASSWORD}}' },
            },
          },
          { name: 'Harbor', href: 'https://harbor.example.com' },
        ],
      },
      { name: 'Applications', services: [{ name: 'Shop', href: 'https://shop.example.com' }] },
    ],
    bookmarks: [{
      name: 'Documentation',
      bookmarks: [
        { name: 'Flux', href: 'https://fluxcd.io', abbreviation: 'FL' },
        { name: 'Kubernetes', href: 'https://kubernetes.io', icon: 'kubernetes.svg' },
      ],
    }],
    widgets: [
      HomepageWidget.kubernetes({ label: 'production', nodes: true }),
      HomepageWidget.search('duckduckgo'),
      HomepageWidget.dateTime('short', 'long'),
      HomepageWidget.greeting('Hello'),
      HomepageWidget.of('openmeteo', { latitude: 48.85, longitude: 2.35 }),
    ],
    kubernetes: true,
    secrets: SecretSource.fromStore(store, {
      HOMEPAGE_VAR_GRAFANA_USER: 'homepage/grafana#username', HOMEPAGE_VAR_GRAFANA_PASSWORD: 'homepage/grafana#password',
    }),
    route: { gateway, listener: 'https', hostname: 'start.example.com' },
    allowedHosts: ['homepage.tools:3000'],
    networkPolicy: true,
    allowedPeers: [NetworkPeer.namespace('tools')],
    replicas: 2,
    resources: { cpu: { request: Cpu.millis(50) }, memory: { request: Size.mebibytes(256), limit: Size.mebibytes(512) } },
    values: { priorityClassName: 'low' },
    release: { suspend: false },
  }))).toMatchSnapshot();
});

test('is reached at its name below the domain, by nobody but the Gateway, and answers to that name alone', () => {
  const platform = Testing.platform();
  new Homepage(platform, 'homepage', { route: { gateway } });
  const repository = Testing.repository(platform);
  repository.hasObject('HTTPRoute', 'homepage', {
    spec: {
      parentRefs: [{ name: 'platform', namespace: 'infrastructure' }],
      hostnames: ['homepage.${domain}'],
      rules: [{ backendRefs: [{ name: 'homepage', port: 3000 }] }],
    },
  });
  repository.hasObject('CiliumNetworkPolicy', 'homepage', {
    spec: {
      endpointSelector: { matchLabels: { 'app.kubernetes.io/name': 'homepage', 'app.kubernetes.io/instance': 'homepage' } },
      ingress: [{ fromEntities: ['ingress'], toPorts: [{ ports: [{ port: '3000', protocol: 'TCP' }] }] }],
    },
  });
  repository.hasObject('HelmRelease', 'homepage', {
    spec: { values: { env: [{ name: 'HOMEPAGE_ALLOWED_HOSTS', value: 'homepage.${domain}' }, { name: 'LOG_TARGETS', value: 'stdout' }] } },
  });
});

test('the network policy can be left out', () => {
  const platform = Testing.platform();
  new Homepage(platform, 'homepage', { route: { gateway }, networkPolicy: false });
  expect(Testing.repository(platform).paths.filter(path => path.includes('networkpolicy'))).toEqual([]);
});

test('groups and what is in them stay in the order in which they are said', () => {
  const { config } = valuesOf({
    groups: ['Zebra', 'Ant'].map(name => ({ name, services: ['b', 'a'].map(service => ({ name: service, href: `https://${service}.example.com` })) })),
  });
  expect(config.services).toEqual(['Zebra', 'Ant'].map(name => ({
    [name]: [{ b: { href: 'https://b.example.com' } }, { a: { href: 'https://a.example.com' } }],
  })));
  expect(config.settings.layout).toEqual([{ Zebra: {} }, { Ant: {} }]);
});

test('has nothing of the examples that its chart begins with', () => {
  expect(valuesOf({}).config).toEqual({
    settings: { title: 'Homepage' }, services: [], bookmarks: [], widgets: [], kubernetes: { mode: 'cluster', gateway: true },
  });
});

test('sees nothing of the cluster, and has no token for it, where it is not to', () => {
  expect(valuesOf({ kubernetes: false })).toMatchObject({
    config: { kubernetes: { mode: 'disabled' } },
    enableRbac: false,
    serviceAccount: { create: false },
    automountServiceAccountToken: false,
  });
});

test('has the variables of its texts from a Secret', () => {
  const widget = { type: 'grafana', url: 'http://grafana:3000', options: { key: '{{HOMEPAGE_VAR_KEY}}' } };
  const values = valuesOf({
    groups: [{ name: 'Platform', services: [{ name: 'Grafana', href: 'https://grafana.example.com', widget }] }],
    secrets: SecretSource.fromName('homepage-keys'),
  });
  expect(values.envFrom).toEqual([{ secretRef: { name: 'homepage-keys' } }]);
});

test('says what its chart brings', () => {
  const homepage = new Homepage(Testing.platform(), 'homepage');
  expect(homepage.providedObjects.map(({ kind, name, namespace }) => `${kind} ${namespace}/${name}`)).toEqual([
    'Deployment tooling/homepage', 'Service tooling/homepage',
  ]);
  expect(homepage.url).toMatch(/^https:\/\/homepage\./);
});

test('refuses variables that it has nowhere to have from', () => {
  const platform = Testing.platform();
  const settings = { background: '{{HOMEPAGE_VAR_IMAGE}}' };
  new Homepage(platform, 'one', { settings });
  new Homepage(platform, 'two', { settings, title: '{{HOMEPAGE_VAR_TITLE}}', namespace: 'other' });
  expect(refusalOf(platform)).toEqual([
    'one: the Homepage "one" has HOMEPAGE_VAR_IMAGE in its texts, and no secrets; expected where to have it from: add secrets.',
    'two: the Homepage "two" has HOMEPAGE_VAR_TITLE, HOMEPAGE_VAR_IMAGE in its texts, and no secrets; expected where to have them from: add secrets.',
  ]);
});

test('refuses secrets that lack a variable of its texts', () => {
  const secrets = SecretSource.fromStore(store, { HOMEPAGE_VAR_KEY: 'homepage#key' });
  expect(() => new Homepage(Testing.platform(), 'homepage', { title: '{{HOMEPAGE_VAR_TITLE}}', secrets }))
    .toThrow('homepage needs the key HOMEPAGE_VAR_TITLE in its Secret "homepage-variables", which has HOMEPAGE_VAR_KEY; '
      + 'expected HOMEPAGE_VAR_TITLE: name each of them.');
});
