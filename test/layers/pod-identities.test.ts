import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Cluster, Component, Testing, flux, layers } from '../../src';

const IDENTITY = { apiVersion: 'cloud.ogenki.io/v1alpha1', kind: 'EKSPodIdentity' };

/** A component with identities in a namespace. */
function identities(scope: Construct, id: string, namespace: string, ...names: string[]): Component {
  const made = new Component(scope, id, { area: 'security', namespace });
  names.forEach(name => new ApiObject(made, name, IDENTITY));
  return made;
}

test('defaults', () => {
  const platform = Testing.platform();
  new layers.PodIdentities(new Cluster(platform, 'c1'), 'epis', {
    components: [identities(platform, 'epis', 'security', 'external-secrets', 'cert-manager')],
  });
  expect(Testing.synth(platform)['clusters/c1/epis.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: epis
  namespace: flux-system
spec:
  interval: 10m
  path: ./security/base/epis
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  healthChecks:
    - apiVersion: cloud.ogenki.io/v1alpha1
      kind: EKSPodIdentity
      name: cert-manager
      namespace: security
    - apiVersion: cloud.ogenki.io/v1alpha1
      kind: EKSPodIdentity
      name: external-secrets
      namespace: security
  healthCheckExprs:
    - apiVersion: cloud.ogenki.io/v1alpha1
      kind: EKSPodIdentity
      failed: status.conditions.exists(c, c.type == 'Synced' && c.status == 'False')
      current: status.conditions.exists(c, c.type == 'Synced' && c.status == 'True') && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')
`);
});

test('it stands alone: the repository is the component and the Kustomization', () => {
  const platform = Testing.platform();
  new layers.PodIdentities(new Cluster(platform, 'c1'), 'epis', { components: [identities(platform, 'epis', 'security', 'cert-manager')] });
  expect(Object.keys(Testing.synth(platform))).toEqual([
    'clusters/c1/epis.yaml',
    'security/base/epis/ekspodidentity-cert-manager.yaml',
    'security/base/epis/kustomization.yaml',
  ]);
});

test('each identity of each component is checked, sorted by namespace and name whatever component it is of', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'c1');
  new layers.PodIdentities(cluster, 'epis', {
    components: [
      identities(platform, 'late', 'z', 'one'),
      identities(cluster, 'own', 'a', 'two', 'three'),
      identities(platform, 'early', 'm', 'four'),
    ],
  });
  Testing.repository(platform).hasKustomization('epis', {
    path: './security/c1',
    healthChecks: [
      { ...IDENTITY, name: 'three', namespace: 'a' },
      { ...IDENTITY, name: 'two', namespace: 'a' },
      { ...IDENTITY, name: 'four', namespace: 'm' },
      { ...IDENTITY, name: 'one', namespace: 'z' },
    ],
  });
});

test('an identity that is made later is checked, too', () => {
  const platform = Testing.platform();
  const epis = identities(platform, 'epis', 'security', 'cert-manager');
  const layer = new layers.PodIdentities(new Cluster(platform, 'c1'), 'epis', { components: [epis] });
  new ApiObject(epis, 'external-dns', IDENTITY);
  layer.addComponent(identities(platform, 'more', 'apps', 'backup'));
  Testing.repository(platform).hasKustomization('epis', {
    healthChecks: [
      { ...IDENTITY, name: 'backup', namespace: 'apps' },
      { ...IDENTITY, name: 'cert-manager', namespace: 'security' },
      { ...IDENTITY, name: 'external-dns', namespace: 'security' },
    ],
  });
});

test('identities that the layer does not deliver are not checked', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'c1');
  new layers.PodIdentities(cluster, 'epis', { components: [identities(platform, 'epis', 'security', 'cert-manager')] });
  new layers.Apps(cluster, 'apps', { components: [identities(platform, 'web', 'web', 'uploads')] });
  Testing.repository(platform).hasKustomization('epis', { healthChecks: [{ ...IDENTITY, name: 'cert-manager', namespace: 'security' }] });
});

test('other objects of the components are not checked', () => {
  const platform = Testing.platform();
  const epis = identities(platform, 'epis', 'security', 'cert-manager');
  new ApiObject(epis, 'policy', { apiVersion: 'v1', kind: 'ConfigMap' });
  new layers.PodIdentities(new Cluster(platform, 'c1'), 'epis', { components: [epis] });
  Testing.repository(platform).hasKustomization('epis', { healthChecks: [{ ...IDENTITY, name: 'cert-manager', namespace: 'security' }] });
});

test('the kind that makes the roles can be another one', () => {
  const platform = Testing.platform();
  const roles = new Component(platform, 'roles', { area: 'security', namespace: 'security' });
  new ApiObject(roles, 'cert-manager', { apiVersion: 'example.com/v1', kind: 'WorkloadRole' });
  new ApiObject(roles, 'ignored', IDENTITY);
  new layers.PodIdentities(new Cluster(platform, 'c1'), 'epis', {
    components: [roles], identityKind: { apiVersion: 'example.com/v1', kind: 'WorkloadRole' },
  });
  Testing.repository(platform).hasKustomization('epis', {
    healthChecks: [{ apiVersion: 'example.com/v1', kind: 'WorkloadRole', name: 'cert-manager', namespace: 'security' }],
    healthCheckExprs: [{
      apiVersion: 'example.com/v1',
      kind: 'WorkloadRole',
      failed: "status.conditions.exists(c, c.type == 'Synced' && c.status == 'False')",
      current: "status.conditions.exists(c, c.type == 'Synced' && c.status == 'True') && "
        + "status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')",
    }],
  });
});

test('health checks that were given take the place of those of the identities, and of their expression', () => {
  const platform = Testing.platform();
  const epis = identities(platform, 'epis', 'security', 'cert-manager');
  const settings = new ApiObject(epis, 'settings', { apiVersion: 'v1', kind: 'ConfigMap' });
  new layers.PodIdentities(new Cluster(platform, 'c1'), 'epis', { components: [epis], healthChecks: [flux.HealthCheck.ofObject(settings)] });
  Testing.repository(platform).hasKustomization('epis', {
    healthChecks: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'settings', namespace: 'security' }], healthCheckExprs: undefined,
  });
});

test('a layer that waits for everything says how identities are judged, and checks none by name', () => {
  const platform = Testing.platform();
  new layers.PodIdentities(new Cluster(platform, 'c1'), 'epis', { components: [identities(platform, 'epis', 'security', 'cert-manager')], wait: true });
  const { wait, healthChecks, healthCheckExprs } = Testing.repository(platform).object('clusters/c1/epis.yaml').spec;
  expect([wait, healthChecks, healthCheckExprs.map((expression: any) => expression.kind)]).toEqual([true, undefined, ['EKSPodIdentity']]);
});

test('identities of another version of the API are checked, too', () => {
  const platform = Testing.platform();
  const epis = identities(platform, 'epis', 'security', 'cert-manager');
  new ApiObject(epis, 'external-dns', { apiVersion: 'cloud.ogenki.io/v1beta1', kind: 'EKSPodIdentity' });
  new layers.PodIdentities(new Cluster(platform, 'c1'), 'epis', { components: [epis] });
  Testing.repository(platform).hasKustomization('epis', {
    healthChecks: [
      { ...IDENTITY, name: 'cert-manager', namespace: 'security' },
      { apiVersion: 'cloud.ogenki.io/v1beta1', kind: 'EKSPodIdentity', name: 'external-dns', namespace: 'security' },
    ],
  });
});

test('an expression for identities that was given takes the place of the usual one', () => {
  const platform = Testing.platform();
  new layers.PodIdentities(new Cluster(platform, 'c1'), 'epis', {
    components: [identities(platform, 'epis', 'security', 'cert-manager')],
    healthCheckExprs: [flux.HealthCheckExpression.of({ ...IDENTITY, current: 'status.roleArn != ""' })],
  });
  Testing.repository(platform).hasKustomization('epis', { healthCheckExprs: [{ ...IDENTITY, current: 'status.roleArn != ""' }] });
});

test('a layer without identities checks and judges nothing', () => {
  const platform = Testing.platform();
  const epis = new Component(platform, 'epis', { area: 'security', namespace: 'security' });
  new ApiObject(epis, 'settings', { apiVersion: 'v1', kind: 'ConfigMap' });
  new layers.PodIdentities(new Cluster(platform, 'c1'), 'epis', { components: [epis] });
  Testing.repository(platform).hasKustomization('epis', { healthChecks: undefined, healthCheckExprs: undefined });
});

test('path, interval and pruning can be said otherwise', () => {
  const platform = Testing.platform();
  new layers.PodIdentities(new Cluster(platform, 'c1'), 'identities', {
    components: [identities(platform, 'epis', 'security', 'cert-manager')],
    directory: 'delivered/epis',
    interval: Duration.minutes(30),
    timeout: Duration.minutes(5),
    prune: false,
  });
  const repository = Testing.repository(platform);
  repository.hasKustomization('identities', { interval: '30m', timeout: '5m', path: './delivered/epis', prune: false });
  expect(repository.object('delivered/epis/kustomization.yaml').resources).toEqual(['../../security/base/epis']);
});

test('an area that is undefined is the usual one', () => {
  expect(new layers.PodIdentities(new Cluster(Testing.platform(), 'c1'), 'layer', { area: undefined, identityKind: undefined }).area).toBe('security');
});

test('another area moves the directory of the layer', () => {
  const platform = Testing.platform();
  new layers.PodIdentities(new Cluster(platform, 'c1'), 'epis', {
    area: 'identity', components: [identities(platform, 'one', 'x', 'one'), identities(platform, 'two', 'x', 'two')],
  });
  Testing.repository(platform).hasKustomization('epis', { path: './identity/c1' });
});

test('it leaves the directory of the cluster to the layer that the area is named after', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'c1');
  new layers.PodIdentities(cluster, 'epis', { components: [identities(platform, 'one', 'x', 'one'), identities(platform, 'two', 'x', 'two')] });
  new layers.Security(cluster, 'security', { components: [identities(platform, 'three', 'x', 'three'), identities(platform, 'four', 'x', 'four')] });
  const repository = Testing.repository(platform);
  repository.hasKustomization('epis', { path: './security/c1/epis' });
  repository.hasKustomization('security', { path: './security/c1' });
});
