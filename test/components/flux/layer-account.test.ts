import { ConfigMap } from 'cdk8s-plus-28';
import { Cluster, Component, Layer, Testing, components } from '../../../src';
import { refusalOf } from '../../flux/flux-fixtures';
import { manifestsOf } from '../component-fixtures';

const { LayerAccount } = components;

test('defaults', () => {
  expect(manifestsOf(new LayerAccount(Testing.platform(), 'platform'))).toMatchSnapshot();
});

test('everything set', () => {
  // Two of the names are those of the component's own constructs.
  const account = new LayerAccount(Testing.platform(), 'apps-deployer', { namespaces: ['account', 'binding', 'shop', 'shop'], clusterRole: 'admin' });
  expect(manifestsOf(account)).toMatchSnapshot();
});

test('a layer acts as it', () => {
  const platform = Testing.platform();
  const account = new LayerAccount(platform, 'apps-deployer', { namespaces: ['shop'] });
  const cluster = new Cluster(platform, 'dev');
  const namespaces = new Layer(cluster, 'namespaces', { components: [new components.Namespaces(platform, 'namespaces', { names: ['shop'] })] });
  const accounts = new Layer(cluster, 'accounts', { components: [account], dependsOn: [namespaces] });
  const shop = new Component(platform, 'shop', { area: 'apps', namespace: 'shop' });
  new ConfigMap(shop, 'settings');
  new Layer(cluster, 'apps', { components: [shop], serviceAccountName: account.serviceAccountName, dependsOn: [accounts] });
  Testing.repository(platform).hasKustomization('apps', { serviceAccountName: 'apps-deployer', dependsOn: [{ name: 'accounts' }] });
  expect(account.serviceAccount).toEqual(components.ServiceAccountReference.fromName('apps-deployer', 'flux-system'));
});

test('refuses an account that may act nowhere', () => {
  const platform = Testing.platform();
  new LayerAccount(platform, 'apps-deployer', { namespaces: [] });
  expect(refusalOf(platform)).toEqual([
    'apps-deployer: the LayerAccount "apps-deployer" is for no namespace, so Flux could apply nothing as it; expected at least one: name it, or leave namespaces out for '
    + 'all of the cluster.',
  ]);
});
