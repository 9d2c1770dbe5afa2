import { components } from '../../../src';
import { fileOf, refusalOf, stand } from '../../flux/flux-fixtures';

const { ClusterSecretStore, SecretStoreProvider } = components;
const openbao = { server: 'https://bao.example.com:8200', role: 'external-secrets' };

function refusal(props: components.ClusterSecretStoreProps): string[] {
  const { platform, component } = stand();
  new ClusterSecretStore(component, 'store', props);
  return refusalOf(platform).map(line => line.replace(/^stand\/store: the ClusterSecretStore "store" /, ''));
}

test('defaults, which are of the cluster and of no namespace', () => {
  const { platform, component } = stand();
  const store = new ClusterSecretStore(component, 'aws', { provider: SecretStoreProvider.awsSecretsManager() });
  expect(fileOf(platform, 'clustersecretstore', 'aws')).toBe(`\
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata:
  name: aws
spec:
  provider:
    aws:
      service: SecretsManager
      region: \${cluster_region}
`);
  expect([store.secretStoreKind, store.secretStoreName]).toEqual(['ClusterSecretStore', 'aws']);
});

test('everything set', () => {
  const { platform, component } = stand();
  new ClusterSecretStore(component, 'openbao', {
    metadata: { name: 'team', labels: { team: 'shop' } }, provider: SecretStoreProvider.vault(openbao), namespaces: ['shop', 'apps'],
  });
  expect(fileOf(platform, 'clustersecretstore', 'team')).toBe(`\
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata:
  name: team
  labels:
    team: shop
spec:
  provider:
    vault:
      server: https://bao.example.com:8200
      path: secret
      version: v2
      auth:
        kubernetes:
          mountPath: kubernetes
          role: external-secrets
  conditions:
    - namespaces:
        - shop
        - apps
`);
});

test('one that the program does not make is known by its name', () => {
  expect(ClusterSecretStore.fromName('aws')).toEqual({ secretStoreName: 'aws', secretStoreKind: 'ClusterSecretStore' });
});

test('a provider has a usual name for its store, and what it does on AWS', () => {
  expect(SecretStoreProvider.vault(openbao).usualStoreName).toBe('openbao');
  expect(SecretStoreProvider.vault(openbao).awsStatements).toEqual([]);
  const aws = SecretStoreProvider.awsSecretsManager();
  expect(aws.usualStoreName).toBe('aws-secrets-manager');
  expect(aws.awsStatements.map(statement => statement.toStatementJson())).toEqual([{
    Effect: 'Allow',
    Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret', 'secretsmanager:ListSecretVersionIds'],
    Resource: ['*'],
  }]);
});

describe('one is refused', () => {
  test('for no namespace', () => {
    expect(refusal({ provider: SecretStoreProvider.vault(openbao), namespaces: [] })).toEqual([
      'is for no namespace; expected at least one: name it, or leave namespaces out for every one.',
    ]);
  });

  test('for what the operator refuses of OpenBao', () => {
    expect(refusal({ provider: SecretStoreProvider.vault({ ...openbao, server: 'bao.example.com', version: '2' }) })).toEqual([
      'has the server "bao.example.com"; expected a URL that begins with https:// or http://: correct it.',
      'is of version "2" of the key-value engine; expected v1 or v2: correct it.',
    ]);
    expect(refusal({ provider: SecretStoreProvider.vault({ ...openbao, server: '${bao}' }) }).filter(line => line.includes('server'))).toEqual([]);
  });
});
