import { ApiObject, Duration } from 'cdk8s';
import { Cluster, Component, Platform, Testing, flux, layers } from '../../src';

function component(platform: Platform, id: string, area = 'flux'): Component {
  const made = new Component(platform, id, { area, namespace: id });
  new ApiObject(made, id, { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease' });
  return made;
}

test('defaults', () => {
  const platform = Testing.platform();
  new layers.Flux(new Cluster(platform, 'c1'), 'flux', { components: [component(platform, 'operator')] });
  expect(Testing.synth(platform)['clusters/c1/flux.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: flux
  namespace: flux-system
spec:
  interval: 10m
  path: ./flux/base/operator
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`);
});

test('it stands alone: the repository is the component and the Kustomization', () => {
  const platform = Testing.platform();
  new layers.Flux(new Cluster(platform, 'c1'), 'flux', { components: [component(platform, 'operator')] });
  expect(Object.keys(Testing.synth(platform))).toEqual([
    'clusters/c1/flux.yaml',
    'flux/base/operator/helmrelease-operator.yaml',
    'flux/base/operator/kustomization.yaml',
  ]);
});

test('several components are listed in the directory of the cluster', () => {
  const platform = Testing.platform();
  new layers.Flux(new Cluster(platform, 'c1'), 'flux', { components: [component(platform, 'operator'), component(platform, 'instance')] });
  const repository = Testing.repository(platform);
  repository.hasKustomization('flux', { path: './flux/c1' });
  expect(repository.object('flux/c1/kustomization.yaml').resources).toEqual(['../base/instance', '../base/operator']);
});

test('a component that is added later is delivered, too', () => {
  const platform = Testing.platform();
  const layer = new layers.Flux(new Cluster(platform, 'c1'), 'flux');
  layer.addComponent(component(platform, 'operator'), component(platform, 'instance'));
  Testing.repository(platform).hasKustomization('flux', { path: './flux/c1' });
});

test('every default can be said otherwise', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'c1');
  const crds = new layers.Crds(cluster, 'crds', { components: [component(platform, 'operator-crds', 'crds')] });
  const layer = new layers.Flux(cluster, 'flux-eu', {
    components: [component(platform, 'operator')],
    directory: 'delivered/flux',
    interval: Duration.minutes(30),
    timeout: Duration.minutes(5),
    prune: false,
    healthChecks: [flux.HealthCheck.of({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'operator', namespace: 'operator' })],
  });
  layer.addDependency(crds, { because: 'definitions of the operator' });
  const files = Testing.synth(platform);
  expect(files['clusters/c1/flux-eu.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: flux-eu
  namespace: flux-system
spec:
  interval: 30m
  timeout: 5m
  path: ./delivered/flux
  prune: false
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: crds # definitions of the operator
  healthChecks:
    - apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      name: operator
      namespace: operator
`);
  expect(files['delivered/flux/kustomization.yaml']).toBe(`\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../../flux/base/operator
`);
});

test('another area moves the directory of the layer, not that of its components', () => {
  const platform = Testing.platform();
  const layer = new layers.Flux(new Cluster(platform, 'c1'), 'flux', {
    area: 'platform', components: [component(platform, 'operator'), component(platform, 'instance')],
  });
  expect(layer.area).toBe('platform');
  const repository = Testing.repository(platform);
  repository.hasKustomization('flux', { path: './platform/c1' });
  expect(repository.object('platform/c1/kustomization.yaml').resources).toEqual(['../../flux/base/instance', '../../flux/base/operator']);
});

test('an area that is undefined is the usual one', () => {
  expect(new layers.Flux(new Cluster(Testing.platform(), 'c1'), 'layer', { area: undefined }).area).toBe('flux');
});

test('a second one of the cluster has a directory of its own', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'c1');
  const [first, second, third, fourth] = ['first', 'second', 'third', 'fourth'].map(id => component(platform, id));
  new layers.Flux(cluster, 'flux', { components: [first, second] });
  new layers.Flux(cluster, 'flux-late', { components: [third, fourth] });
  const repository = Testing.repository(platform);
  repository.hasKustomization('flux', { path: './flux/c1' });
  repository.hasKustomization('flux-late', { path: './flux/c1/flux-late' });
});

test('one that delivers nothing is refused', () => {
  const platform = Testing.platform();
  new layers.Flux(new Cluster(platform, 'c1'), 'flux');
  expect(() => Testing.synth(platform)).toThrow(new Error(
    '1 problem, nothing was written:\n'
    + '  c1/flux: the layer delivers nothing; expected at least one component: give it one, or leave it out.',
  ));
});
