import { ApiObject, Duration } from 'cdk8s';
import { Cluster, Component, Platform, Testing, flux, layers } from '../../src';

function component(platform: Platform, id: string, ...names: string[]): Component {
  const made = new Component(platform, id, { area: 'infrastructure' });
  names.forEach(name => new ApiObject(made, name, { apiVersion: 'v1', kind: 'Namespace' }));
  return made;
}

test('defaults', () => {
  const platform = Testing.platform();
  new layers.Namespaces(new Cluster(platform, 'c1'), 'namespaces', { components: [component(platform, 'namespaces', 'security', 'apps')] });
  expect(Testing.synth(platform)['clusters/c1/namespaces.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: namespaces
  namespace: flux-system
spec:
  interval: 10m
  path: ./infrastructure/base/namespaces
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`);
});

test('it stands alone: the repository is the component and the Kustomization', () => {
  const platform = Testing.platform();
  new layers.Namespaces(new Cluster(platform, 'c1'), 'namespaces', { components: [component(platform, 'namespaces', 'security', 'apps')] });
  expect(Object.keys(Testing.synth(platform))).toEqual([
    'clusters/c1/namespaces.yaml',
    'infrastructure/base/namespaces/kustomization.yaml',
    'infrastructure/base/namespaces/namespace-apps.yaml',
    'infrastructure/base/namespaces/namespace-security.yaml',
  ]);
});

test('several components are listed in the directory of the cluster', () => {
  const platform = Testing.platform();
  new layers.Namespaces(new Cluster(platform, 'c1'), 'namespaces', {
    components: [component(platform, 'team-namespaces', 'team-a'), component(platform, 'namespaces', 'apps')],
  });
  const repository = Testing.repository(platform);
  repository.hasKustomization('namespaces', { path: './infrastructure/c1' });
  expect(repository.object('infrastructure/c1/kustomization.yaml').resources).toEqual(['../base/namespaces', '../base/team-namespaces']);
});

test('it leaves the directory of the cluster to the layer that the area is named after', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'c1');
  new layers.Namespaces(cluster, 'namespaces', {
    components: [component(platform, 'namespaces', 'apps'), component(platform, 'team-namespaces', 'team-a')],
  });
  new layers.Infrastructure(cluster, 'infrastructure', { components: [component(platform, 'one', 'x'), component(platform, 'two', 'y')] });
  const repository = Testing.repository(platform);
  repository.hasKustomization('namespaces', { path: './infrastructure/c1/namespaces' });
  repository.hasKustomization('infrastructure', { path: './infrastructure/c1' });
});

test('every default can be said otherwise', () => {
  const platform = Testing.platform();
  new layers.Namespaces(new Cluster(platform, 'c1'), 'spaces', {
    components: [component(platform, 'namespaces', 'apps')],
    directory: 'delivered/namespaces',
    interval: Duration.minutes(30),
    prune: false,
    healthChecks: [flux.HealthCheck.of({ apiVersion: 'v1', kind: 'Namespace', name: 'apps' })],
  });
  const files = Testing.synth(platform);
  expect(files['clusters/c1/spaces.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: spaces
  namespace: flux-system
spec:
  interval: 30m
  path: ./delivered/namespaces
  prune: false
  sourceRef:
    kind: GitRepository
    name: flux-system
  healthChecks:
    - apiVersion: v1
      kind: Namespace
      name: apps
`);
  expect(files['delivered/namespaces/kustomization.yaml']).toBe(`\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../../infrastructure/base/namespaces
`);
});

test('another area moves the directory of the layer', () => {
  const platform = Testing.platform();
  new layers.Namespaces(new Cluster(platform, 'c1'), 'namespaces', {
    area: 'tenants', components: [component(platform, 'namespaces', 'apps'), component(platform, 'team-namespaces', 'team-a')],
  });
  const repository = Testing.repository(platform);
  repository.hasKustomization('namespaces', { path: './tenants/c1' });
  expect(repository.object('tenants/c1/kustomization.yaml').resources)
    .toEqual(['../../infrastructure/base/namespaces', '../../infrastructure/base/team-namespaces']);
});

test('another layer can wait for it', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'c1');
  const namespaces = new layers.Namespaces(cluster, 'namespaces', { components: [component(platform, 'namespaces', 'apps')] });
  new layers.Apps(cluster, 'apps', { components: [component(platform, 'web', 'web')] }).addDependency(namespaces);
  Testing.repository(platform).hasKustomization('apps', { dependsOn: [{ name: 'namespaces' }] });
});

test('one that delivers nothing is refused', () => {
  const platform = Testing.platform();
  new layers.Namespaces(new Cluster(platform, 'c1'), 'namespaces');
  expect(() => Testing.synth(platform)).toThrow(new Error(
    '1 problem, nothing was written:\n'
    + '  c1/namespaces: the layer delivers nothing; expected at least one component: give it one, or leave it out.',
  ));
});

test('an area that is undefined is the usual one', () => {
  expect(new layers.Namespaces(new Cluster(Testing.platform(), 'c1'), 'layer', { area: undefined }).area).toBe('infrastructure');
});
