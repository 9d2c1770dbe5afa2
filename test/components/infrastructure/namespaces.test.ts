import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Testing, components } from '../../../src';
import { manifestsOf } from '../component-fixtures';

const { Namespaces, PodSecurityLevel } = components;

test('a namespace is an object of its own, in a file of its name', () => {
  const namespaces = new Namespaces(Testing.platform(), 'namespaces', { names: ['apps'], labels: { team: 'platform' } });
  namespaces.addNamespace('shop');
  expect(manifestsOf(namespaces)).toBe(`\
# apps.yaml
apiVersion: v1
kind: Namespace
metadata:
  name: apps
  labels:
    team: platform

# kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - apps.yaml
  - shop.yaml

# shop.yaml
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    team: platform
`);
});

test('everything set', () => {
  const namespaces = new Namespaces(Testing.platform(), 'namespaces', {
    names: ['apps'], labels: { team: 'platform' }, podSecurity: PodSecurityLevel.BASELINE, podSecurityWarning: PodSecurityLevel.RESTRICTED,
  });
  namespaces.addNamespace('shop', {
    labels: { stage: 'production' },
    annotations: { owner: 'shop@acme.io' },
    podSecurity: PodSecurityLevel.RESTRICTED,
    podSecurityWarning: PodSecurityLevel.BASELINE,
    containerDefaults: { cpu: { request: Cpu.millis(50), limit: Cpu.units(1) }, memory: { request: Size.mebibytes(64), limit: Size.mebibytes(256) } },
    quota: {
      cpuRequests: Cpu.units(4),
      cpuLimits: Cpu.units(8),
      memoryRequests: Size.gibibytes(8),
      memoryLimits: Size.gibibytes(16),
      storageRequests: Size.gibibytes(100),
      pods: 40,
      loadBalancers: 0,
    },
    denyIngress: true,
  });
  expect(manifestsOf(namespaces)).toMatchSnapshot();
});

test('what holds for one namespace wins over what holds for all', () => {
  const platform = Testing.platform();
  const namespaces = new Namespaces(platform, 'namespaces', { names: ['apps'], podSecurity: PodSecurityLevel.BASELINE });
  namespaces.addNamespace('observability', { podSecurity: PodSecurityLevel.PRIVILEGED });
  const repository = Testing.repository(platform);
  repository.hasObject('Namespace', 'apps', { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } } });
  repository.hasObject('Namespace', 'observability', { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } } });
});

test('options that say nothing come to nothing', () => {
  const platform = Testing.platform();
  new Namespaces(platform, 'namespaces', { names: [] }).addNamespace('shop', { containerDefaults: {}, quota: {}, denyIngress: false });
  expect(Testing.repository(platform).paths).toEqual(['infrastructure/base/namespaces/kustomization.yaml', 'infrastructure/base/namespaces/shop.yaml']);
});

test('containers can have defaults for requests alone', () => {
  const platform = Testing.platform();
  new Namespaces(platform, 'namespaces', { names: [] }).addNamespace('shop', { containerDefaults: { cpu: { request: Cpu.millis(50) } } });
  expect(Testing.repository(platform).object('infrastructure/base/namespaces/shop-limitrange.yaml').spec)
    .toEqual({ limits: [{ type: 'Container', defaultRequest: { cpu: '50m' } }] });
});

test.each(['default', 'flux-system', 'kube-system'])('the namespace %s stays when it is taken out of the repository', name => {
  const platform = Testing.platform();
  new Namespaces(platform, 'namespaces', { names: [name] });
  Testing.repository(platform).hasObject('Namespace', name, { metadata: { annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } } });
});

test('refuses a namespace that is there already', () => {
  const namespaces = new Namespaces(Testing.platform(), 'namespaces', { names: ['apps'] });
  expect(() => namespaces.addNamespace('apps', { podSecurity: PodSecurityLevel.RESTRICTED })).toThrow(
    'namespaces already has the namespace "apps"; expected each of them once: add it with all that holds for it, and leave it out of names.');
});
