import { readdirSync } from 'fs';
import { ApiObject } from 'cdk8s';
import { Cluster, Component, Layer, Platform, SynthesizedRepository, Testing } from '../src';

/** The clusters `dev` and `prod` with one ConfigMap each; `prod` has one of its own on top. */
function fleet(): Platform {
  const platform = Testing.platform();
  platform.accept({ check: 'schema', because: 'a list is among what is looked at' });
  platform.accept({ check: 'cluster-scoped-namespace', because: 'no namespace is among it, too' });
  const web = new Component(platform, 'web', { area: 'apps', namespace: 'web' });
  new ApiObject(web, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', data: { 'a/b~c': 'd', 'list': ['x', 'y'] } });
  new Layer(new Cluster(platform, 'dev'), 'apps', { components: [web] });
  const prod = new Cluster(platform, 'prod');
  new Layer(prod, 'apps', { components: [web], prune: false });
  const own = new Component(prod, 'own', { area: 'extra' });
  new ApiObject(own, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', data: { list: [] } });
  new Layer(prod, 'extra', { components: [own] });
  return platform;
}

test('each platform of a test has an empty output directory of its own', () => {
  const [first, second] = [Testing.platform(), Testing.platform()];
  expect(first.outdir).not.toBe(second.outdir);
  expect(readdirSync(first.outdir)).toEqual([]);
});

test('the output directory of a test\'s platform can be given', () => {
  expect(Testing.platform({ outdir: '/given' }).outdir).toBe('/given');
});

test('synth gives the repository without writing it', () => {
  const platform = fleet();
  expect(Testing.synth(platform)).toEqual(platform.files());
  expect(readdirSync(platform.outdir)).toEqual([]);
});

test('a repository lists its paths, sorted', () => {
  expect(Testing.repository(fleet()).paths).toEqual([
    'apps/base/web/configmap-settings.yaml',
    'apps/base/web/kustomization.yaml',
    'clusters/dev/apps.yaml',
    'clusters/prod/apps.yaml',
    'clusters/prod/extra.yaml',
    'extra/prod/kustomization.yaml',
    'extra/prod/own/configmap-settings.yaml',
    'extra/prod/own/kustomization.yaml',
  ]);
});

test('a repository gives the object in a file', () => {
  expect(Testing.repository(fleet()).object('extra/prod/own/configmap-settings.yaml'))
    .toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { list: [] } });
});

test('asking for a file that is not there tells which are', () => {
  const repository = new SynthesizedRepository({ 'a.yaml': 'kind: A\n', 'b/c.yaml': 'kind: C\n' });
  expect(() => repository.object('c.yaml')).toThrow(new Error('the repository has no file "c.yaml"; it has:\n  a.yaml\n  b/c.yaml'));
});

test('a Kustomization has the fields that are asked for, whatever else it has', () => {
  const repository = Testing.repository(fleet());
  repository.hasKustomization('extra');
  repository.hasKustomization('extra', { path: './extra/prod', sourceRef: { name: 'flux-system' }, wait: undefined });
  repository.hasKustomization('apps', { prune: true }, { cluster: 'dev' });
  repository.hasKustomization('apps', { prune: false }, { cluster: 'prod' });
});

test('a Kustomization that differs is told field by field', () => {
  expect(() => Testing.repository(fleet()).hasKustomization('extra', {
    prune: false, wait: true, interval: undefined, sourceRef: { kind: 'Bucket', name: 'flux-system', namespace: 'x' },
  })).toThrow(new Error(`\
Kustomization "extra" in clusters/prod/extra.yaml is not as expected:
  /spec/prune is true; expected false
  /spec/wait is missing; expected true
  /spec/interval is "10m"; expected no such field
  /spec/sourceRef/kind is "GitRepository"; expected "Bucket"
  /spec/sourceRef/namespace is missing; expected "x"`));
});

test('a Kustomization that several clusters have is asked for with the cluster', () => {
  expect(() => Testing.repository(fleet()).hasKustomization('apps')).toThrow(new Error(
    'expected one Kustomization "apps" in the repository, found 2: say which cluster\'s with { cluster: … }'));
});

test('a Kustomization that is not there is missed', () => {
  const repository = Testing.repository(fleet());
  expect(() => repository.hasKustomization('none')).toThrow(new Error('expected one Kustomization "none" in the repository, found 0'));
  expect(() => repository.hasKustomization('extra', {}, { cluster: 'dev' })).toThrow(new Error(
    'expected one Kustomization "extra" in cluster "dev", found 0'));
});

test('the repository has an object where one of that kind and name has the fields', () => {
  const repository = Testing.repository(fleet());
  repository.hasObject('ConfigMap', 'settings');
  repository.hasObject('ConfigMap', 'settings', { metadata: { namespace: 'web' }, data: { 'a/b~c': 'd' } });
  repository.hasObject('ConfigMap', 'settings', { metadata: { namespace: undefined }, data: { list: [] } });
});

test('an object that differs is told field by field, for every object of that kind and name', () => {
  expect(() => Testing.repository(fleet()).hasObject('ConfigMap', 'settings', { data: { 'a/b~c': 'e', 'list': ['x'] } })).toThrow(new Error(`\
ConfigMap "settings" is not as expected:
  apps/base/web/configmap-settings.yaml: /data/a~1b~0c is "d"; expected "e"
  apps/base/web/configmap-settings.yaml: /data/list is ["x","y"]; expected ["x"]
  extra/prod/own/configmap-settings.yaml: /data/a~1b~0c is missing; expected "e"
  extra/prod/own/configmap-settings.yaml: /data/list is []; expected ["x"]`));
});

test('a field below one that is no mapping is missing', () => {
  expect(() => Testing.repository(fleet()).hasObject('ConfigMap', 'settings', { data: { list: { x: 'y' } } })).toThrow(new Error(`\
ConfigMap "settings" is not as expected:
  apps/base/web/configmap-settings.yaml: /data/list/x is missing; expected "y"
  extra/prod/own/configmap-settings.yaml: /data/list/x is missing; expected "y"`));
});

test('an object that is not there is missed', () => {
  const repository = Testing.repository(fleet());
  expect(() => repository.hasObject('Secret', 'settings')).toThrow(new Error('the repository has no Secret "settings"'));
  expect(() => repository.hasObject('ConfigMap', 'other')).toThrow(new Error('the repository has no ConfigMap "other"'));
});

/** A platform with one object that has an empty mapping, a full one, and what is no mapping. */
function mappings(): SynthesizedRepository {
  const platform = Testing.platform();
  platform.accept({ check: 'schema', because: 'every form is among what is looked at' });
  const web = new Component(platform, 'web', { area: 'apps', namespace: 'web' });
  new ApiObject(web, 'web', { apiVersion: 'v1', kind: 'ConfigMap', data: { empty: {}, full: { a: 'b' }, list: [], text: 'x' } });
  new Layer(new Cluster(platform, 'dev'), 'apps', { components: [web] });
  return Testing.repository(platform);
}

test('an empty mapping that is expected matches any mapping', () => {
  mappings().hasObject('ConfigMap', 'web', { metadata: {}, data: { empty: {}, full: {} } });
  mappings().hasKustomization('apps', { sourceRef: {} });
  mappings().hasKustomization('apps', {});
});

test('an empty mapping that is expected matches nothing but a mapping', () => {
  expect(() => mappings().hasObject('ConfigMap', 'web', { data: { absent: {}, nested: { absent: {} }, list: {}, text: {} } })).toThrow(new Error(`\
ConfigMap "web" is not as expected:
  apps/base/web/configmap-web.yaml: /data/absent is missing; expected {}
  apps/base/web/configmap-web.yaml: /data/nested/absent is missing; expected {}
  apps/base/web/configmap-web.yaml: /data/list is []; expected {}
  apps/base/web/configmap-web.yaml: /data/text is "x"; expected {}`));
});

test('an empty mapping that a Kustomization does not have is missed', () => {
  expect(() => mappings().hasKustomization('apps', { postBuild: {} })).toThrow(new Error(`\
Kustomization "apps" in clusters/dev/apps.yaml is not as expected:
  /spec/postBuild is missing; expected {}`));
});
