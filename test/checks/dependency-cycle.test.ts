import { CheckedPlatform } from './check-fixtures';
import { flux, Layer } from '../../src';

const CHECK = 'dependency-cycle';
const FIX = 'take one of these dependencies away, or move what needs it to a layer of its own';

/** Layers that deliver a ConfigMap each. */
function layersOf(checked: CheckedPlatform, ...ids: string[]): Layer[] {
  return ids.map(id => checked.layer(id, [checked.component(`${id}-settings`, { name: id, namespace: 'default' })]));
}

/** What else is told of each finding. */
function evidence({ platform }: CheckedPlatform): (string[] | undefined)[] {
  return platform.findings().filter(({ check }) => check === CHECK).map(finding => finding.evidence);
}

test('refuses layers that wait for each other, and tells each edge with its reason', () => {
  const checked = new CheckedPlatform();
  const [apps, crds, security, outside] = layersOf(checked, 'apps', 'crds', 'security', 'outside');
  apps.addDependency(security, { because: 'certificates' });
  security.addDependency(crds);
  crds.addDependency(apps, { because: 'the registry' });
  outside.addDependency(apps);
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/apps: never becomes ready, because it waits for itself: apps → security → crds → apps → ${FIX}`,
  ]);
  expect(evidence(checked)).toEqual([[
    'apps waits for security (certificates)', 'security waits for crds', 'crds waits for apps (the registry)', '8 objects and Kustomizations never become ready',
  ]]);
});

test('takes the same layers in a row', () => {
  const checked = new CheckedPlatform();
  const [apps, crds, security] = layersOf(checked, 'apps', 'crds', 'security');
  apps.addDependency(security, { because: 'certificates' });
  security.addDependency(crds);
  expect(checked.findings()).toEqual([]);
});

test('tells a cycle through the stages of a layer stage by stage', () => {
  const checked = new CheckedPlatform();
  const [apps, other] = layersOf(checked, 'apps', 'other');
  apps.addStage('apps-late', { components: [checked.component('late', { name: 'late', namespace: 'default' })], because: 'it needs the first' });
  other.addDependency(apps);
  apps.addDependency(other);
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/apps: never becomes ready, because it waits for itself: apps → other → apps-late → apps → ${FIX}`,
  ]);
});

test('refuses a layer that depends on itself', () => {
  const checked = new CheckedPlatform();
  const [apps] = layersOf(checked, 'apps');
  apps.addDependency(apps);
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/apps: never becomes ready, because it waits for itself: apps → apps → ${FIX}`,
  ]);
});

test('tells cycles that have nothing to do with each other one by one', () => {
  const checked = new CheckedPlatform();
  const [a, b, c, d] = layersOf(checked, 'a', 'b', 'c', 'd');
  [[a, b], [b, a], [c, d], [d, c]].forEach(([from, to]) => from.addDependency(to));
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/a: never becomes ready, because it waits for itself: a → b → a → ${FIX}`,
    `${CHECK} error dev › flux-system/c: never becomes ready, because it waits for itself: c → d → c → ${FIX}`,
  ]);
});

test('prefers the dependencies, where one object closes a shorter circle', () => {
  const checked = new CheckedPlatform();
  const apps = checked.layer('apps', [checked.component('web', { name: 'web' })]);
  const [between] = layersOf(checked, 'between');
  apps.addDependency(between);
  between.addDependency(checked.namespaces);
  checked.namespaces.addDependency(apps);
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/apps: never becomes ready, because it waits for itself: apps → between → namespaces → apps → ${FIX}`,
  ]);
});

/** A layer that applies a Kustomization, which depends on it. */
function parent(checked: CheckedPlatform, wait: boolean): void {
  const component = checked.component('nested');
  const child = new flux.Kustomization(component, 'child', { path: './child' });
  const layer = checked.layer('parent', [component], { wait });
  child.addDependency(layer.firstStage);
}

test('refuses a layer that waits for the health of a Kustomization which depends on it', () => {
  const checked = new CheckedPlatform();
  parent(checked, true);
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/parent › Kustomization flux-system/child: never becomes ready, because it waits for itself: child → parent → child → ${FIX}`,
  ]);
  expect(evidence(checked)[0]).toEqual(['child waits for parent', 'parent checks the health of child', '2 objects and Kustomizations never become ready']);
});

test('takes a layer that does not wait for the Kustomization which depends on it', () => {
  const checked = new CheckedPlatform();
  parent(checked, false);
  expect(checked.findings()).toEqual([]);
});

test('refuses HelmReleases that wait for each other', () => {
  const checked = new CheckedPlatform();
  const release = (name: string, other: string) => ({
    apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name, fields: { spec: { interval: '1h', chartRef: { kind: 'OCIRepository', name: 'chart' }, dependsOn: [{ name: other }] } },
  });
  const chart = { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'OCIRepository', name: 'chart', fields: { spec: { interval: '1h', url: 'oci://example.com/chart' } } };
  checked.layer('apps', [checked.component('web', chart, release('one', 'two'), release('two', 'one'))], { dependsOn: [checked.namespaces] });
  expect(checked.findings(CHECK)).toEqual([
    `error dev › flux-system/apps › HelmRelease apps/one: never becomes ready, because it waits for itself → ${FIX}`,
  ]);
  expect(evidence(checked)[0]!.slice(0, 2)).toEqual([
    'HelmRelease apps/two is ready only once HelmRelease apps/one is ready', 'HelmRelease apps/one is ready only once HelmRelease apps/two is ready',
  ]);
});
