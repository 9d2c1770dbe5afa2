import { CheckedPlatform, ObjectFixture, RETRYING } from './check-fixtures';
import { Layer } from '../../src';

const CHECK = 'crd-order';
const WIDGET: ObjectFixture = { apiVersion: 'example.com/v1', kind: 'Widget', name: 'blue' };
const RELEASE: ObjectFixture = {
  apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'operator', fields: { spec: { interval: '1h', chartRef: { kind: 'OCIRepository', name: 'operator' }, ...RETRYING } },
};
const CHART: ObjectFixture = {
  apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'OCIRepository', name: 'operator', fields: { spec: { interval: '1h', url: 'oci://example.com/operator' } },
};
const DEFINITION: ObjectFixture = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  name: 'widgets.example.com',
  fields: {
    spec: { group: 'example.com', names: { kind: 'Widget', plural: 'widgets' }, scope: 'Namespaced', versions: [{ name: 'v1', served: true, storage: true }] },
  },
};

/** A layer `operator`, whose HelmRelease brings an API, and a layer `apps` with an object of it. */
function operatorAndWidgets(inferDependencies: boolean): { checked: CheckedPlatform; operator: Layer; apps: Layer } {
  const checked = new CheckedPlatform({ inferDependencies });
  const component = checked.component('operator', CHART, RELEASE);
  component.declare({ apis: [{ group: 'example.com', kinds: ['Widget'] }] });
  const operator = checked.layer('operator', [component], { dependsOn: [checked.namespaces] });
  return { checked, operator, apps: checked.layer('apps', [checked.component('widgets', WIDGET)], { dependsOn: [checked.namespaces] }) };
}

test('refuses a custom resource that does not wait for its definition', () => {
  const checked = new CheckedPlatform({ inferDependencies: false });
  checked.layer('crds', [checked.component('crds', DEFINITION)], { prune: false });
  checked.layer('apps', [checked.component('widgets', WIDGET, { ...WIDGET, name: 'red' })], { dependsOn: [checked.namespaces] });
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/apps › Widget apps/blue: needs the API example.com/Widget (apiVersion), which may come too late: it is sure to be there once crds is ready, `
    + 'and apps does not wait for that → let apps depend on crds, or leave inference on',
  ]);
  expect(checked.platform.findings()[0].evidence).toEqual(['out of order for the same reason: Widget apps/red']);
});

test('refuses one whose API comes with a HelmRelease of a layer that is not waited for', () => {
  expect(operatorAndWidgets(false).checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/apps › Widget apps/blue: needs the API example.com/Widget (apiVersion), which may come too late: it is sure to be there once `
    + 'HelmRelease apps/operator of operator is ready, and apps does not wait for that '
    + '→ let apps depend on operator, and let operator check the health of HelmRelease apps/operator, or leave inference on',
  ]);
});

test('refuses one whose layer waits for another, which is ready before its HelmRelease', () => {
  const { checked, operator, apps } = operatorAndWidgets(false);
  apps.addDependency(operator);
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/apps › Widget apps/blue: needs the API example.com/Widget (apiVersion), which may come too late: HelmRelease apps/operator brings it, and `
    + 'operator is ready before that → let operator check the health of HelmRelease apps/operator, or leave inference on',
  ]);
});

test('takes the same where inference is on', () => {
  expect(operatorAndWidgets(true).checked.findings()).toEqual([]);
});

test('takes one whose layer waits for the definition', () => {
  const checked = new CheckedPlatform({ inferDependencies: false });
  const crds = checked.layer('crds', [checked.component('crds', DEFINITION)], { prune: false });
  checked.layer('apps', [checked.component('widgets', WIDGET)], { dependsOn: [checked.namespaces, crds] });
  expect(checked.findings()).toEqual([]);
});

test('refuses a custom resource in a layer before the one that brings its definition', () => {
  const { checked, operator, apps } = operatorAndWidgets(true);
  operator.addDependency(apps);
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/apps › Widget apps/blue: needs the API example.com/Widget (apiVersion), which comes with operator, and operator comes only after apps → `
    + 'move it to a stage or a layer of its own, which depends on operator',
  ]);
});
