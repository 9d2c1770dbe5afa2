/** The layers that are an area and nothing else: apps, flux, infrastructure, namespaces, observability, security, tooling. */
import { ApiObject, Duration } from 'cdk8s';
import { Cluster, Component, Layer, LayerProps, Platform, Testing, flux, layers } from '../../src';

function component(platform: Platform, id: string, area: string): Component {
  const made = new Component(platform, id, { area, namespace: id });
  new ApiObject(made, id, { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease' });
  return made;
}

type LayerClass = new (cluster: Cluster, id: string, props?: LayerProps) => Layer;

describe.each<[string, string, LayerClass]>([
  ['apps', 'apps', layers.Apps],
  ['flux', 'flux', layers.Flux],
  ['infrastructure', 'infrastructure', layers.Infrastructure],
  ['namespaces', 'infrastructure', layers.Namespaces],
  ['observability', 'observability', layers.Observability],
  ['security', 'security', layers.Security],
  ['tooling', 'tooling', layers.Tooling],
])('the layer %s', (id, area, LayerOfArea) => {
  const platform = () => Testing.platform();

  test('has these defaults', () => {
    const made = platform();
    new LayerOfArea(new Cluster(made, 'c1'), id, { components: [component(made, 'one', area)] });
    expect(Testing.synth(made)[`clusters/c1/${id}.yaml`]).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${id}
  namespace: flux-system
spec:
  interval: 10m
  path: ./${area}/base/one
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`);
  });

  test('stands alone: the repository is the component and the Kustomization', () => {
    const made = platform();
    new LayerOfArea(new Cluster(made, 'c1'), id, { components: [component(made, 'one', area)] });
    expect(new Set(Object.keys(Testing.synth(made)))).toEqual(new Set([
      `clusters/c1/${id}.yaml`, `${area}/base/one/helmrelease-one.yaml`, `${area}/base/one/kustomization.yaml`,
    ]));
  });

  test('lists several components in the directory of the cluster, later ones included', () => {
    const made = platform();
    const layer = new LayerOfArea(new Cluster(made, 'c1'), id, { components: [component(made, 'one', area)] });
    layer.addComponent(component(made, 'two', area));
    const repository = Testing.repository(made);
    repository.hasKustomization(id, { path: `./${area}/c1` });
    expect(repository.object(`${area}/c1/kustomization.yaml`).resources).toEqual(['../base/one', '../base/two']);
  });

  test('can be told otherwise in everything', () => {
    const made = platform();
    const cluster = new Cluster(made, 'c1');
    const before = new Layer(cluster, 'before', { components: [component(made, 'gateways', 'before')] });
    const layer = new LayerOfArea(cluster, `${id}-eu`, {
      components: [component(made, 'one', area)],
      directory: 'delivered/here',
      interval: Duration.minutes(30),
      timeout: Duration.minutes(5),
      prune: false,
      healthChecks: [flux.HealthCheck.of({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'one', namespace: 'one' })],
    });
    layer.addDependency(before, { because: 'it comes first' });
    const files = Testing.synth(made);
    expect(files[`clusters/c1/${id}-eu.yaml`]).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${id}-eu
  namespace: flux-system
spec:
  interval: 30m
  timeout: 5m
  path: ./delivered/here
  prune: false
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: before # it comes first
  healthChecks:
    - apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      name: one
      namespace: one
`);
    expect(files['delivered/here/kustomization.yaml']).toContain(`  - ../../${area}/base/one\n`);
  });

  test('moves its own directory with its area, not that of its components', () => {
    const made = platform();
    new LayerOfArea(new Cluster(made, 'c1'), id, { area: 'platform', components: [component(made, 'one', area), component(made, 'two', area)] });
    const repository = Testing.repository(made);
    repository.hasKustomization(id, { path: './platform/c1' });
    expect(repository.object('platform/c1/kustomization.yaml').resources).toEqual([`../../${area}/base/one`, `../../${area}/base/two`]);
  });

  test('takes an area that is undefined for its usual one', () => {
    expect(new LayerOfArea(new Cluster(platform(), 'c1'), 'layer', { area: undefined }).area).toBe(area);
  });

  test('is refused where it delivers nothing', () => {
    const made = platform();
    new LayerOfArea(new Cluster(made, 'c1'), id);
    expect(() => Testing.synth(made)).toThrow(new Error(
      `1 problem, nothing was written:\n  c1/${id}: the layer delivers nothing; expected at least one component: give it one, or leave it out.`,
    ));
  });
});

test('a second layer of an area has a directory of its own', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'c1');
  const [first, second, third, fourth] = ['first', 'second', 'third', 'fourth'].map(id => component(platform, id, 'tooling'));
  new layers.Tooling(cluster, 'tooling', { components: [first, second] });
  new layers.Tooling(cluster, 'tooling-late', { components: [third, fourth] });
  const repository = Testing.repository(platform);
  repository.hasKustomization('tooling', { path: './tooling/c1' });
  repository.hasKustomization('tooling-late', { path: './tooling/c1/tooling-late' });
});
