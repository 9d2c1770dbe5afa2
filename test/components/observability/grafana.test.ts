import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Component, Platform, Testing, components } from '../../../src';
import { refusalOf } from '../../flux/flux-fixtures';
import { manifestsOf } from '../component-fixtures';

const { ClusterSecretStore, Gateway, Grafana, NetworkPeer, SecretSource } = components;
const store = ClusterSecretStore.fromName('aws-secrets-manager');
const gateway = Gateway.fromName('platform', 'infrastructure');

function stand(): { platform: Platform; component: Component } {
  const platform = Testing.platform();
  return { platform, component: new Component(platform, 'grafana', { area: 'observability', namespace: 'observability' }) };
}

test('defaults', () => {
  const { component } = stand();
  new Grafana(component, 'grafana');
  expect(manifestsOf(component)).toMatchSnapshot();
});

test('everything set, with a database', () => {
  const { component } = stand();
  new Grafana(component, 'main', {
    metadata: { name: 'team-grafana', namespace: 'team', labels: { team: 'shop' } },
    instanceLabels: { grafana: 'team' },
    image: 'registry.example.com/grafana:13.0.1',
    replicas: 2,
    resources: { cpu: { request: Cpu.millis(200) }, memory: { request: Size.mebibytes(512), limit: Size.gibibytes(1) } },
    admin: SecretSource.fromStore(store, { username: 'grafana/admin#username', password: 'grafana/admin#password' }),
    oidc: {
      name: 'Zitadel',
      authUrl: 'https://auth.example.com/oauth/v2/authorize',
      tokenUrl: 'https://auth.example.com/oauth/v2/token',
      userInfoUrl: 'https://auth.example.com/oidc/v1/userinfo',
      client: SecretSource.extractFromStore(store, 'grafana/oidc'),
      scopes: ['openid', 'email', 'groups'],
      roleAttributePath: "contains(groups[*], 'admin') && 'Admin'",
      roleAttributeStrict: true,
      signUp: false,
      autoLogin: true,
      signOutUrl: 'https://auth.example.com/oidc/v1/end_session',
    },
    database: { host: 'grafana-db-rw:5432', name: 'dashboards', credentials: SecretSource.fromName('grafana-db-app'), tls: false },
    route: { gateway, listener: 'https', hostname: 'dashboards.example.com' },
    networkPolicy: true,
    allowedPeers: [NetworkPeer.namespace('observability')],
    config: { users: { default_theme: 'light' }, security: { cookie_samesite: 'strict' } },
  });
  expect(manifestsOf(component)).toMatchSnapshot();
});

test('keeps a file on a volume, which one pod mounts at a time', () => {
  const { component } = stand();
  new Grafana(component, 'grafana', { storage: Size.gibibytes(10), storageClass: 'gp3' });
  expect(manifestsOf(component)).toMatchSnapshot();
});

test('is reached at its name below the domain, and by nobody but the Gateway and its namespace', () => {
  const { platform, component } = stand();
  const grafana = new Grafana(component, 'grafana', { route: { gateway } });
  const repository = Testing.repository(platform);
  repository.hasObject('HTTPRoute', 'grafana', { spec: { hostnames: ['grafana.${domain}'], rules: [{ backendRefs: [{ name: 'grafana-service', port: 3000 }] }] } });
  repository.hasObject('Grafana', 'grafana', { spec: { config: { server: { root_url: 'https://grafana.${domain}' }, security: { cookie_secure: 'true' } } } });
  repository.hasObject('CiliumNetworkPolicy', 'grafana', {
    spec: {
      endpointSelector: { matchLabels: { app: 'grafana' } },
      ingress: [
        {
          fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'observability' } }],
          toPorts: [{ ports: [{ port: '3000', protocol: 'TCP' }] }],
        },
        { fromEntities: ['ingress'], toPorts: [{ ports: [{ port: '3000', protocol: 'TCP' }] }] },
      ],
    },
  });
  expect(grafana.route!.hostnames).toHaveLength(1);
});

test('the network policy can be left out', () => {
  const { platform, component } = stand();
  new Grafana(component, 'grafana', { route: { gateway }, networkPolicy: false });
  expect(Testing.repository(platform).paths.filter(path => path.includes('networkpolicy'))).toEqual([]);
});

test('follows the version that the platform has for it', () => {
  const platform = Testing.platform({ versions: { grafana: { app: '13.1.0' } } });
  const component = new Component(platform, 'grafana', { area: 'observability', namespace: 'observability' });
  new Grafana(component, 'grafana');
  Testing.repository(platform).hasObject('Grafana', 'grafana', { spec: { version: '13.1.0' } });
});

test('says what the operator makes of it, and where its metrics are', () => {
  const { component } = stand();
  const grafana = new Grafana(component, 'grafana');
  expect(component.providedObjects.map(({ kind, name, namespace }) => `${kind} ${namespace}/${name}`)).toEqual([
    'Deployment observability/grafana-deployment', 'Service observability/grafana-service', 'ServiceAccount observability/grafana-sa',
  ]);
  expect(grafana.metricsEndpoints).toEqual([{
    name: 'grafana',
    namespace: 'observability',
    matchLabels: { 'dashboards': 'grafana', 'app.kubernetes.io/managed-by': 'grafana-operator' },
    port: 'grafana',
  }]);
  expect(grafana.url).toBeUndefined();
});

test('is known by its labels where the program does not make it', () => {
  expect(Grafana.fromLabels({ dashboards: 'central' }, 'monitoring')).toEqual({ grafanaLabels: { dashboards: 'central' }, grafanaNamespace: 'monitoring' });
});

test('refuses a Secret that lacks a key', () => {
  const { component } = stand();
  expect(() => new Grafana(component, 'grafana', { admin: SecretSource.fromStore(store, { user: 'grafana#user', password: 'grafana#password' }) }))
    .toThrow('grafana/grafana needs the key username in its Secret "grafana-admin", which has user, password; expected username, password: name each of them.');
});

test('refuses pods that would not share what people make', () => {
  const { platform, component } = stand();
  new Grafana(component, 'grafana', { replicas: 2, storage: Size.gibibytes(1) });
  expect(refusalOf(platform)).toEqual([
    'grafana/grafana: the Grafana "grafana" has 2 replicas and a volume, which one pod alone can mount; expected one or the other: '
    + 'leave storage out, the database keeps the data.',
    'grafana/grafana: the Grafana "grafana" has 2 replicas and no database, so that each would keep users and dashboards of its own; '
    + 'expected a database that they share: give it database, or one replica.',
  ]);
});

test('refuses a class of a volume that is not there', () => {
  const { platform, component } = stand();
  new Grafana(component, 'grafana', { storageClass: 'gp3' });
  expect(refusalOf(platform)).toEqual([
    'grafana/grafana: the Grafana "grafana" has a storageClass and no volume; expected its size: give it storage.',
  ]);
});

test('refuses secrets in its config, and takes references to them', () => {
  const { platform, component } = stand();
  new Grafana(component, 'grafana', {
    config: { 'smtp': { password: 'hunter2', host: 'smtp:25' }, 'auth.github': { client_secret: '$__env{GITHUB_SECRET}', token_url: 'https://github.com' } },
  });
  expect(refusalOf(platform)).toEqual([
    'grafana/grafana: the Grafana "grafana" has smtp.password in its config, which would be in the repository; '
    + 'expected a reference such as $__file{…}: refer to it, or use admin, oidc or database.',
  ]);
});

test('refuses to have no labels', () => {
  const { platform, component } = stand();
  new Grafana(component, 'grafana', { instanceLabels: {} });
  expect(refusalOf(platform)).toEqual([
    'grafana/grafana: the Grafana "grafana" has no instanceLabels, so that nothing can be for it; expected at least one: leave instanceLabels out.',
  ]);
});
