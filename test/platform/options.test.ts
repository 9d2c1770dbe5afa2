import { ApiObject } from 'cdk8s';
import { component } from './fixtures';
import { Cluster, Component, Layer, Testing, components, flux } from '../../src';

test('the layers read the source of the platform', () => {
  const platform = Testing.platform({ source: flux.Source.oci('platform', 'delivery') });
  const cluster = new Cluster(platform, 'dev');
  new Layer(cluster, 'apps', { components: [component(platform, 'web')] });
  new Layer(cluster, 'late', { components: [component(platform, 'late')], source: flux.Source.git('other') });
  const repository = Testing.repository(platform);
  repository.hasKustomization('apps', { sourceRef: { kind: 'OCIRepository', name: 'platform', namespace: 'delivery' } });
  repository.hasKustomization('late', { sourceRef: { kind: 'GitRepository', name: 'other' } });
});

test('a layer can be of a shard', () => {
  const platform = Testing.platform();
  new Layer(new Cluster(platform, 'dev'), 'apps', { components: [component(platform, 'web')], shard: 'shard1' });
  expect(Testing.synth(platform)['clusters/dev/apps.yaml']).toContain(`\
metadata:
  name: apps
  namespace: flux-system
  labels:
    sharding.fluxcd.io/key: shard1
`);
});

test('a comment can stand behind any field of an object', () => {
  const platform = Testing.platform();
  const web = new Component(platform, 'web', { area: 'apps' });
  const release = new ApiObject(web, 'web', { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', spec: { values: { image: { tag: '1.0.0' } } } });
  web.addComment(release, '/spec/values/image/tag', '{"$imagepolicy": "flux-system:web:tag"}');
  expect(Testing.synth(platform)['apps/base/web/helmrelease-web.yaml']).toContain('      tag: 1.0.0 # {"$imagepolicy": "flux-system:web:tag"}\n');
});

test('a comment behind a field that is not there is refused', () => {
  const platform = Testing.platform();
  const web = component(platform, 'web');
  web.addComment(web.node.findChild('web'), '/spec/replicas', 'why');
  expect(() => Testing.synth(platform)).toThrow(new Error('1 problem, nothing was written:\n'
    + '  web/web: the ConfigMap "web" is given a comment at /spec/replicas, where it has no field; expected the JSON pointer of a field, such as '
    + '/metadata/name: correct it.'));
});

test('a layer acts as an account that has the rights it needs', () => {
  const platform = Testing.platform();
  const account = new components.LayerAccount(platform, 'apps-deployer', { namespaces: ['shop', 'web'], clusterRole: 'admin' });
  const cluster = new Cluster(platform, 'dev');
  const first = new Layer(cluster, 'accounts', { components: [account] });
  new Layer(cluster, 'apps', { components: [component(platform, 'web')], serviceAccountName: account.serviceAccountName, dependsOn: [first] });
  const repository = Testing.repository(platform);
  repository.hasKustomization('apps', { serviceAccountName: 'apps-deployer' });
  expect(repository.object('flux/base/apps-deployer/rolebinding-shop.yaml')).toEqual({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'flux-apps-deployer', namespace: 'shop' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'admin' },
    subjects: [{ kind: 'ServiceAccount', name: 'apps-deployer', namespace: 'flux-system' }],
  });
  expect(repository.paths).toContain('flux/base/apps-deployer/rolebinding-web.yaml');
});

test('an account of the whole cluster is bound to it', () => {
  const platform = Testing.platform();
  new components.LayerAccount(platform, 'platform');
  Testing.repository(platform).hasObject('ClusterRoleBinding', 'flux-platform', { roleRef: { kind: 'ClusterRole', name: 'cluster-admin' } });
});
