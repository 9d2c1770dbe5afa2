import { CheckedPlatform, ObjectFixture, RETRYING } from './check-fixtures';
import { Component, flux, LayerProps } from '../../src';

const CHECK = 'self-deadlock';
const FIX = 'bring it with a stage or a layer before';
const SOURCES = 'source.toolkit.fluxcd.io/v1';

const CHART: ObjectFixture = { apiVersion: SOURCES, kind: 'OCIRepository', name: 'operator', fields: { spec: { interval: '1h', url: 'oci://example.com/operator' } } };
const RELEASE: ObjectFixture = {
  apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'operator', fields: { spec: { interval: '1h', chartRef: { kind: 'OCIRepository', name: 'operator' }, ...RETRYING } },
};
const WIDGET: ObjectFixture = { apiVersion: 'example.com/v1', kind: 'Widget', name: 'blue' };

/** A component that brings an API by a HelmRelease. */
function operator(checked: CheckedPlatform, ...further: ObjectFixture[]): Component {
  const component = checked.component('operator', CHART, RELEASE, ...further);
  component.declare({ apis: [{ group: 'example.com', kinds: ['Widget'] }] });
  return component;
}

test('refuses a custom resource beside the HelmRelease that brings its definition, and tells each step', () => {
  const checked = new CheckedPlatform();
  checked.layer('apps', [operator(checked, WIDGET)], { dependsOn: [checked.namespaces] });
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/apps › Widget apps/blue: needs the API example.com/Widget (apiVersion), which never comes: its own Kustomization would bring it, and `
    + `Flux tries out all objects of a Kustomization before it writes any → ${FIX}`,
  ]);
  expect(checked.platform.findings()[0].evidence).toEqual([
    'the API example.com/Widget is there only once HelmRelease apps/operator is installed',
    'HelmRelease apps/operator is installed only once Kustomization flux-system/apps has applied its objects',
    'Kustomization flux-system/apps has applied its objects only once the API example.com/Widget is there',
    '4 objects and Kustomizations never become ready',
  ]);
});

test('takes it in a stage after the HelmRelease', () => {
  const checked = new CheckedPlatform();
  checked.layer('apps', [operator(checked)], { dependsOn: [checked.namespaces] }).addStage('apps-widgets', { components: [checked.component('widgets', WIDGET)] });
  expect(checked.findings()).toEqual([]);
});

test('takes a custom resource beside its definition: Flux applies that first', () => {
  const checked = new CheckedPlatform();
  checked.layer('apps', [checked.component('widgets', WIDGET, {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    name: 'widgets.example.com',
    fields: {
      spec: { group: 'example.com', names: { kind: 'Widget', plural: 'widgets' }, scope: 'Namespaced', versions: [{ name: 'v1', served: true, storage: true }] },
    },
  })], { dependsOn: [checked.namespaces], prune: false });
  expect(checked.findings()).toEqual([]);
});

/** A layer whose component has one object in `flux-system`, which the Kustomization itself needs. */
function needing(kind: string, props: LayerProps): string[] {
  const checked = new CheckedPlatform();
  checked.layer('apps', [checked.component('own', { name: 'own', kind, namespace: 'flux-system' })], props);
  return checked.findings();
}

test('refuses variables in the Kustomization that needs them', () => {
  expect(needing('ConfigMap', { postBuild: { substituteFrom: [flux.VariableSource.configMap('own')] } })).toEqual([
    `${CHECK} error dev › flux-system/apps: needs the ConfigMap flux-system/own (spec.postBuild.substituteFrom), which never comes: its own Kustomization would bring it, and `
    + `needs it before it applies anything → ${FIX}`,
  ]);
});

const ACCOUNT: ObjectFixture = { kind: 'ServiceAccount', name: 'own', namespace: 'flux-system' };
const BINDING: ObjectFixture = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  name: 'own',
  fields: {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' }, subjects: [{ kind: 'ServiceAccount', name: 'own', namespace: 'flux-system' }],
  },
};

/** A layer that Flux applies as a ServiceAccount, with what of that comes before it and what is in it. */
function actingAs(before: ObjectFixture[], within: ObjectFixture[]): string[] {
  const checked = new CheckedPlatform();
  const accounts = before.length === 0 ? [] : [checked.layer('accounts', [checked.component('accounts', ...before)])];
  checked.layer('apps', [checked.component('own', ...within)], { serviceAccountName: 'own', dependsOn: [checked.namespaces, ...accounts] });
  return checked.findings();
}

test('refuses the rights of the ServiceAccount that Flux acts as in the Kustomization that they are for', () => {
  const finding = (object: string) => `${CHECK} error dev › flux-system/apps › ${object}: needs the rights of the ServiceAccount flux-system/own (spec.serviceAccountName), which never `
    + `comes: its own Kustomization would bring it, and Flux tries out all objects of a Kustomization before it writes any → ${FIX}`;
  expect(actingAs([], [ACCOUNT, BINDING])).toEqual([finding('ServiceAccount flux-system/own')]);
  expect(actingAs([ACCOUNT], [BINDING])).toEqual([finding('ClusterRoleBinding own')]);
});

test('takes the ServiceAccount in the Kustomization that it is for, where its rights are there before', () => {
  expect(actingAs([BINDING], [ACCOUNT])).toEqual([]);
  expect(actingAs([ACCOUNT, BINDING], [{ name: 'settings' }])).toEqual([]);
});

test('takes variables that may be missing', () => {
  expect(needing('ConfigMap', { postBuild: { substituteFrom: [flux.VariableSource.configMap('own', { optional: true })] } })).toEqual([]);
});
