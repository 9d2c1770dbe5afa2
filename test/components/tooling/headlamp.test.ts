import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Testing, components } from '../../../src';
import { refusalOf } from '../../flux/flux-fixtures';
import { manifestsOf } from '../component-fixtures';

const { ClusterSecretStore, Gateway, Headlamp, NetworkPeer, SecretSource } = components;
const store = ClusterSecretStore.fromName('aws-secrets-manager');
const gateway = Gateway.fromName('platform', 'infrastructure');
const client = SecretSource.fromStore(store, {
  OIDC_CLIENT_ID: 'headlamp/oidc#id', OIDC_CLIENT_SECRET: 'headlamp/oidc#secret', OIDC_ISSUER_URL: 'headlamp/oidc#issuer',
});

function valuesOf(props: components.HeadlampProps): any {
  const platform = Testing.platform();
  new Headlamp(platform, 'headlamp', props);
  return Testing.repository(platform).object('tooling/base/headlamp/helmrelease.yaml').spec.values;
}

test('defaults', () => {
  expect(manifestsOf(new Headlamp(Testing.platform(), 'headlamp'))).toMatchSnapshot();
});

test('everything set', () => {
  expect(manifestsOf(new Headlamp(Testing.platform(), 'headlamp', {
    namespace: 'tools',
    oidc: { client: SecretSource.extractFromStore(store, 'headlamp/oidc'), scopes: true, pkce: true, useAccessToken: true },
    clusterRole: 'headlamp-reader',
    plugins: [
      { name: 'flux', source: 'https://artifacthub.io/packages/headlamp/headlamp-plugins/headlamp_flux', version: '0.4.0' },
      { name: 'cert-manager', source: 'https://artifacthub.io/packages/headlamp/headlamp-plugins/headlamp_cert-manager', version: '0.1.0' },
    ],
    route: { gateway, listener: 'https', hostname: 'cluster.example.com' },
    networkPolicy: true,
    allowedPeers: [NetworkPeer.namespace('tools')],
    replicas: 1,
    resources: { cpu: { request: Cpu.millis(50) }, memory: { request: Size.mebibytes(256), limit: Size.mebibytes(512) } },
    pluginResources: { memory: { limit: Size.gibibytes(2) } },
    values: { config: { enableHelm: true } },
    release: { suspend: false },
  }))).toMatchSnapshot();
});

test('is reached at its name below the domain, and by nobody but the Gateway', () => {
  const platform = Testing.platform();
  const headlamp = new Headlamp(platform, 'headlamp', { route: { gateway } });
  const repository = Testing.repository(platform);
  repository.hasObject('HTTPRoute', 'headlamp', {
    spec: {
      parentRefs: [{ name: 'platform', namespace: 'infrastructure' }],
      hostnames: ['headlamp.${domain}'],
      rules: [{ backendRefs: [{ name: 'headlamp', port: 80 }] }],
    },
  });
  repository.hasObject('CiliumNetworkPolicy', 'headlamp', {
    spec: {
      endpointSelector: { matchLabels: { 'app.kubernetes.io/name': 'headlamp', 'app.kubernetes.io/instance': 'headlamp' } },
      ingress: [{ fromEntities: ['ingress'], toPorts: [{ ports: [{ port: '4466', protocol: 'TCP' }] }] }],
    },
  });
  expect(headlamp.url).toMatch(/^https:\/\/headlamp\./);
});

test('the network policy can be left out', () => {
  const platform = Testing.platform();
  new Headlamp(platform, 'headlamp', { route: { gateway }, networkPolicy: false });
  expect(Testing.repository(platform).paths.filter(path => path.includes('networkpolicy'))).toEqual([]);
});

test('has its client in a Secret of its own, and tells the identity provider where people come back to', () => {
  const platform = Testing.platform();
  new Headlamp(platform, 'headlamp', { oidc: { client }, route: { gateway, hostname: 'cluster.example.com' } });
  const repository = Testing.repository(platform);
  repository.hasObject('ExternalSecret', 'headlamp-oidc', { spec: { target: { name: 'headlamp-oidc' }, secretStoreRef: { name: 'aws-secrets-manager' } } });
  repository.hasObject('HelmRelease', 'headlamp', {
    spec: {
      values: {
        config: { oidc: { secret: { create: false }, externalSecret: { enabled: true, name: 'headlamp-oidc', hasScopes: false } } },
        env: [
          { name: 'OIDC_CALLBACK_URL', value: 'https://cluster.example.com/oidc-callback' },
          { name: 'OIDC_USE_PKCE', value: 'true' },
        ],
      },
    },
  });
});

test('does without PKCE where the identity provider does', () => {
  expect(valuesOf({ oidc: { client, pkce: false }, route: { gateway, hostname: 'cluster.example.com' } }).env).toEqual([
    { name: 'OIDC_CALLBACK_URL', value: 'https://cluster.example.com/oidc-callback' },
  ]);
});

test('takes a client whose Secret is there', () => {
  const values = valuesOf({ oidc: { client: SecretSource.fromName('headlamp-client') } });
  expect(values.config.oidc.externalSecret).toEqual({ enabled: true, name: 'headlamp-client', hasScopes: false });
});

test('lets its own ServiceAccount look, and no more', () => {
  expect(valuesOf({}).clusterRoleBinding).toEqual({ clusterRoleName: 'view' });
});

test('one of several pods stays', () => {
  expect(valuesOf({ replicas: 2 })).toMatchObject({ replicaCount: 2, podDisruptionBudget: { enabled: true, minAvailable: 1 } });
});

test('says what its chart brings', () => {
  const headlamp = new Headlamp(Testing.platform(), 'headlamp');
  expect(headlamp.providedObjects.map(({ kind, name, namespace }) => `${kind} ${namespace}/${name}`)).toEqual([
    'Deployment tooling/headlamp', 'Service tooling/headlamp', 'ServiceAccount tooling/headlamp',
  ]);
});

test('refuses a client that lacks keys', () => {
  const platform = Testing.platform();
  expect(() => new Headlamp(platform, 'headlamp', { oidc: { client, scopes: true } }))
    .toThrow('headlamp needs the key OIDC_SCOPES in its Secret "headlamp-oidc", which has OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_ISSUER_URL; '
      + 'expected OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_ISSUER_URL, OIDC_SCOPES: name each of them.');
});

test('refuses several pods with a login that ends at the one that it began at', () => {
  const platform = Testing.platform();
  new Headlamp(platform, 'headlamp', { oidc: { client }, replicas: 2 });
  expect(refusalOf(platform)).toEqual([
    'headlamp: the Headlamp "headlamp" is to run 2 pods with a login by OIDC, which has to end at the pod that it began at; '
    + 'expected one pod: leave replicas out.',
  ]);
});
