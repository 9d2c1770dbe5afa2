import { components } from '../../../src';
import { fileOf, stand } from '../../flux/flux-fixtures';

const { Certificate, ClusterIssuer, ClusterSecretStore, ExternalSecret, SecretSource } = components;
const store = ClusterSecretStore.fromName('aws-secrets-manager');
const need = { name: 'shop-database', keys: ['username', 'password'] };

test('values of the store become an ExternalSecret, with the name and the labels that the component needs', () => {
  const { platform, component } = stand();
  const source = SecretSource.fromStore(store, { username: 'shop/database#username', password: 'shop/database#password' });
  expect(source._bind(component, 'database', { ...need, labels: { team: 'shop' }, namespace: 'shop' })).toBe('shop-database');
  expect(fileOf(platform, 'externalsecret', 'shop-database')).toBe(`\
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: shop-database
  namespace: shop
spec:
  refreshInterval: 1h
  secretStoreRef:
    kind: ClusterSecretStore
    name: aws-secrets-manager
  target:
    name: shop-database
    template:
      metadata:
        labels:
          team: shop
  data:
    - secretKey: username
      remoteRef:
        key: shop/database
        property: username
    - secretKey: password
      remoteRef:
        key: shop/database
        property: password
`);
});

test('a value of the store that is an object is taken over whole, and its keys are not checked', () => {
  const { platform, component } = stand();
  expect(SecretSource.extractFromStore(store, 'shop/database')._bind(component, 'database', need)).toBe('shop-database');
  expect(fileOf(platform, 'externalsecret', 'shop-database')).toContain('  dataFrom:\n    - extract:\n        key: shop/database\n');
});

test('a Secret of the program keeps its name, and nothing is made', () => {
  const { component } = stand();
  const secret = new ExternalSecret(component, 'credentials', { store, data: { username: 'shop#username', password: 'shop#password' } });
  const before = component.node.findAll().length;
  expect(SecretSource.fromSecret(secret)._bind(component, 'database', need)).toBe('credentials');
  expect(component.node.findAll()).toHaveLength(before);
});

test('a Secret that is there already keeps its name, and nothing is made', () => {
  const { component } = stand();
  expect(SecretSource.fromName('credentials')._bind(component, 'database', need)).toBe('credentials');
  expect(component.node.children).toEqual([]);
});

test('the name is known before there is a scope', () => {
  expect(SecretSource.fromStore(store, {})._nameOf('shop-database')).toBe('shop-database');
  expect(SecretSource.extractFromStore(store, 'shop')._nameOf('shop-database')).toBe('shop-database');
  expect(SecretSource.fromName('credentials')._nameOf('shop-database')).toBe('credentials');
});

describe('a source that lacks a key is refused', () => {
  test('where the store gives others', () => {
    expect(() => SecretSource.fromStore(store, { user: 'shop#username' })._bind(stand().component, 'database', need)).toThrow(new Error(
      'stand needs the keys username, password in its Secret "shop-database", which has user; expected username, password: name each of them.',
    ));
  });

  test('where the store gives none', () => {
    expect(() => SecretSource.fromStore(store, {})._bind(stand().component, 'database', { name: 'token', keys: ['token'] })).toThrow(new Error(
      'stand needs the key token in its Secret "token", which has none; expected token: name each of them.',
    ));
  });

  test('where the Secret of the program has others', () => {
    const { component } = stand();
    const certificate = new Certificate(component, 'web', { issuer: ClusterIssuer.fromName('letsencrypt'), dnsNames: ['web.example.com'] });
    expect(() => SecretSource.fromSecret(certificate)._bind(component, 'database', { name: 'token', keys: ['tls.key', 'token'] })).toThrow(new Error(
      'stand needs the key token in its Secret "token", which has tls.crt, tls.key, ca.crt; expected tls.key, token: name each of them.',
    ));
  });
});

test('keys that nobody knows are not checked', () => {
  const { component } = stand();
  expect(SecretSource.fromSecret({ secretName: 'credentials' })._bind(component, 'database', need)).toBe('credentials');
});
