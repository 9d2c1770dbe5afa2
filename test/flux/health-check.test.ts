import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Component, Testing, flux } from '../../src';

test('an object that the program makes is checked by its API, kind, name and namespace', () => {
  const component = new Component(Testing.platform(), 'web', { area: 'apps', namespace: 'web' });
  const deployment = new ApiObject(component, 'frontend', { apiVersion: 'apps/v1', kind: 'Deployment' });
  expect(flux.HealthCheck.ofObject(deployment).references())
    .toEqual([{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'frontend', namespace: 'web' }]);
});

test('the namespace of the object itself counts', () => {
  const component = new Component(Testing.platform(), 'web', { area: 'apps', namespace: 'web' });
  const release = new ApiObject(component, 'release', { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { namespace: 'other' } });
  expect(flux.HealthCheck.ofObject(release).references())
    .toEqual([{ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'release', namespace: 'other' }]);
});

test.each([
  ['v1', 'Namespace'],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
  ['pkg.crossplane.io/v1', 'Provider'],
  ['cert-manager.io/v1', 'ClusterIssuer'],
])('a cluster-scoped object is checked without a namespace: %s %s', (apiVersion, kind) => {
  const component = new Component(Testing.platform(), 'web', { area: 'apps', namespace: 'web' });
  expect(flux.HealthCheck.ofObject(new ApiObject(component, 'thing', { apiVersion, kind })).references())
    .toEqual([{ apiVersion, kind, name: 'thing' }]);
});

test('an object that something else makes is checked as it is given', () => {
  const reference = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'crossplane', namespace: 'crossplane-system' };
  expect(flux.HealthCheck.of(reference).references()).toEqual([reference]);
});

test('every object of a kind is one entry each', () => {
  const component = new Component(Testing.platform(), 'web', { area: 'apps', namespace: 'web' });
  new ApiObject(component, 'frontend', { apiVersion: 'apps/v1', kind: 'Deployment' });
  new ApiObject(component, 'backend', { apiVersion: 'apps/v1', kind: 'Deployment' });
  expect(flux.HealthCheck.everyObject('apps/v1', 'Deployment', [component]).references()).toEqual([
    { apiVersion: 'apps/v1', kind: 'Deployment', name: 'backend', namespace: 'web' },
    { apiVersion: 'apps/v1', kind: 'Deployment', name: 'frontend', namespace: 'web' },
  ]);
});

test('every object leaves out other kinds and other APIs', () => {
  const component = new Component(Testing.platform(), 'web', { area: 'apps', namespace: 'web' });
  new ApiObject(component, 'frontend', { apiVersion: 'apps/v1', kind: 'StatefulSet' });
  new ApiObject(component, 'backend', { apiVersion: 'example.com/v1', kind: 'Deployment' });
  expect(flux.HealthCheck.everyObject('apps/v1', 'Deployment', [component]).references()).toEqual([]);
});

test('every object is sorted by namespace and then by name, those without a namespace first', () => {
  const component = new Component(Testing.platform(), 'web', { area: 'apps' });
  for (const [id, name, namespace] of [['1', 'b', 'y'], ['2', 'b', 'x'], ['3', 'a', 'y'], ['4', 'z', undefined], ['5', 'a', 'x']] as const) {
    new ApiObject(component, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } });
  }
  expect(flux.HealthCheck.everyObject('v1', 'ConfigMap', [component]).references().map(({ namespace, name }) => [namespace, name]))
    .toEqual([[undefined, 'z'], ['x', 'a'], ['x', 'b'], ['y', 'a'], ['y', 'b']]);
});

test('every object is found however deep below the scopes it is', () => {
  const platform = Testing.platform();
  const one = new Component(platform, 'one', { area: 'apps', namespace: 'one' });
  const two = new Component(platform, 'two', { area: 'apps', namespace: 'two' });
  new ApiObject(new Construct(new Construct(one, 'outer'), 'inner'), 'Resource', { apiVersion: 'apps/v1', kind: 'Deployment' });
  new ApiObject(two, 'flat', { apiVersion: 'apps/v1', kind: 'Deployment' });
  expect(flux.HealthCheck.everyObject('apps/v1', 'Deployment', [two, one]).references().map(({ namespace, name }) => [namespace, name]))
    .toEqual([['one', 'outer-inner'], ['two', 'flat']]);
});

test('every object looks below its scopes alone', () => {
  const platform = Testing.platform();
  const one = new Component(platform, 'one', { area: 'apps' });
  const two = new Component(platform, 'two', { area: 'apps' });
  new ApiObject(one, 'inside', { apiVersion: 'v1', kind: 'ConfigMap' });
  new ApiObject(two, 'outside', { apiVersion: 'v1', kind: 'ConfigMap' });
  expect(flux.HealthCheck.everyObject('v1', 'ConfigMap', [one]).references()).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', name: 'inside' }]);
});

test('an object that is made after the check counts', () => {
  const component = new Component(Testing.platform(), 'web', { area: 'apps' });
  const check = flux.HealthCheck.everyObject('v1', 'ConfigMap', [component]);
  new ApiObject(component, 'later', { apiVersion: 'v1', kind: 'ConfigMap' });
  expect(check.references()).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', name: 'later' }]);
});

test('every object of a cluster-scoped kind has no namespace', () => {
  const component = new Component(Testing.platform(), 'packages', { area: 'infrastructure', namespace: 'crossplane-system' });
  new ApiObject(component, 'provider-aws', { apiVersion: 'pkg.crossplane.io/v1', kind: 'Provider' });
  expect(flux.HealthCheck.everyObject('pkg.crossplane.io/v1', 'Provider', [component]).references())
    .toEqual([{ apiVersion: 'pkg.crossplane.io/v1', kind: 'Provider', name: 'provider-aws' }]);
});

test('every object compares the group and not the version', () => {
  const component = new Component(Testing.platform(), 'web', { area: 'apps' });
  new ApiObject(component, 'old', { apiVersion: 'example.com/v1beta1', kind: 'Widget', metadata: { namespace: 'web' } });
  new ApiObject(component, 'new', { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { namespace: 'web' } });
  expect(flux.HealthCheck.everyObject('example.com/v1', 'Widget', [component]).references()).toEqual([
    { apiVersion: 'example.com/v1', kind: 'Widget', name: 'new', namespace: 'web' },
    { apiVersion: 'example.com/v1beta1', kind: 'Widget', name: 'old', namespace: 'web' },
  ]);
});

test('every object is given once where scopes overlap', () => {
  const platform = Testing.platform();
  const component = new Component(platform, 'web', { area: 'apps' });
  const object = new ApiObject(component, 'settings', { apiVersion: 'v1', kind: 'ConfigMap' });
  expect(flux.HealthCheck.everyObject('v1', 'ConfigMap', [platform, component, component, object]).references())
    .toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', name: 'settings' }]);
});
