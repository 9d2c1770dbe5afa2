import { ApiObject, Duration } from 'cdk8s';
import { Cluster, Component, Platform, Testing, flux, layers } from '../../src';

function component(platform: Platform, id: string, area = 'infrastructure'): Component {
  const made = new Component(platform, id, { area, namespace: id });
  new ApiObject(made, id, { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease' });
  return made;
}

test('defaults', () => {
  const platform = Testing.platform();
  new layers.Infrastructure(new Cluster(platform, 'c1'), 'infrastructure', { components: [component(platform, 'cilium')] });
  expect(Testing.synth(platform)['clusters/c1/infrastructure.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: infrastructure
  namespace: flux-system
spec:
  interval: 10m
  path: ./infrastructure/base/cilium
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`);
});

test('it stands alone: the repository is the component and the Kustomization', () => {
  const platform = Testing.platform();
  new layers.Infrastructure(new Cluster(platform, 'c1'), 'infrastructure', { components: [component(platform, 'cilium')] });
  expect(Object.keys(Testing.synth(platform))).toEqual([
    'clusters/c1/infrastructure.yaml',
    'infrastructure/base/cilium/helmrelease-cilium.yaml',
    'infrastructure/base/cilium/kustomization.yaml',
  ]);
});

test('several components are listed in the directory of the cluster', () => {
  const platform = Testing.platform();
  new layers.Infrastructure(new Cluster(platform, 'c1'), 'infrastructure', { components: [component(platform, 'cilium'), component(platform, 'external-dns')] });
  const repository = Testing.repository(platform);
  repository.hasKustomization('infrastructure', { path: './infrastructure/c1' });
  expect(repository.object('infrastructure/c1/kustomization.yaml').resources).toEqual(['../base/cilium', '../base/external-dns']);
});

test('a component that is added later is delivered, too', () => {
  const platform = Testing.platform();
  const layer = new layers.Infrastructure(new Cluster(platform, 'c1'), 'infrastructure');
  layer.addComponent(component(platform, 'cilium'), component(platform, 'external-dns'));
  Testing.repository(platform).hasKustomization('infrastructure', { path: './infrastructure/c1' });
});

test('every default can be said otherwise', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'c1');
  const security = new layers.Security(cluster, 'security', { components: [component(platform, 'external-secrets', 'security')] });
  const layer = new layers.Infrastructure(cluster, 'infrastructure-eu', {
    components: [component(platform, 'cilium')],
    directory: 'delivered/infrastructure',
    interval: Duration.minutes(30),
    timeout: Duration.minutes(5),
    prune: false,
    healthChecks: [flux.HealthCheck.of({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'cilium', namespace: 'cilium' })],
  });
  layer.addDependency(security, { because: 'certificates of the gateways' });
  const files = Testing.synth(platform);
  expect(files['clusters/c1/infrastructure-eu.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: infrastructure-eu
  namespace: flux-system
spec:
  interval: 30m
  timeout: 5m
  path: ./delivered/infrastructure
  prune: false
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: security # certificates of the gateways
  healthChecks:
    - apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      name: cilium
      namespace: cilium
`);
  expect(files['delivered/infrastructure/kustomization.yaml']).toBe(`\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../../infrastructure/base/cilium
`);
});

test('another area moves the directory of the layer, not that of its components', () => {
  const platform = Testing.platform();
  const layer = new layers.Infrastructure(new Cluster(platform, 'c1'), 'infrastructure', {
    area: 'platform', components: [component(platform, 'cilium'), component(platform, 'external-dns')],
  });
  expect(layer.area).toBe('platform');
  const repository = Testing.repository(platform);
  repository.hasKustomization('infrastructure', { path: './platform/c1' });
  expect(repository.object('platform/c1/kustomization.yaml').resources).toEqual(['../../infrastructure/base/cilium', '../../infrastructure/base/external-dns']);
});

test('an area that is undefined is the usual one', () => {
  expect(new layers.Infrastructure(new Cluster(Testing.platform(), 'c1'), 'layer', { area: undefined }).area).toBe('infrastructure');
});

test('a second one of the cluster has a directory of its own', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'c1');
  const [first, second, third, fourth] = ['first', 'second', 'third', 'fourth'].map(id => component(platform, id));
  new layers.Infrastructure(cluster, 'infrastructure', { components: [first, second] });
  new layers.Infrastructure(cluster, 'infrastructure-late', { components: [third, fourth] });
  const repository = Testing.repository(platform);
  repository.hasKustomization('infrastructure', { path: './infrastructure/c1' });
  repository.hasKustomization('infrastructure-late', { path: './infrastructure/c1/infrastructure-late' });
});

test('one that delivers nothing is refused', () => {
  const platform = Testing.platform();
  new layers.Infrastructure(new Cluster(platform, 'c1'), 'infrastructure');
  expect(() => Testing.synth(platform)).toThrow(new Error(
    '1 problem, nothing was written:\n'
    + '  c1/infrastructure: the layer delivers nothing; expected at least one component: give it one, or leave it out.',
  ));
});
