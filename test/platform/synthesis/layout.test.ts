import { Area, Cluster, Component, Layer, Platform, Testing, flux, layers } from '../../../src';
import { component, configMap } from '../fixtures';

/** Name of each Kustomization → the directory that it reads and, where that is an overlay, what the overlay lists. */
function layout(platform: Platform): { [name: string]: [string, ...string[]] } {
  const files = Testing.repository(platform);
  return Object.fromEntries(platform.deliveries().flatMap(({ kustomizations }) => kustomizations.map(({ name, file, directory, objects }) => {
    expect(files.object(file).spec.path).toBe(`./${directory}`);
    const isComponent = objects.some(object => object.file.startsWith(`${directory}/`) && object.file.split('/').length === directory.split('/').length + 1);
    return [name, [directory, ...isComponent ? [] : files.object(`${directory}/kustomization.yaml`).resources]];
  })));
}

test('a layer with one shared component reads the directory of that component', () => {
  const platform = Testing.platform();
  new Layer(new Cluster(platform, 'dev'), 'apps', { components: [component(platform, 'web')] });
  expect(layout(platform)).toEqual({ apps: ['apps/base/web'] });
});

test('a layer with several components reads an overlay for its cluster', () => {
  const platform = Testing.platform();
  const components = ['web', 'cache'].map(id => component(platform, id));
  new Layer(new Cluster(platform, 'dev'), 'apps', { components });
  expect(layout(platform)).toEqual({ apps: ['apps/dev', '../base/cache', '../base/web'] });
});

test('a layer with one component of its cluster reads an overlay for the cluster', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'dev');
  new Layer(cluster, 'apps', { components: [component(cluster, 'web')] });
  expect(layout(platform)).toEqual({ apps: ['apps/dev', 'web'] });
});

test('a layer that patches its one shared component reads an overlay for its cluster', () => {
  const platform = Testing.platform();
  const web = component(platform, 'web');
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [web] });
  apps.addPatch(web, flux.Patch.strategicMerge(flux.PatchTarget.select({ kind: 'ConfigMap' }), { data: { key: 'other' } }));
  expect(layout(platform)).toEqual({ apps: ['apps/dev', '../base/web'] });
});

test('the overlay lies in the area of the layer, wherever its components lie', () => {
  const platform = Testing.platform();
  const elsewhere = new Component(platform, 'elsewhere', { area: Area.APPS, namespace: 'blue', directory: 'teams/blue/elsewhere' });
  configMap(elsewhere, 'elsewhere');
  new layers.Tooling(new Cluster(platform, 'dev'), 'tools', { components: [component(platform, 'web'), elsewhere] });
  expect(layout(platform)).toEqual({ tools: ['tooling/dev', '../../apps/base/web', '../../teams/blue/elsewhere'] });
});

test('of two layers of one area, the one named like the area keeps the overlay, and the other gets one below it', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'dev');
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(id => component(platform, id));
  new Layer(cluster, 'apps', { components: [c, d] });
  new Layer(cluster, 'addons', { area: Area.APPS, components: [a, b] });
  expect(layout(platform)).toEqual({
    addons: ['apps/dev/addons', '../../base/a', '../../base/b'],
    apps: ['apps/dev', '../base/c', '../base/d'],
  });
});

test('of two layers of one area, each gets an overlay of its own where none is named like the area', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'dev');
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(id => component(platform, id));
  new Layer(cluster, 'first', { area: Area.APPS, components: [a, b] });
  new Layer(cluster, 'second', { area: Area.APPS, components: [c, d] });
  expect(layout(platform)).toEqual({
    first: ['apps/dev/first', '../../base/a', '../../base/b'],
    second: ['apps/dev/second', '../../base/c', '../../base/d'],
  });
});

test('a layer that reads the directory of its component takes no overlay from the others of its area', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'dev');
  const [a, b, c] = ['a', 'b', 'c'].map(id => component(platform, id));
  new Layer(cluster, 'first', { area: Area.APPS, components: [a] });
  new Layer(cluster, 'second', { area: Area.APPS, components: [b, c] });
  expect(layout(platform)).toEqual({
    first: ['apps/base/a'],
    second: ['apps/dev', '../base/b', '../base/c'],
  });
});

test('each stage of a layer has a directory of its own', () => {
  const platform = Testing.platform();
  const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map(id => component(platform, id));
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [a, b] });
  apps.addStage('apps-middle', { components: [c] });
  apps.addStage('apps-late', { components: [d, e] });
  expect(layout(platform)).toEqual({
    'apps': ['apps/dev', '../base/a', '../base/b'],
    'apps-middle': ['apps/base/c'],
    'apps-late': ['apps/dev/apps-late', '../../base/d', '../../base/e'],
  });
});

test('a layer and a stage can be given a directory of their own', () => {
  const platform = Testing.platform();
  const [a, b] = ['a', 'b'].map(id => component(platform, id));
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [a], directory: './deploy/../deploy/dev' });
  apps.addStage('apps-late', { components: [b], directory: 'deploy/late' });
  expect(layout(platform)).toEqual({
    'apps': ['deploy/dev', '../../apps/base/a'],
    'apps-late': ['deploy/late', '../../apps/base/b'],
  });
});

test('clusters that deliver the same may share a directory of their own', () => {
  const platform = Testing.platform();
  const components = ['a', 'b'].map(id => component(platform, id));
  for (const name of ['dev', 'prod']) {
    new Layer(new Cluster(platform, name), 'apps', { components, directory: 'deploy' });
  }
  expect(layout(platform)).toEqual({ apps: ['deploy', '../apps/base/a', '../apps/base/b'] });
});

test('the layer of CRDs reads the base of its area where it delivers all that the area shares', () => {
  const platform = Testing.platform();
  const components = ['gateway-api', 'prometheus'].map(id => component(platform, id, undefined, Area.CRDS));
  new layers.Crds(new Cluster(platform, 'dev'), 'crds', { components });
  expect(layout(platform)).toEqual({ crds: ['crds/base', 'gateway-api', 'prometheus'] });
});

test('the layer of CRDs reads the directory of its one component where the area shares more', () => {
  const platform = Testing.platform();
  const [first] = ['gateway-api', 'prometheus'].map(id => component(platform, id, undefined, Area.CRDS));
  new layers.Crds(new Cluster(platform, 'dev'), 'crds', { components: [first] });
  expect(layout(platform)).toEqual({ crds: ['crds/base/gateway-api'] });
});

test('the layer of CRDs reads an overlay for its cluster where it delivers one of the cluster, too', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'dev');
  const shared = component(platform, 'gateway-api', undefined, Area.CRDS);
  new layers.Crds(cluster, 'crds', { components: [shared, component(cluster, 'own', undefined, Area.CRDS)] });
  expect(layout(platform)).toEqual({ crds: ['crds/dev', '../base/gateway-api', 'own'] });
});
