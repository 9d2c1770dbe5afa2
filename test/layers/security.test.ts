import { ApiObject, Duration } from 'cdk8s';
import { Cluster, Component, Platform, Testing, flux, layers } from '../../src';

function component(platform: Platform, id: string, area = 'security'): Component {
  const made = new Component(platform, id, { area, namespace: id });
  new ApiObject(made, id, { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease' });
  return made;
}

test('defaults', () => {
  const platform = Testing.platform();
  new layers.Security(new Cluster(platform, 'c1'), 'security', { components: [component(platform, 'cert-manager')] });
  expect(Testing.synth(platform)['clusters/c1/security.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: security
  namespace: flux-system
spec:
  interval: 10m
  path: ./security/base/cert-manager
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`);
});

test('it stands alone: the repository is the component and the Kustomization', () => {
  const platform = Testing.platform();
  new layers.Security(new Cluster(platform, 'c1'), 'security', { components: [component(platform, 'cert-manager')] });
  expect(Object.keys(Testing.synth(platform))).toEqual([
    'clusters/c1/security.yaml',
    'security/base/cert-manager/helmrelease-cert-manager.yaml',
    'security/base/cert-manager/kustomization.yaml',
  ]);
});

test('several components are listed in the directory of the cluster', () => {
  const platform = Testing.platform();
  new layers.Security(new Cluster(platform, 'c1'), 'security', { components: [component(platform, 'cert-manager'), component(platform, 'kyverno')] });
  const repository = Testing.repository(platform);
  repository.hasKustomization('security', { path: './security/c1' });
  expect(repository.object('security/c1/kustomization.yaml').resources).toEqual(['../base/cert-manager', '../base/kyverno']);
});

test('a component that is added later is delivered, too', () => {
  const platform = Testing.platform();
  const layer = new layers.Security(new Cluster(platform, 'c1'), 'security');
  layer.addComponent(component(platform, 'cert-manager'), component(platform, 'kyverno'));
  Testing.repository(platform).hasKustomization('security', { path: './security/c1' });
});

test('every default can be said otherwise', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'c1');
  const epis = new layers.PodIdentities(cluster, 'epis', { components: [component(platform, 'identities', 'security')] });
  const layer = new layers.Security(cluster, 'security-eu', {
    components: [component(platform, 'cert-manager')],
    directory: 'delivered/security',
    interval: Duration.minutes(30),
    timeout: Duration.minutes(5),
    prune: false,
    healthChecks: [flux.HealthCheck.of({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'cert-manager', namespace: 'cert-manager' })],
  });
  layer.addDependency(epis, { because: 'IAM roles for External Secrets' });
  const files = Testing.synth(platform);
  expect(files['clusters/c1/security-eu.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: security-eu
  namespace: flux-system
spec:
  interval: 30m
  timeout: 5m
  path: ./delivered/security
  prune: false
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: epis # IAM roles for External Secrets
  healthChecks:
    - apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      name: cert-manager
      namespace: cert-manager
`);
  expect(files['delivered/security/kustomization.yaml']).toBe(`\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../../security/base/cert-manager
`);
});

test('another area moves the directory of the layer, not that of its components', () => {
  const platform = Testing.platform();
  const layer = new layers.Security(new Cluster(platform, 'c1'), 'security', {
    area: 'platform', components: [component(platform, 'cert-manager'), component(platform, 'kyverno')],
  });
  expect(layer.area).toBe('platform');
  const repository = Testing.repository(platform);
  repository.hasKustomization('security', { path: './platform/c1' });
  expect(repository.object('platform/c1/kustomization.yaml').resources).toEqual(['../../security/base/cert-manager', '../../security/base/kyverno']);
});

test('an area that is undefined is the usual one', () => {
  expect(new layers.Security(new Cluster(Testing.platform(), 'c1'), 'layer', { area: undefined }).area).toBe('security');
});

test('a second one of the cluster has a directory of its own', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'c1');
  const [first, second, third, fourth] = ['first', 'second', 'third', 'fourth'].map(id => component(platform, id));
  new layers.Security(cluster, 'security', { components: [first, second] });
  new layers.Security(cluster, 'security-late', { components: [third, fourth] });
  const repository = Testing.repository(platform);
  repository.hasKustomization('security', { path: './security/c1' });
  repository.hasKustomization('security-late', { path: './security/c1/security-late' });
});

test('one that delivers nothing is refused', () => {
  const platform = Testing.platform();
  new layers.Security(new Cluster(platform, 'c1'), 'security');
  expect(() => Testing.synth(platform)).toThrow(new Error(
    '1 problem, nothing was written:\n'
    + '  c1/security: the layer delivers nothing; expected at least one component: give it one, or leave it out.',
  ));
});
