import { Duration } from 'cdk8s';
import { components } from '../../../src';
import { fileOf, refusalOf, stand } from '../../flux/flux-fixtures';

const { ClusterSecretStore, ExternalSecret } = components;
const store = ClusterSecretStore.fromName('aws-secrets-manager');

function secretOf(props: Partial<components.ExternalSecretProps>): components.ExternalSecret {
  return new ExternalSecret(stand().component, 'database', { store, ...props });
}

/** What synth says against one, without its beginning. */
function refusal(props: Partial<components.ExternalSecretProps>): string[] {
  const { platform, component } = stand();
  new ExternalSecret(component, 'database', { store, ...props });
  return refusalOf(platform).map(line => line.replace(/^stand\/database: the ExternalSecret "database" /, ''));
}

test('defaults', () => {
  const { platform, component } = stand();
  new ExternalSecret(component, 'database', { store, data: { username: 'shop/database#username', token: 'shop/token' } });
  expect(fileOf(platform, 'externalsecret', 'database')).toBe(`\
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: database
  namespace: team
spec:
  refreshInterval: 1h
  secretStoreRef:
    kind: ClusterSecretStore
    name: aws-secrets-manager
  target:
    name: database
  data:
    - secretKey: username
      remoteRef:
        key: shop/database
        property: username
    - secretKey: token
      remoteRef:
        key: shop/token
`);
});

test('everything set', () => {
  const { platform, component } = stand();
  new ExternalSecret(component, 'database', {
    metadata: { name: 'shop-database', namespace: 'shop' },
    store: { secretStoreName: 'team', secretStoreKind: 'SecretStore' },
    data: { user: 'shop/database#username' },
    extract: ['shop/common', 'shop/tls'],
    template: { uri: 'postgresql://{{ .user }}@{{ .host }}' },
    secretLabels: { 'app.kubernetes.io/part-of': 'shop' },
    secretType: 'kubernetes.io/basic-auth',
    refreshInterval: Duration.minutes(5),
  });
  expect(fileOf(platform, 'externalsecret', 'shop-database')).toMatchSnapshot();
});

test('labels and a type leave the keys as the store has them', () => {
  const { platform, component } = stand();
  new ExternalSecret(component, 'registry', { store, extract: ['shop/registry'], secretType: 'kubernetes.io/dockerconfigjson' });
  expect(fileOf(platform, 'externalsecret', 'registry')).toContain('    template:\n      type: kubernetes.io/dockerconfigjson\n  dataFrom:\n');
});

describe('its Secret', () => {
  test('has its name', () => {
    expect(secretOf({ data: { a: 'b' } }).secretName).toBe('database');
    expect(secretOf({ metadata: { name: 'other' }, data: { a: 'b' } }).secretName).toBe('other');
  });

  test.each<[string, Partial<components.ExternalSecretProps>, string[] | undefined]>([
    ['of its values', { data: { username: 'shop#username', password: 'shop#password' } }, ['username', 'password']],
    ['of its template alone', { data: { username: 'shop#username' }, extract: ['shop'], template: { uri: '{{ .username }}' } }, ['uri']],
    ['that nobody knows where a whole value is taken over', { data: { username: 'shop#username' }, extract: ['shop'] }, undefined],
  ])('has the keys %s', (_, props, keys) => {
    expect(secretOf(props).secretKeys).toEqual(keys);
  });
});

test('what it reads in the store is told once', () => {
  expect(secretOf({ data: { username: 'shop#username', password: 'shop#password', token: 'token' }, extract: ['shop', 'common'] }).storePaths)
    .toEqual(['shop', 'token', 'common']);
});

describe('one is refused', () => {
  test('that takes nothing from its store', () => {
    expect(refusal({})).toEqual(['takes nothing from its store; expected at least one value: say which with data, or with extract.']);
  });

  test('with a key that Kubernetes refuses', () => {
    expect(refusal({ data: { 'user name': 'shop#username' } })).toEqual([
      'has the key "user name"; expected letters, digits, "-", "_" and ".", and at most 253 of them, as Kubernetes takes them: rename it.',
    ]);
    expect(refusal({ data: { user: 'shop#username' }, template: { 'a/b': '' } })).toHaveLength(1);
    expect(refusal({ data: { ['x'.repeat(254)]: 'shop' } })).toHaveLength(1);
  });

  test('whose value is nowhere', () => {
    const message = 'takes a value from nowhere in its store; expected a path, or <path>#<property>: say where the value is.';
    expect(refusal({ data: { user: '#username' } })).toEqual([message]);
    expect(refusal({ extract: [''] })).toEqual([message]);
  });
});
