import { Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import { Platform, Testing, components, flux } from '../../../src';
import { refusalOf } from '../../flux/flux-fixtures';
import { manifestsOf } from '../component-fixtures';

const { ClusterSecretStore, DatabaseSslMode, Gateway, Harbor, HarborLogLevel, HarborStorage, NetworkPeer, SecretSource } = components;
const store = ClusterSecretStore.fromName('aws-secrets-manager');
const gateway = Gateway.fromName('platform', 'infrastructure');
const credentials = SecretSource.fromStore(store, {
  REGISTRY_STORAGE_S3_ACCESSKEY: 'harbor/s3#access-key', REGISTRY_STORAGE_S3_SECRETKEY: 'harbor/s3#secret-key',
});
/** What has no default. */
const needed: components.HarborProps = {
  database: {
    host: 'postgresql.example.com', database: 'harbor', username: 'harbor', password: SecretSource.fromStore(store, { password: 'harbor/database#password' }),
  },
  redis: { address: 'valkey.example.com:6379' },
  storage: HarborStorage.s3({ bucket: 'images', credentials }),
  adminPassword: SecretSource.fromStore(store, { HARBOR_ADMIN_PASSWORD: 'harbor/admin#password' }),
  internalSecrets: SecretSource.extractFromStore(store, 'harbor/internal'),
};

function harbor(props: Partial<components.HarborProps> = {}, platform: Platform = Testing.platform()): components.Harbor {
  return new Harbor(platform, 'harbor', { ...needed, ...props });
}

function valuesOf(component: components.Harbor): any {
  return Testing.repository(component.node.root as Platform).object(`${component.directory}/helmrelease.yaml`).spec.values;
}

function resources(memory: number): ContainerResources {
  return { cpu: { request: Cpu.millis(10) }, memory: { request: Size.mebibytes(memory), limit: Size.mebibytes(2 * memory) } };
}

test('defaults', () => {
  expect(manifestsOf(harbor())).toMatchSnapshot();
});

test('everything set', () => {
  expect(manifestsOf(harbor({
    namespace: 'registry',
    database: {
      host: 'harbor-rw.databases',
      port: 5433,
      database: 'registry',
      username: 'owner',
      password: SecretSource.fromName('harbor-app'),
      sslMode: DatabaseSslMode.VERIFY_FULL,
      certificateAuthority: { secretName: 'harbor-ca' },
    },
    redis: {
      address: 'sentinel-0:26379,sentinel-1:26379',
      sentinelMasterSet: 'main',
      username: 'harbor',
      password: SecretSource.fromStore(store, { password: 'harbor/valkey#password' }),
      tls: true,
    },
    storage: HarborStorage.s3({ bucket: 'images', region: 'eu-central-1', rootDirectory: '/harbor', redirect: false, credentials }),
    adminPassword: SecretSource.fromName('harbor-first-login'),
    internalSecrets: SecretSource.fromName('harbor-trust'),
    route: { gateway, listener: 'https', hostname: 'registry.example.com' },
    externalUrl: 'https://images.example.com',
    networkPolicy: true,
    allowedPeers: [NetworkPeer.namespace('ci')],
    replicas: 2,
    resources: {
      core: resources(10),
      portal: resources(20),
      nginx: resources(30),
      jobservice: resources(40),
      registry: resources(50),
      registryController: resources(60),
      trivy: resources(70),
      exporter: resources(80),
    },
    trivy: true,
    trivyStorage: Size.gibibytes(20),
    logLevel: HarborLogLevel.WARNING,
    values: { trivy: { ignoreUnfixed: true } },
    release: { suspend: false },
  }))).toMatchSnapshot();
});

test('keeps images on a volume, whose pod goes before the next one comes', () => {
  const values = valuesOf(harbor({ storage: HarborStorage.volume({ size: Size.gibibytes(100), storageClass: 'gp3' }) }));
  expect(values.persistence).toEqual({
    persistentVolumeClaim: { trivy: { size: '5Gi' }, registry: { size: '100Gi', storageClass: 'gp3' } },
    imageChartStorage: { type: 'filesystem' },
  });
  expect(values.updateStrategy).toEqual({ type: 'Recreate' });
});

test('keeps images in a bucket of the cluster\'s region, with an access key', () => {
  const component = harbor();
  expect(valuesOf(component).persistence.imageChartStorage).toEqual({
    type: 's3', disableredirect: false, s3: { bucket: 'images', region: '${cluster_region}', existingSecret: 'harbor-s3' },
  });
  expect(component.awsStatements).toEqual([]);
  expect(component.serviceAccount).toEqual(components.ServiceAccountReference.fromName('default', 'tooling'));
});

test('says what an access key has to be allowed', () => {
  expect(needed.storage.awsStatements.map(statement => statement.toStatementJson())).toEqual([
    {
      Effect: 'Allow',
      Action: ['s3:ListBucket', 's3:GetBucketLocation', 's3:ListBucketMultipartUploads'],
      Resource: ['arn:aws:s3:::images'],
    },
    {
      Effect: 'Allow',
      Action: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'],
      Resource: ['arn:aws:s3:::images/*'],
    },
  ]);
});

test('gives the registry an identity of its own where it is to use one', () => {
  const storage = HarborStorage.s3WithPodIdentity({ bucket: 'images' });
  const component = harbor({ storage });
  expect(component.awsStatements).toEqual(storage.awsStatements);
  expect(component.awsStatements).toHaveLength(2);
  expect(component.serviceAccount).toEqual(components.ServiceAccountReference.fromName('harbor-registry', 'tooling'));
  expect(valuesOf(component).registry.serviceAccountName).toBe('harbor-registry');
  expect(manifestsOf(component)).toContain('# serviceaccount-harbor-registry.yaml');
});

test('needs no rights on AWS where images are on a volume', () => {
  const component = harbor({ storage: HarborStorage.volume({ size: Size.gibibytes(10) }) });
  expect(component.awsStatements).toEqual([]);
});

test('is reached at its name below the domain, and by nobody but the Gateway', () => {
  const platform = Testing.platform();
  const component = harbor({ route: { gateway } }, platform);
  const repository = Testing.repository(platform);
  repository.hasObject('HTTPRoute', 'harbor', {
    spec: {
      parentRefs: [{ name: 'platform', namespace: 'infrastructure' }],
      hostnames: ['harbor.${domain}'],
      rules: [{ backendRefs: [{ name: 'harbor', port: 80 }] }],
    },
  });
  repository.hasObject('CiliumNetworkPolicy', 'harbor', {
    spec: {
      endpointSelector: { matchLabels: { release: 'harbor', app: 'harbor', component: 'nginx' } },
      ingress: [{ fromEntities: ['ingress'], toPorts: [{ ports: [{ port: '8080', protocol: 'TCP' }] }] }],
    },
  });
  expect(valuesOf(component).externalURL).toBe('https://harbor.${domain}');
});

test('the network policy can be left out', () => {
  const platform = Testing.platform();
  harbor({ route: { gateway }, networkPolicy: false }, platform);
  expect(Testing.repository(platform).paths.filter(path => path.includes('networkpolicy'))).toEqual([]);
});

test('has the password of Redis from Flux, ahead of what the user adds', () => {
  const platform = Testing.platform();
  harbor({
    redis: { ...needed.redis, password: SecretSource.fromName('valkey') },
    release: { valuesFrom: [flux.ValuesSource.configMap('more')] },
  }, platform);
  Testing.repository(platform).hasObject('HelmRelease', 'harbor', {
    spec: {
      valuesFrom: [
        { kind: 'Secret', name: 'valkey', valuesKey: 'password', targetPath: 'redis.external.password', literal: true },
        { kind: 'ConfigMap', name: 'more' },
      ],
    },
  });
});

test('has no scanner where it is to have none', () => {
  const component = harbor({ trivy: false });
  expect(valuesOf(component).trivy).toEqual({ enabled: false });
  expect(component.providedObjects.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'Deployment harbor-core', 'Deployment harbor-portal', 'Deployment harbor-nginx', 'Deployment harbor-registry', 'Deployment harbor-jobservice',
    'Deployment harbor-exporter', 'Service harbor',
  ]);
});

test('one of each part stays where there are several', () => {
  const platform = Testing.platform();
  harbor({ replicas: 3 }, platform);
  const repository = Testing.repository(platform);
  ['core', 'portal', 'nginx', 'registry', 'jobservice'].forEach(part => repository.hasObject('PodDisruptionBudget', `harbor-${part}`, {
    spec: { minAvailable: 1, selector: { matchLabels: { release: 'harbor', app: 'harbor', component: part } } },
  }));
});

test('says where its metrics are, and its URL', () => {
  const component = harbor();
  expect(component.metricsEndpoints).toEqual([
    { name: 'harbor', namespace: 'tooling', matchLabels: { release: 'harbor', app: 'harbor' }, port: 'http-metrics' },
  ]);
  expect(harbor({ externalUrl: 'https://images.example.com' }).url).toBe('https://images.example.com');
});

test('refuses a Secret that lacks keys', () => {
  expect(() => harbor({ internalSecrets: SecretSource.fromStore(store, { secretKey: 'harbor/internal#key', secret: 'harbor/internal#secret' }) }))
    .toThrow('harbor needs the keys CSRF_KEY, JOBSERVICE_SECRET, REGISTRY_HTTP_SECRET, REGISTRY_PASSWD, REGISTRY_HTPASSWD, tls.crt, tls.key in its Secret '
      + '"harbor-internal", which has secretKey, secret; expected secretKey, secret, CSRF_KEY, JOBSERVICE_SECRET, REGISTRY_HTTP_SECRET, REGISTRY_PASSWD, '
      + 'REGISTRY_HTPASSWD, tls.crt, tls.key: name each of them.');
  expect(() => harbor({ adminPassword: SecretSource.fromStore(store, { password: 'harbor/admin#password' }) }))
    .toThrow('harbor needs the key HARBOR_ADMIN_PASSWORD in its Secret "harbor-admin", which has password; expected HARBOR_ADMIN_PASSWORD: name each of them.');
});

test('refuses pods of the registry that would share a volume', () => {
  const platform = Testing.platform();
  harbor({ replicas: 2, storage: HarborStorage.volume({ size: Size.gibibytes(10) }) }, platform);
  expect(refusalOf(platform)).toEqual([
    'harbor: the Harbor "harbor" is to run 2 pods of its registry, which keeps images on a volume that one pod can mount; '
    + 'expected one pod, or storage that all of them reach: use HarborStorage.s3(…).',
  ]);
});
