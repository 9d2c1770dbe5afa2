import { ApiObject, Duration } from 'cdk8s';
import { Cluster, Component, Platform, Testing, flux, layers } from '../../src';

function component(platform: Platform, id: string, area = 'observability'): Component {
  const made = new Component(platform, id, { area, namespace: id });
  new ApiObject(made, id, { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease' });
  return made;
}

test('defaults', () => {
  const platform = Testing.platform();
  new layers.Observability(new Cluster(platform, 'c1'), 'observability', { components: [component(platform, 'victoria-metrics')] });
  expect(Testing.synth(platform)['clusters/c1/observability.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: observability
  namespace: flux-system
spec:
  interval: 10m
  path: ./observability/base/victoria-metrics
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`);
});

test('it stands alone: the repository is the component and the Kustomization', () => {
  const platform = Testing.platform();
  new layers.Observability(new Cluster(platform, 'c1'), 'observability', { components: [component(platform, 'victoria-metrics')] });
  expect(Object.keys(Testing.synth(platform))).toEqual([
    'clusters/c1/observability.yaml',
    'observability/base/victoria-metrics/helmrelease-victoria-metrics.yaml',
    'observability/base/victoria-metrics/kustomization.yaml',
  ]);
});

test('several components are listed in the directory of the cluster', () => {
  const platform = Testing.platform();
  new layers.Observability(new Cluster(platform, 'c1'), 'observability', { components: [component(platform, 'victoria-metrics'), component(platform, 'victoria-logs')] });
  const repository = Testing.repository(platform);
  repository.hasKustomization('observability', { path: './observability/c1' });
  expect(repository.object('observability/c1/kustomization.yaml').resources).toEqual(['../base/victoria-logs', '../base/victoria-metrics']);
});

test('a component that is added later is delivered, too', () => {
  const platform = Testing.platform();
  const layer = new layers.Observability(new Cluster(platform, 'c1'), 'observability');
  layer.addComponent(component(platform, 'victoria-metrics'), component(platform, 'victoria-logs'));
  Testing.repository(platform).hasKustomization('observability', { path: './observability/c1' });
});

test('every default can be said otherwise', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'c1');
  const infrastructure = new layers.Infrastructure(cluster, 'infrastructure', { components: [component(platform, 'gateways', 'infrastructure')] });
  const layer = new layers.Observability(cluster, 'observability-eu', {
    components: [component(platform, 'victoria-metrics')],
    directory: 'delivered/observability',
    interval: Duration.minutes(30),
    timeout: Duration.minutes(5),
    prune: false,
    healthChecks: [flux.HealthCheck.of({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'victoria-metrics', namespace: 'victoria-metrics' })],
  });
  layer.addDependency(infrastructure, { because: 'a gateway for the dashboards' });
  const files = Testing.synth(platform);
  expect(files['clusters/c1/observability-eu.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: observability-eu
  namespace: flux-system
spec:
  interval: 30m
  timeout: 5m
  path: ./delivered/observability
  prune: false
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: infrastructure # a gateway for the dashboards
  healthChecks:
    - apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      name: victoria-metrics
      namespace: victoria-metrics
`);
  expect(files['delivered/observability/kustomization.yaml']).toBe(`\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../../observability/base/victoria-metrics
`);
});

test('another area moves the directory of the layer, not that of its components', () => {
  const platform = Testing.platform();
  const layer = new layers.Observability(new Cluster(platform, 'c1'), 'observability', {
    area: 'platform', components: [component(platform, 'victoria-metrics'), component(platform, 'victoria-logs')],
  });
  expect(layer.area).toBe('platform');
  const repository = Testing.repository(platform);
  repository.hasKustomization('observability', { path: './platform/c1' });
  expect(repository.object('platform/c1/kustomization.yaml').resources).toEqual(['../../observability/base/victoria-logs', '../../observability/base/victoria-metrics']);
});

test('an area that is undefined is the usual one', () => {
  expect(new layers.Observability(new Cluster(Testing.platform(), 'c1'), 'layer', { area: undefined }).area).toBe('observability');
});

test('a second one of the cluster has a directory of its own', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'c1');
  const [first, second, third, fourth] = ['first', 'second', 'third', 'fourth'].map(id => component(platform, id));
  new layers.Observability(cluster, 'observability', { components: [first, second] });
  new layers.Observability(cluster, 'observability-late', { components: [third, fourth] });
  const repository = Testing.repository(platform);
  repository.hasKustomization('observability', { path: './observability/c1' });
  repository.hasKustomization('observability-late', { path: './observability/c1/observability-late' });
});

test('one that delivers nothing is refused', () => {
  const platform = Testing.platform();
  new layers.Observability(new Cluster(platform, 'c1'), 'observability');
  expect(() => Testing.synth(platform)).toThrow(new Error(
    '1 problem, nothing was written:\n'
    + '  c1/observability: the layer delivers nothing; expected at least one component: give it one, or leave it out.',
  ));
});
