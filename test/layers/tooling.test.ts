import { ApiObject, Duration } from 'cdk8s';
import { Cluster, Component, Platform, Testing, flux, layers } from '../../src';

function component(platform: Platform, id: string, area = 'tooling'): Component {
  const made = new Component(platform, id, { area, namespace: id });
  new ApiObject(made, id, { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease' });
  return made;
}

test('defaults', () => {
  const platform = Testing.platform();
  new layers.Tooling(new Cluster(platform, 'c1'), 'tooling', { components: [component(platform, 'harbor')] });
  expect(Testing.synth(platform)['clusters/c1/tooling.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: tooling
  namespace: flux-system
spec:
  interval: 10m
  path: ./tooling/base/harbor
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`);
});

test('it stands alone: the repository is the component and the Kustomization', () => {
  const platform = Testing.platform();
  new layers.Tooling(new Cluster(platform, 'c1'), 'tooling', { components: [component(platform, 'harbor')] });
  expect(Object.keys(Testing.synth(platform))).toEqual([
    'clusters/c1/tooling.yaml',
    'tooling/base/harbor/helmrelease-harbor.yaml',
    'tooling/base/harbor/kustomization.yaml',
  ]);
});

test('several components are listed in the directory of the cluster', () => {
  const platform = Testing.platform();
  new layers.Tooling(new Cluster(platform, 'c1'), 'tooling', { components: [component(platform, 'harbor'), component(platform, 'homepage')] });
  const repository = Testing.repository(platform);
  repository.hasKustomization('tooling', { path: './tooling/c1' });
  expect(repository.object('tooling/c1/kustomization.yaml').resources).toEqual(['../base/harbor', '../base/homepage']);
});

test('a component that is added later is delivered, too', () => {
  const platform = Testing.platform();
  const layer = new layers.Tooling(new Cluster(platform, 'c1'), 'tooling');
  layer.addComponent(component(platform, 'harbor'), component(platform, 'homepage'));
  Testing.repository(platform).hasKustomization('tooling', { path: './tooling/c1' });
});

test('every default can be said otherwise', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'c1');
  const infrastructure = new layers.Infrastructure(cluster, 'infrastructure', { components: [component(platform, 'gateways', 'infrastructure')] });
  const layer = new layers.Tooling(cluster, 'tooling-eu', {
    components: [component(platform, 'harbor')],
    directory: 'delivered/tooling',
    interval: Duration.minutes(30),
    timeout: Duration.minutes(5),
    prune: false,
    healthChecks: [flux.HealthCheck.of({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'harbor', namespace: 'harbor' })],
  });
  layer.addDependency(infrastructure, { because: 'a gateway for the registry' });
  const files = Testing.synth(platform);
  expect(files['clusters/c1/tooling-eu.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: tooling-eu
  namespace: flux-system
spec:
  interval: 30m
  timeout: 5m
  path: ./delivered/tooling
  prune: false
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: infrastructure # a gateway for the registry
  healthChecks:
    - apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      name: harbor
      namespace: harbor
`);
  expect(files['delivered/tooling/kustomization.yaml']).toBe(`\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../../tooling/base/harbor
`);
});

test('another area moves the directory of the layer, not that of its components', () => {
  const platform = Testing.platform();
  const layer = new layers.Tooling(new Cluster(platform, 'c1'), 'tooling', {
    area: 'platform', components: [component(platform, 'harbor'), component(platform, 'homepage')],
  });
  expect(layer.area).toBe('platform');
  const repository = Testing.repository(platform);
  repository.hasKustomization('tooling', { path: './platform/c1' });
  expect(repository.object('platform/c1/kustomization.yaml').resources).toEqual(['../../tooling/base/harbor', '../../tooling/base/homepage']);
});

test('an area that is undefined is the usual one', () => {
  expect(new layers.Tooling(new Cluster(Testing.platform(), 'c1'), 'layer', { area: undefined }).area).toBe('tooling');
});

test('a second one of the cluster has a directory of its own', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'c1');
  const [first, second, third, fourth] = ['first', 'second', 'third', 'fourth'].map(id => component(platform, id));
  new layers.Tooling(cluster, 'tooling', { components: [first, second] });
  new layers.Tooling(cluster, 'tooling-late', { components: [third, fourth] });
  const repository = Testing.repository(platform);
  repository.hasKustomization('tooling', { path: './tooling/c1' });
  repository.hasKustomization('tooling-late', { path: './tooling/c1/tooling-late' });
});

test('one that delivers nothing is refused', () => {
  const platform = Testing.platform();
  new layers.Tooling(new Cluster(platform, 'c1'), 'tooling');
  expect(() => Testing.synth(platform)).toThrow(new Error(
    '1 problem, nothing was written:\n'
    + '  c1/tooling: the layer delivers nothing; expected at least one component: give it one, or leave it out.',
  ));
});
