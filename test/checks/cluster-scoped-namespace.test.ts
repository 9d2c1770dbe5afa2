import { ApiObject } from 'cdk8s';
import { CheckedPlatform } from './check-fixtures';
import { Area, Component } from '../../src';

const CHECK = 'cluster-scoped-namespace';

/** A layer with a component that has no namespace. */
function withoutNamespace(apiVersion: string, kind: string): CheckedPlatform {
  const checked = new CheckedPlatform({ partial: true });
  const component = new Component(checked.platform, 'web', { area: Area.APPS });
  new ApiObject(component, 'one', { apiVersion, kind, metadata: { name: 'one' } });
  checked.layer('apps', [component], { dependsOn: [checked.namespaces] });
  return checked;
}

test('refuses an object without a namespace of a kind that has one', () => {
  expect(withoutNamespace('v1', 'ConfigMap').findings()).toEqual([
    `${CHECK} error dev › flux-system/apps › ConfigMap one: has no namespace, and a ConfigMap belongs to one: Flux says "namespace not specified" and applies nothing of `
    + 'its Kustomization → give it, its component or its layer a namespace',
  ]);
});

test('takes it where the kind has none, and where nobody knows the kind', () => {
  expect(withoutNamespace('rbac.authorization.k8s.io/v1', 'ClusterRole').findings(CHECK)).toEqual([]);
  expect(withoutNamespace('example.org/v1', 'Shop').findings(CHECK)).toEqual([]);
});

test('warns of a namespace that a kind does not have', () => {
  const checked = new CheckedPlatform({ partial: true });
  const component = checked.component('web', { apiVersion: 'example.org/v1', kind: 'Shop', name: 'one' }, {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    name: 'shops.example.org',
    fields: { spec: { group: 'example.org', names: { kind: 'Shop', plural: 'shops' }, scope: 'Cluster', versions: [{ name: 'v1', served: true, storage: true }] } },
  });
  checked.layer('apps', [component], { dependsOn: [checked.namespaces] });
  expect(checked.findings(CHECK)).toEqual([
    'warning dev › flux-system/apps › Shop apps/one: has the namespace apps, and a Shop belongs to the whole cluster: two of one name in two namespaces would be one '
    + 'object → leave the namespace out',
  ]);
});
