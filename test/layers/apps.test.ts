import { ApiObject, Duration } from 'cdk8s';
import { Cluster, Component, Platform, Testing, flux, layers } from '../../src';

function component(platform: Platform, id: string, area = 'apps'): Component {
  const made = new Component(platform, id, { area, namespace: id });
  new ApiObject(made, id, { apiVersion: 'apps/v1', kind: 'Deployment' });
  return made;
}

test('defaults', () => {
  const platform = Testing.platform();
  new layers.Apps(new Cluster(platform, 'c1'), 'apps', { components: [component(platform, 'web')] });
  expect(Testing.synth(platform)['clusters/c1/apps.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps/base/web
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`);
});

test('it stands alone: the repository is the component and the Kustomization', () => {
  const platform = Testing.platform();
  new layers.Apps(new Cluster(platform, 'c1'), 'apps', { components: [component(platform, 'web')] });
  expect(Object.keys(Testing.synth(platform))).toEqual([
    'apps/base/web/deployment-web.yaml',
    'apps/base/web/kustomization.yaml',
    'clusters/c1/apps.yaml',
  ]);
});

test('several components are listed in the directory of the cluster', () => {
  const platform = Testing.platform();
  new layers.Apps(new Cluster(platform, 'c1'), 'apps', { components: [component(platform, 'web'), component(platform, 'worker')] });
  const repository = Testing.repository(platform);
  repository.hasKustomization('apps', { path: './apps/c1' });
  expect(repository.object('apps/c1/kustomization.yaml').resources).toEqual(['../base/web', '../base/worker']);
});

test('a component that is added later is delivered, too', () => {
  const platform = Testing.platform();
  const layer = new layers.Apps(new Cluster(platform, 'c1'), 'apps');
  layer.addComponent(component(platform, 'web'), component(platform, 'worker'));
  Testing.repository(platform).hasKustomization('apps', { path: './apps/c1' });
});

test('every default can be said otherwise', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'c1');
  const security = new layers.Security(cluster, 'security', { components: [component(platform, 'external-secrets', 'security')] });
  const layer = new layers.Apps(cluster, 'apps-eu', {
    components: [component(platform, 'web')],
    directory: 'delivered/apps',
    interval: Duration.minutes(30),
    timeout: Duration.minutes(5),
    prune: false,
    healthChecks: [flux.HealthCheck.of({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'web' })],
  });
  layer.addDependency(security, { because: 'secrets of the database' });
  const files = Testing.synth(platform);
  expect(files['clusters/c1/apps-eu.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps-eu
  namespace: flux-system
spec:
  interval: 30m
  timeout: 5m
  path: ./delivered/apps
  prune: false
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: security # secrets of the database
  healthChecks:
    - apiVersion: apps/v1
      kind: Deployment
      name: web
      namespace: web
`);
  expect(files['delivered/apps/kustomization.yaml']).toBe(`\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../../apps/base/web
`);
});

test('another area moves the directory of the layer, not that of its components', () => {
  const platform = Testing.platform();
  const layer = new layers.Apps(new Cluster(platform, 'c1'), 'apps', {
    area: 'platform', components: [component(platform, 'web'), component(platform, 'worker')],
  });
  expect(layer.area).toBe('platform');
  const repository = Testing.repository(platform);
  repository.hasKustomization('apps', { path: './platform/c1' });
  expect(repository.object('platform/c1/kustomization.yaml').resources).toEqual(['../../apps/base/web', '../../apps/base/worker']);
});

test('an area that is undefined is the usual one', () => {
  expect(new layers.Apps(new Cluster(Testing.platform(), 'c1'), 'layer', { area: undefined }).area).toBe('apps');
});

test('a second one of the cluster has a directory of its own', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'c1');
  const [first, second, third, fourth] = ['first', 'second', 'third', 'fourth'].map(id => component(platform, id));
  new layers.Apps(cluster, 'apps', { components: [first, second] });
  new layers.Apps(cluster, 'apps-late', { components: [third, fourth] });
  const repository = Testing.repository(platform);
  repository.hasKustomization('apps', { path: './apps/c1' });
  repository.hasKustomization('apps-late', { path: './apps/c1/apps-late' });
});

test('one that delivers nothing is refused', () => {
  const platform = Testing.platform();
  new layers.Apps(new Cluster(platform, 'c1'), 'apps');
  expect(() => Testing.synth(platform)).toThrow(new Error(
    '1 problem, nothing was written:\n'
    + '  c1/apps: the layer delivers nothing; expected at least one component: give it one, or leave it out.',
  ));
});
