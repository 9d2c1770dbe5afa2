import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Platform, Testing, components } from '../../../src';
import { refusalOf } from '../../flux/flux-fixtures';
import { manifestsOf } from '../component-fixtures';

const { ClusterSecretStore, DatabaseSslMode, Gateway, NetworkPeer, SecretSource, Zitadel } = components;
const store = ClusterSecretStore.fromName('aws-secrets-manager');
const gateway = Gateway.fromName('platform', 'infrastructure');
const passthrough = Gateway.fromName('passthrough', 'infrastructure');
/** What has no default. */
const needed: components.ZitadelProps = {
  database: {
    host: 'postgresql.example.com', database: 'zitadel', username: 'zitadel', password: SecretSource.fromStore(store, { password: 'zitadel/database#password' }),
  },
  masterkey: SecretSource.fromStore(store, { masterkey: 'zitadel/masterkey' }),
  adminPassword: SecretSource.fromStore(store, { password: 'zitadel/admin#password' }),
};

function zitadel(props: Partial<components.ZitadelProps> = {}, platform: Platform = Testing.platform()): components.Zitadel {
  return new Zitadel(platform, 'zitadel', { ...needed, ...props });
}

function releaseOf(component: components.Zitadel): any {
  return Testing.repository(component.node.root as Platform).object(`${component.directory}/helmrelease.yaml`).spec;
}

function resources(memory: number) {
  return { cpu: { request: Cpu.millis(10) }, memory: { request: Size.mebibytes(memory), limit: Size.mebibytes(2 * memory) } };
}

test('defaults', () => {
  expect(manifestsOf(zitadel())).toMatchSnapshot();
});

test('everything set', () => {
  expect(manifestsOf(zitadel({
    namespace: 'identity',
    database: {
      host: 'zitadel-rw.databases',
      port: 5433,
      database: 'identity',
      username: 'owner',
      password: SecretSource.fromName('zitadel-app'),
      sslMode: DatabaseSslMode.VERIFY_FULL,
      certificateAuthority: { secretName: 'zitadel-ca' },
    },
    masterkey: SecretSource.fromName('zitadel-key'),
    adminPassword: SecretSource.fromName('zitadel-first-login'),
    adminUsername: 'root',
    adminEmail: 'platform@example.com',
    organization: 'Example',
    route: { gateway, listener: 'https', hostname: 'auth.example.com' },
    login: true,
    loginKey: SecretSource.fromStore(store, { 'tls.crt': 'zitadel/login#certificate', 'tls.key': 'zitadel/login#key' }),
    networkPolicy: true,
    allowedPeers: [NetworkPeer.namespace('monitoring')],
    replicas: 2,
    resources: resources(100),
    loginResources: resources(200),
    jobResources: resources(300),
    values: { podAnnotations: { team: 'identity' } },
    release: { suspend: false },
  }))).toMatchSnapshot();
});

test('ends TLS itself, with a certificate of the program and without logins of its own', () => {
  expect(manifestsOf(zitadel({ route: { gateway: passthrough }, certificate: { secretName: 'zitadel-tls' } }))).toMatchSnapshot();
});

test('is reached at its name below the domain, logins at their path of it', () => {
  const platform = Testing.platform();
  const component = zitadel({ route: { gateway } }, platform);
  Testing.repository(platform).hasObject('HTTPRoute', 'zitadel', {
    spec: {
      parentRefs: [{ name: 'platform', namespace: 'infrastructure' }],
      hostnames: ['zitadel.${domain}'],
      rules: [
        { matches: [{ path: { type: 'PathPrefix', value: '/ui/v2/login' } }], backendRefs: [{ name: 'zitadel-login', port: 3000 }] },
        { backendRefs: [{ name: 'zitadel', port: 8080 }] },
      ],
    },
  });
  expect(releaseOf(component).values.zitadel.configmapConfig).toMatchObject({ ExternalDomain: 'zitadel.${domain}', ExternalPort: 443, ExternalSecure: true });
  expect(component.issuer).toMatch(/^https:\/\/zitadel\./);
});

test('nobody but the Gateway, logins and those who collect metrics gets at it', () => {
  const platform = Testing.platform();
  zitadel({ route: { gateway } }, platform);
  const repository = Testing.repository(platform);
  const on = (...ports: string[]) => [{ ports: ports.map(port => ({ port, protocol: 'TCP' })) }];
  const observability = { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'observability' } };
  repository.hasObject('CiliumNetworkPolicy', 'zitadel', {
    spec: {
      endpointSelector: {
        matchLabels: { 'app.kubernetes.io/name': 'zitadel', 'app.kubernetes.io/instance': 'zitadel', 'app.kubernetes.io/component': 'start' },
      },
      ingress: [
        {
          fromEndpoints: [
            {
              matchLabels: {
                'k8s:io.kubernetes.pod.namespace': 'security', 'app.kubernetes.io/name': 'zitadel-login', 'app.kubernetes.io/instance': 'zitadel',
              },
            },
            observability,
          ],
          toPorts: on('8080'),
        },
        { fromEntities: ['ingress'], toPorts: on('8080') },
      ],
    },
  });
  repository.hasObject('CiliumNetworkPolicy', 'zitadel-login', {
    spec: {
      endpointSelector: { matchLabels: { 'app.kubernetes.io/name': 'zitadel-login', 'app.kubernetes.io/instance': 'zitadel' } },
      ingress: [{ fromEntities: ['ingress'], toPorts: on('3000') }, { fromEndpoints: [observability], toPorts: on('3000', '9464') }],
    },
  });
});

test('with no other peers, its logins are open to the Gateway alone', () => {
  const platform = Testing.platform();
  zitadel({ route: { gateway }, allowedPeers: [] }, platform);
  Testing.repository(platform).hasObject('CiliumNetworkPolicy', 'zitadel-login', {
    spec: { ingress: [{ fromEntities: ['ingress'], toPorts: [{ ports: [{ port: '3000', protocol: 'TCP' }] }] }] },
  });
});

test('the network policies can be left out', () => {
  const platform = Testing.platform();
  zitadel({ route: { gateway }, networkPolicy: false }, platform);
  expect(Testing.repository(platform).paths.filter(path => path.includes('networkpolicy'))).toEqual([]);
});

test('has the pages of its first login where it has no others', () => {
  const component = zitadel({ route: { gateway }, login: false });
  const { values } = releaseOf(component);
  expect(values.login).toEqual({ enabled: false });
  expect(values.zitadel.configmapConfig.DefaultInstance).toEqual({ Features: { LoginV2: { Required: false } } });
  expect(component.providedObjects.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['Deployment zitadel', 'Service zitadel', 'ServiceAccount zitadel']);
});

test('no value of a secret is in its configuration: they come from Secrets', () => {
  const { values } = releaseOf(zitadel());
  expect(values.zitadel.masterkeySecretName).toBe('zitadel-masterkey');
  expect(values.env).toEqual([
    { name: 'ZITADEL_DATABASE_POSTGRES_USER_PASSWORD', valueFrom: { secretKeyRef: { name: 'zitadel-database', key: 'password' } } },
    { name: 'ZITADEL_FIRSTINSTANCE_ORG_HUMAN_PASSWORD', valueFrom: { secretKeyRef: { name: 'zitadel-admin', key: 'password' } } },
  ]);
});

test('the first to log in is a person, and there is nothing to clean up after a machine', () => {
  const { values } = releaseOf(zitadel());
  expect(values.zitadel.configmapConfig.FirstInstance.Org).toEqual({
    Name: 'ZITADEL', Human: { UserName: 'zitadel-admin', PasswordChangeRequired: true }, Machine: null,
  });
  expect(values.cleanupJob).toEqual({ enabled: false });
});

test('is installed without the internet, which the chart\'s schema asks for, unless the user wants it checked', () => {
  expect(releaseOf(zitadel())).toMatchObject({
    timeout: '15m', install: { disableSchemaValidation: true }, upgrade: { disableSchemaValidation: true },
  });
  expect(releaseOf(zitadel({
    release: { timeout: Duration.minutes(30), install: { disableSchemaValidation: false }, upgrade: { disableSchemaValidation: false } },
  }))).toMatchObject({ timeout: '30m', install: { disableSchemaValidation: false }, upgrade: { disableSchemaValidation: false } });
});

test('says where its metrics are', () => {
  const of = (name: string) => ({
    name, namespace: 'security', matchLabels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': 'zitadel' },
  });
  expect(zitadel().metricsEndpoints).toEqual([
    { ...of('zitadel'), port: 'http2-server', path: '/debug/metrics' },
    { ...of('zitadel-login'), port: 'metrics' },
  ]);
  expect(zitadel({ certificate: { secretName: 'zitadel-tls' } }).metricsEndpoints).toEqual([]);
});

test('refuses a login of its own behind a Gateway that sees no paths', () => {
  const platform = Testing.platform();
  zitadel({ certificate: { secretName: 'zitadel-tls' }, login: true }, platform);
  expect(refusalOf(platform)).toEqual([
    'zitadel: the Zitadel "zitadel" has a certificate, so that a Gateway passes TLS through to it, and a login of its own, which only a Gateway '
    + 'that ends TLS can send requests to; expected one of them: leave certificate or login out.',
  ]);
});

test('refuses Secrets that lack a key', () => {
  expect(() => zitadel({ masterkey: SecretSource.fromStore(store, { key: 'zitadel/masterkey' }) }))
    .toThrow('zitadel needs the key masterkey in its Secret "zitadel-masterkey", which has key; expected masterkey: name each of them.');
  expect(() => zitadel({ loginKey: SecretSource.fromStore(store, { 'tls.key': 'zitadel/login#key' }) }))
    .toThrow('zitadel needs the key tls.crt in its Secret "zitadel-login-key", which has tls.key; expected tls.crt, tls.key: name each of them.');
});
