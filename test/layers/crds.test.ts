import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { Cluster, Component, Platform, Testing, flux, layers } from '../../src';

/** What a definition says at the least. */
const SPEC = { group: 'example.com', names: { kind: 'Widget', plural: 'widgets' }, scope: 'Namespaced', versions: [{ name: 'v1', served: true, storage: true }] };

/** A component with a definition. */
function definitions(scope: Construct, id: string): Component {
  const made = new Component(scope, id, { area: 'crds' });
  new ApiObject(made, `${id}.example.com`, {
    apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: `${id}.example.com` }, spec: SPEC,
  });
  return made;
}

/** A component with a Kustomization that brings the definitions. */
function nested(platform: Platform, id: string): Component {
  const made = new Component(platform, id, { area: 'crds' });
  new flux.Kustomization(made, `crds-${id}`, { path: './config/crd', source: flux.Source.git(id) });
  return made;
}

test('defaults', () => {
  const platform = Testing.platform();
  new layers.Crds(new Cluster(platform, 'c1'), 'crds', { components: [definitions(platform, 'widgets'), definitions(platform, 'gadgets')] });
  expect(Testing.synth(platform)['clusters/c1/crds.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: crds
  namespace: flux-system
spec:
  interval: 10m
  path: ./crds/base
  prune: false # Never prune CRDs to avoid data loss
  sourceRef:
    kind: GitRepository
    name: flux-system
`);
});

describe('the directory', () => {
  test('is the whole area where the layer delivers all that the area shares', () => {
    const platform = Testing.platform();
    new layers.Crds(new Cluster(platform, 'c1'), 'crds', { components: [definitions(platform, 'widgets'), definitions(platform, 'gadgets')] });
    expect(Testing.synth(platform)['crds/base/kustomization.yaml']).toBe(`\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - gadgets
  - widgets
`);
  });

  test('is the whole area where that is one component', () => {
    const platform = Testing.platform();
    new layers.Crds(new Cluster(platform, 'c1'), 'crds', { components: [definitions(platform, 'widgets')] });
    const repository = Testing.repository(platform);
    repository.hasKustomization('crds', { path: './crds/base' });
    expect(repository.object('crds/base/kustomization.yaml').resources).toEqual(['widgets']);
  });

  test('is the cluster\'s where the layer delivers only some of what the area shares', () => {
    const platform = Testing.platform();
    const [widgets, gadgets] = ['widgets', 'gadgets', 'gizmos'].map(id => definitions(platform, id));
    new layers.Crds(new Cluster(platform, 'c1'), 'crds', { components: [widgets, gadgets] });
    const repository = Testing.repository(platform);
    repository.hasKustomization('crds', { path: './crds/c1' });
    expect(repository.object('crds/c1/kustomization.yaml').resources).toEqual(['../base/gadgets', '../base/widgets']);
    expect(repository.paths).not.toContain('crds/base/kustomization.yaml');
  });

  test('is the component\'s where the layer delivers one of several', () => {
    const platform = Testing.platform();
    const [widgets] = ['widgets', 'gadgets'].map(id => definitions(platform, id));
    new layers.Crds(new Cluster(platform, 'c1'), 'crds', { components: [widgets] });
    Testing.repository(platform).hasKustomization('crds', { path: './crds/base/widgets' });
  });

  test('is shared by the clusters that get everything', () => {
    const platform = Testing.platform();
    const [widgets, gadgets, gizmos] = ['widgets', 'gadgets', 'gizmos'].map(id => definitions(platform, id));
    new layers.Crds(new Cluster(platform, 'c1'), 'crds', { components: [widgets, gadgets, gizmos] });
    new layers.Crds(new Cluster(platform, 'c2'), 'crds', { components: [gizmos, widgets, gadgets] });
    new layers.Crds(new Cluster(platform, 'c3'), 'crds', { components: [widgets, gadgets] });
    const repository = Testing.repository(platform);
    repository.hasKustomization('crds', { path: './crds/base' }, { cluster: 'c1' });
    repository.hasKustomization('crds', { path: './crds/base' }, { cluster: 'c2' });
    repository.hasKustomization('crds', { path: './crds/c3' }, { cluster: 'c3' });
  });

  test('is the cluster\'s where the layer delivers a component of the cluster, too', () => {
    const platform = Testing.platform();
    const cluster = new Cluster(platform, 'c1');
    new layers.Crds(cluster, 'crds', { components: [definitions(platform, 'widgets'), definitions(cluster, 'gadgets')] });
    const repository = Testing.repository(platform);
    repository.hasKustomization('crds', { path: './crds/c1' });
    expect(repository.object('crds/c1/kustomization.yaml').resources).toEqual(['../base/widgets', 'gadgets']);
  });

  test('is the cluster\'s where the layer patches a component', () => {
    const platform = Testing.platform();
    const widgets = definitions(platform, 'widgets');
    const layer = new layers.Crds(new Cluster(platform, 'c1'), 'crds', { components: [widgets] });
    layer.addPatch(widgets, flux.Patch.json6902(
      flux.PatchTarget.select({ kind: 'CustomResourceDefinition' }), JsonPatch.add('/metadata/labels', { tier: 'gold' }),
    ));
    Testing.repository(platform).hasKustomization('crds', { path: './crds/c1' });
  });

  test('is the one that was asked for', () => {
    const platform = Testing.platform();
    new layers.Crds(new Cluster(platform, 'c1'), 'crds', { components: [definitions(platform, 'widgets')], directory: 'crds/everywhere' });
    const repository = Testing.repository(platform);
    repository.hasKustomization('crds', { path: './crds/everywhere' });
    expect(repository.object('crds/everywhere/kustomization.yaml').resources).toEqual(['../base/widgets']);
  });

  test('of another area is that area\'s', () => {
    const platform = Testing.platform();
    const api = new Component(platform, 'widgets', { area: 'apis' });
    new ApiObject(api, 'widgets', { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec: SPEC });
    new layers.Crds(new Cluster(platform, 'c1'), 'crds', { components: [api], area: 'apis' });
    Testing.repository(platform).hasKustomization('crds', { path: './apis/base' });
  });
});

describe('pruning', () => {
  test('that is insisted on has no comment', () => {
    const platform = Testing.platform();
    platform.accept({ check: 'crd-prune', because: 'the widgets are played' });
    new layers.Crds(new Cluster(platform, 'c1'), 'crds', { components: [definitions(platform, 'widgets')], prune: true });
    expect(Testing.synth(platform)['clusters/c1/crds.yaml']).toContain('  prune: true\n');
  });

  test('that is undefined is off', () => {
    const platform = Testing.platform();
    const components = [definitions(platform, 'widgets')];
    const layer = new layers.Crds(new Cluster(platform, 'c1'), 'crds', { components, prune: undefined, area: undefined });
    expect(layer.area).toBe('crds');
    expect(Testing.synth(platform)['clusters/c1/crds.yaml']).toContain('  prune: false # Never prune CRDs to avoid data loss\n');
  });

  test('that is said to be off has the comment, too', () => {
    const platform = Testing.platform();
    new layers.Crds(new Cluster(platform, 'c1'), 'crds', { components: [definitions(platform, 'widgets')], prune: false });
    expect(Testing.synth(platform)['clusters/c1/crds.yaml']).toContain('  prune: false # Never prune CRDs to avoid data loss\n');
  });
});

describe('health', () => {
  test('waits for each Kustomization that brings definitions', () => {
    const platform = Testing.platform();
    new layers.Crds(new Cluster(platform, 'c1'), 'crds', {
      components: [nested(platform, 'karpenter'), definitions(platform, 'widgets'), nested(platform, 'actions')],
    });
    expect(Testing.synth(platform)['clusters/c1/crds.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: crds
  namespace: flux-system
spec:
  interval: 10m
  path: ./crds/base
  prune: false # Never prune CRDs to avoid data loss
  sourceRef:
    kind: GitRepository
    name: flux-system
  healthChecks:
    - apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      name: crds-actions
      namespace: flux-system
    - apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      name: crds-karpenter
      namespace: flux-system
`);
  });

  test('waits for those of components that are added later', () => {
    const platform = Testing.platform();
    const layer = new layers.Crds(new Cluster(platform, 'c1'), 'crds');
    layer.addComponent(nested(platform, 'karpenter'));
    Testing.repository(platform).hasKustomization('crds', {
      healthChecks: [{ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', name: 'crds-karpenter', namespace: 'flux-system' }],
    });
  });

  test('has no checks where the layer waits for everything', () => {
    const platform = Testing.platform();
    new layers.Crds(new Cluster(platform, 'c1'), 'crds', { components: [nested(platform, 'karpenter')], wait: true });
    Testing.repository(platform).hasKustomization('crds', { wait: true, healthChecks: undefined });
  });

  test('has the checks that were given and no others', () => {
    const platform = Testing.platform();
    new layers.Crds(new Cluster(platform, 'c1'), 'crds', {
      components: [nested(platform, 'karpenter'), definitions(platform, 'widgets')],
      healthChecks: [
        flux.HealthCheck.of({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: 'widgets.example.com' }),
      ],
    });
    Testing.repository(platform).hasKustomization('crds', {
      healthChecks: [{ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: 'widgets.example.com' }],
    });
  });

  test('has no checks where none are wanted', () => {
    const platform = Testing.platform();
    new layers.Crds(new Cluster(platform, 'c1'), 'crds', { components: [nested(platform, 'karpenter')], healthChecks: [] });
    Testing.repository(platform).hasKustomization('crds', { healthChecks: undefined });
  });
});

test('every other field can be said', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'c1');
  const spaces = new Component(platform, 'namespaces', { area: 'infrastructure' });
  new ApiObject(spaces, 'apps', { apiVersion: 'v1', kind: 'Namespace' });
  const namespaces = new layers.Namespaces(cluster, 'namespaces', { components: [spaces] });
  const crds = new layers.Crds(cluster, 'definitions', {
    components: [definitions(platform, 'widgets')],
    interval: Duration.hours(1),
    timeout: Duration.minutes(3),
  });
  crds.addDependency(namespaces);
  expect(Testing.synth(platform)['clusters/c1/definitions.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: definitions
  namespace: flux-system
spec:
  interval: 1h
  timeout: 3m
  path: ./crds/base
  prune: false # Never prune CRDs to avoid data loss
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: namespaces
`);
});

test('one that delivers nothing is refused', () => {
  const platform = Testing.platform();
  new layers.Crds(new Cluster(platform, 'c1'), 'crds');
  expect(() => Testing.synth(platform)).toThrow(new Error(
    '1 problem, nothing was written:\n'
    + '  c1/crds: the layer delivers nothing; expected at least one component: give it one, or leave it out.',
  ));
});
