import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Testing, components } from '../../../src';
import { manifestsOf } from '../component-fixtures';

const { ExternalSecrets, SecretStoreProvider } = components;

test('defaults', () => {
  expect(manifestsOf(new ExternalSecrets(Testing.platform(), 'external-secrets'))).toMatchSnapshot();
});

test('everything set', () => {
  expect(manifestsOf(new ExternalSecrets(Testing.platform(), 'external-secrets', {
    namespace: 'secrets',
    provider: SecretStoreProvider.awsSecretsManager({ region: 'eu-central-1', role: 'arn:aws:iam::123456789012:role/reader' }),
    storeName: 'aws',
    replicas: 3,
    concurrency: 10,
    resources: { cpu: { request: Cpu.millis(100), limit: Cpu.units(1) }, memory: { request: Size.mebibytes(256), limit: Size.mebibytes(512) } },
    webhookResources: { memory: { limit: Size.mebibytes(96) } },
    logLevel: components.ExternalSecretsLogLevel.DEBUG,
    values: { podLabels: { team: 'platform' } },
  }))).toMatchSnapshot();
});

test('values win over what the component sets', () => {
  const platform = Testing.platform();
  new ExternalSecrets(platform, 'external-secrets', { values: { webhook: { replicaCount: 2 } } });
  Testing.repository(platform).hasObject('HelmRelease', 'external-secrets', { spec: { values: { replicaCount: 1, webhook: { replicaCount: 2 } } } });
});

test('its pods may read what its stores read', () => {
  const operator = new ExternalSecrets(Testing.platform(), 'external-secrets', {
    provider: SecretStoreProvider.awsSecretsManager({ secretArns: ['arn:aws:secretsmanager:eu-west-3:123456789012:secret:platform/*'] }),
  });
  operator.addStore('shared', SecretStoreProvider.awsSecretsManager({ role: 'arn:aws:iam::210987654321:role/shared-secrets' }));
  operator.addStore('openbao', SecretStoreProvider.vault({ server: 'https://bao.example.com:8200', role: 'external-secrets' }));
  expect(operator.awsStatements.map(statement => statement.toStatementJson())).toEqual([
    {
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret', 'secretsmanager:ListSecretVersionIds'],
      Resource: ['arn:aws:secretsmanager:eu-west-3:123456789012:secret:platform/*'],
    },
    { Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Resource: ['arn:aws:iam::210987654321:role/shared-secrets'] },
  ]);
  expect(operator.serviceAccount).toEqual(components.ServiceAccountReference.fromName('external-secrets', 'security'));
});

test('has a store for OpenBao', () => {
  const operator = new ExternalSecrets(Testing.platform(), 'external-secrets', {
    provider: SecretStoreProvider.vault({
      server: 'https://bao.example.com:8200',
      path: 'kv',
      version: 'v1',
      role: 'external-secrets',
      mountPath: 'clusters/production',
      serviceAccount: components.ServiceAccountReference.fromName('reader', 'security'),
      caCertificate: 'PEM',
    }),
  });
  expect(operator.store.secretStoreName).toBe('openbao');
  expect(manifestsOf(operator)).toContain(`\
spec:
  provider:
    vault:
      server: https://bao.example.com:8200
      path: kv
      version: v1
      caBundle: UEVN
      auth:
        kubernetes:
          mountPath: clusters/production
          role: external-secrets
          serviceAccountRef:
            name: reader
            namespace: security
`);
});

test('says where its metrics are', () => {
  const [endpoint, ...others] = new ExternalSecrets(Testing.platform(), 'external-secrets').metricsEndpoints;
  expect(endpoint).toEqual({
    name: 'external-secrets',
    namespace: 'security',
    matchLabels: { 'app.kubernetes.io/name': 'external-secrets', 'app.kubernetes.io/instance': 'external-secrets' },
    port: 'metrics',
  });
  expect(others.map(({ name }) => name)).toEqual(['external-secrets-webhook', 'external-secrets-cert-controller']);
});
