import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { ApiObject, Helm, Include } from 'cdk8s';
import { ConfigMap, Deployment } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { component, configMap } from './fixtures';
import { Area, Cluster, Component, Layer, Testing } from '../../src';
import { helm } from '../binaries';
import { temporaryFolder } from '../temporary-folder';

function temporaryFile(name: string, content: string): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

test('a shared component lives in the base folder of its area', () => {
  const platform = Testing.platform();
  expect(new Component(platform, 'cert-manager', { area: Area.SECURITY }).directory).toBe('security/base/cert-manager');
});

test('a component of one cluster lives in the folder of that cluster', () => {
  const cluster = new Cluster(Testing.platform(), 'dev');
  expect(new Component(cluster, 'cert-manager', { area: Area.SECURITY }).directory).toBe('security/dev/cert-manager');
});

test('a component can be given a directory of its own', () => {
  const cluster = new Cluster(Testing.platform(), 'dev');
  const own = new Component(cluster, 'web', { area: 'teams', directory: 'teams/blue/web' });
  expect([own.directory, own.area]).toEqual(['teams/blue/web', 'teams']);
});

test('a component knows the cluster it belongs to, however deep it is made in it', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'dev');
  expect(component(platform, 'shared').cluster).toBeUndefined();
  expect(new Component(new Construct(cluster, 'team'), 'own', { area: 'apps' }).cluster).toBe(cluster);
});

test('a construct can be asked whether it is a component', () => {
  const platform = Testing.platform();
  expect([platform, component(platform, 'web')].map(Component.isComponent)).toEqual([false, true]);
});

test('every object has a file of its own, named by kind and name, and the kustomization.yaml lists them sorted', () => {
  const platform = Testing.platform();
  const web = new Component(platform, 'web', { area: Area.APPS });
  new ApiObject(web, 'zone', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'zone' } });
  new ApiObject(web, 'role', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'system:Web' } });
  expect(platform.files()).toEqual({
    'apps/base/web/clusterrole-system-web.yaml': `\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: system:Web
`,
    'apps/base/web/kustomization.yaml': `\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - clusterrole-system-web.yaml
  - service-zone.yaml
`,
    'apps/base/web/service-zone.yaml': `\
apiVersion: v1
kind: Service
metadata:
  name: zone
`,
  });
});

test('setFile names the file of an object', () => {
  const platform = Testing.platform();
  const web = new Component(platform, 'web', { area: Area.APPS });
  web.setFile(configMap(web, 'settings'), 'settings.yaml');
  expect(Object.keys(platform.files())).toEqual(['apps/base/web/kustomization.yaml', 'apps/base/web/settings.yaml']);
});

test('setFile takes a construct around an object, and a path in a sub-folder', () => {
  const platform = Testing.platform();
  const web = new Component(platform, 'web', { area: Area.APPS });
  web.setFile(new ConfigMap(web, 'settings', { data: { key: 'value' } }), 'config/settings.yaml');
  expect(platform.files()).toEqual({
    'apps/base/web/config/settings.yaml': `\
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  key: value
immutable: false
`,
    'apps/base/web/kustomization.yaml': `\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - config/settings.yaml
`,
  });
});

test('setFile refuses an object of another component', () => {
  const platform = Testing.platform();
  const [web, cache] = ['web', 'cache'].map(id => component(platform, id));
  expect(() => web.setFile(cache.node.findChild('cache'), 'cache.yaml')).toThrow(new Error(
    'web is asked to write cache/cache to "cache.yaml", which is not one of its objects; '
    + 'expected an object of its own: call setFile of the component that the object is made in.'));
});

test('a cdk8s-plus workload is named like its construct, without a hash', () => {
  const platform = Testing.platform();
  const web = new Component(platform, 'podinfo', { area: Area.APPS });
  const deployment = new Deployment(web, 'web', { containers: [{ image: 'podinfo:6.9.0' }] });
  expect(deployment.name).toBe('web');
  expect(Object.keys(platform.files())).toEqual(['apps/base/podinfo/deployment-web.yaml', 'apps/base/podinfo/kustomization.yaml']);
});

test('an object is named after its place below the component, in lower case', () => {
  const web = new Component(Testing.platform(), 'web', { area: Area.APPS });
  const part = new Construct(web, 'Cache');
  expect(configMap(part, 'Settings').name).toBe('cache-settings');
  expect(configMap(part, 'Resource').name).toBe('cache');
  expect(configMap(part, 'Default').name).toBe('cache');
});

test('the main object of a component is named like the component', () => {
  const web = new Component(Testing.platform(), 'web', { area: Area.APPS });
  expect(configMap(web, 'Resource').name).toBe('web');
});

test('namespace and labels of a component go to the objects that name none', () => {
  const platform = Testing.platform();
  const web = new Component(platform, 'web', { area: Area.APPS, namespace: 'apps', labels: { team: 'blue', app: 'web' } });
  configMap(web, 'plain');
  new ApiObject(web, 'own', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'other', labels: { team: 'red' } } });
  const repository = Testing.repository(platform);
  expect(repository.object('apps/base/web/configmap-plain.yaml').metadata)
    .toEqual({ name: 'plain', namespace: 'apps', labels: { app: 'web', team: 'blue' } });
  expect(repository.object('apps/base/web/configmap-own.yaml').metadata)
    .toEqual({ name: 'own', namespace: 'other', labels: { app: 'web', team: 'red' } });
});

test('objects of cluster-scoped kinds get no namespace', () => {
  const platform = Testing.platform();
  const web = new Component(platform, 'web', { area: Area.APPS, namespace: 'apps' });
  new ApiObject(web, 'apps', { apiVersion: 'v1', kind: 'Namespace' });
  new ApiObject(web, 'issuer', { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer' });
  new ApiObject(web, 'local', { apiVersion: 'cert-manager.io/v1', kind: 'Issuer' });
  const repository = Testing.repository(platform);
  expect(repository.object('apps/base/web/namespace-apps.yaml').metadata).toEqual({ name: 'apps' });
  expect(repository.object('apps/base/web/clusterissuer-issuer.yaml').metadata).toEqual({ name: 'issuer' });
  expect(repository.object('apps/base/web/issuer-local.yaml').metadata).toEqual({ name: 'local', namespace: 'apps' });
});

test('an Include of a YAML file brings its objects under their own names', () => {
  const platform = Testing.platform();
  const web = new Component(platform, 'web', { area: Area.APPS, namespace: 'apps' });
  const url = temporaryFile('manifests.yaml', `\
kind: ConfigMap
apiVersion: v1
data:
  zebra: '1'
  apple: '2'
metadata:
  name: settings
---
apiVersion: v1
kind: Namespace
metadata:
  name: apps
`);
  new Include(web, 'upstream', { url });
  expect(platform.files()).toEqual({
    'apps/base/web/configmap-settings.yaml': `\
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: apps
data:
  zebra: "1"
  apple: "2"
`,
    'apps/base/web/kustomization.yaml': `\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - configmap-settings.yaml
  - namespace-apps.yaml
`,
    'apps/base/web/namespace-apps.yaml': `\
apiVersion: v1
kind: Namespace
metadata:
  name: apps
`,
  });
});

test('a Helm chart is rendered into the component', () => {
  const chart = temporaryFolder();
  mkdirSync(join(chart, 'templates'));
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: greeter\nversion: 1.0.0\n');
  writeFileSync(join(chart, 'values.yaml'), 'greeting: hello\n');
  writeFileSync(join(chart, 'templates', 'configmap.yaml'), `\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-greeting
data:
  greeting: {{ .Values.greeting }}
`);
  const platform = Testing.platform();
  const web = new Component(platform, 'greeter', { area: Area.APPS, namespace: 'apps' });
  new Helm(web, 'chart', { chart, releaseName: 'greeter', values: { greeting: 'good morning' }, helmExecutable: helm() });
  expect(platform.files()['apps/base/greeter/configmap-greeter-greeting.yaml']).toBe(`\
apiVersion: v1
kind: ConfigMap
metadata:
  name: greeter-greeting
  namespace: apps
data:
  greeting: good morning
`);
});

test('fields keep the order in which they are given, only labels and annotations are sorted', () => {
  const platform = Testing.platform();
  const web = new Component(platform, 'web', { area: Area.APPS });
  new ApiObject(web, 'settings', {
    apiVersion: 'example.com/v1',
    kind: 'Setting',
    metadata: { finalizers: ['a/b'], annotations: { zeta: '1', alpha: '2' }, labels: { zone: 'a', app: 'web' }, name: 'settings' },
    spec: { zebra: 1, apple: { second: 2, first: 1 } },
    data: {},
  });
  expect(platform.files()['apps/base/web/setting-settings.yaml']).toBe(`\
apiVersion: example.com/v1
kind: Setting
metadata:
  name: settings
  labels:
    app: web
    zone: a
  annotations:
    alpha: "2"
    zeta: "1"
  finalizers:
    - a/b
spec:
  zebra: 1
  apple:
    second: 2
    first: 1
data: {}
`);
});

test.each([undefined, '', 'true'])('synth leaves CDK8S_DISABLE_SORT as it was: %p', value => {
  const before = process.env.CDK8S_DISABLE_SORT;
  try {
    delete process.env.CDK8S_DISABLE_SORT;
    if (value !== undefined) {
      process.env.CDK8S_DISABLE_SORT = value;
    }
    const platform = Testing.platform();
    component(platform, 'web', { zebra: '1', apple: '2' });
    expect(platform.files()['apps/base/web/configmap-web.yaml']).toContain('data:\n  zebra: "1"\n  apple: "2"\n');
    expect(process.env.CDK8S_DISABLE_SORT).toBe(value);
  } finally {
    delete process.env.CDK8S_DISABLE_SORT;
    if (before !== undefined) {
      process.env.CDK8S_DISABLE_SORT = before;
    }
  }
});

test('what a component says it provides is kept in order, and handed out as a copy', () => {
  const web = component(Testing.platform(), 'web');
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'apps' };
  const service = { apiVersion: 'v1', kind: 'Service', name: 'web', namespace: 'apps' };
  web.provides(deployment);
  web.provides(service);
  web.providedObjects.pop();
  expect(web.providedObjects).toEqual([deployment, service]);
});

test('a component cannot be made in another component', () => {
  const web = component(Testing.platform(), 'web');
  expect(() => new Component(web, 'cache', { area: Area.APPS })).toThrow(new Error(
    'the component "cache" is made in web, which is a chart of its own; expected the platform or a cluster as its scope: make it there and hand it to the layer.'));
});

test('a component cannot be made deep inside another component', () => {
  const part = new Construct(component(Testing.platform(), 'web'), 'part');
  expect(() => new Component(part, 'cache', { area: Area.APPS })).toThrow(new Error(
    'the component "cache" is made in web, which is a chart of its own; expected the platform or a cluster as its scope: make it there and hand it to the layer.'));
});

test('two components of one name in the platform are refused at once', () => {
  const platform = Testing.platform();
  component(platform, 'web');
  expect(() => component(platform, 'web')).toThrow(new Error(
    'the platform already has a construct named "web", so it cannot have a component of that name; expected every name once in a scope: rename one of them.'));
});

test('a component of a cluster cannot be named like one of its layers', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'dev');
  new Layer(cluster, 'web', { components: [component(platform, 'web')] });
  expect(() => component(cluster, 'web')).toThrow(new Error(
    'dev already has a construct named "web", so it cannot have a component of that name; expected every name once in a scope: rename one of them.'));
});
