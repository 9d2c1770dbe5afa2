import { ApiObject, JsonPatch } from 'cdk8s';
import { Component, Testing, Variable, flux } from '../../src';

/** An entry of `spec.patches`, as the repository holds it. */
function written(patch: flux.Patch): { target: object; patch: string } {
  const platform = Testing.platform();
  new flux.Kustomization(new Component(platform, 'team', { area: 'apps' }), 'web', { path: './web', patches: [patch] });
  return Testing.repository(platform).object('apps/base/team/kustomization-web.yaml').spec.patches[0];
}

function object(apiVersion: string, kind: string, name: string): ApiObject {
  const component = new Component(Testing.platform(), 'web', { area: 'apps', namespace: 'web' });
  return new ApiObject(component, name, { apiVersion, kind });
}

test('an object is selected by group, kind, name and namespace', () => {
  expect(flux.PatchTarget.object(object('apps/v1', 'Deployment', 'frontend')).selector)
    .toEqual({ group: 'apps', kind: 'Deployment', name: 'frontend', namespace: 'web' });
});

test('an object of the core group is selected without a group', () => {
  expect(flux.PatchTarget.object(object('v1', 'Service', 'frontend')).selector).toEqual({ kind: 'Service', name: 'frontend', namespace: 'web' });
});

test('a cluster-scoped object is selected without a namespace', () => {
  expect(flux.PatchTarget.object(object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'reader')).selector)
    .toEqual({ group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'reader' });
});

test.each([
  ['a.b', 'a\\.b'],
  ['system:a*(b)', 'system:a\\*\\(b\\)'],
  ['^a+[b]{2}|c?$', '\\^a\\+\\[b\\]\\{2\\}\\|c\\?\\$'],
])('what is special in a regular expression is escaped in the name of an object: %s', (name, pattern) => {
  const component = new Component(Testing.platform(), 'web', { area: 'apps', namespace: 'web' });
  const role = new ApiObject(component, 'role', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name } });
  expect(flux.PatchTarget.object(role).selector.name).toBe(pattern);
});

test('a variable in the name of an object is matched as the repository holds it', () => {
  const component = new Component(Testing.platform(), 'web', { area: 'apps' });
  const settings = new ApiObject(component, 'a', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `a-${Variable.of('team')}` } });
  expect(flux.PatchTarget.object(settings).selector.name).toBe('a-\\$\\{team\\}');
});

test('a variable in the namespace of an object is matched as the repository holds it', () => {
  const component = new Component(Testing.platform(), 'web', { area: 'apps', namespace: `web-${Variable.of('team')}` });
  expect(flux.PatchTarget.object(new ApiObject(component, 'a', { apiVersion: 'v1', kind: 'ConfigMap' })).selector.namespace).toBe('web-\\$\\{team\\}');
});

test('a selector is taken as it is', () => {
  expect(flux.PatchTarget.select({ kind: 'Deploy.*', labelSelector: 'app=web' }).selector).toEqual({ kind: 'Deploy.*', labelSelector: 'app=web' });
});

test('the fields of a target are written in their usual order', () => {
  const target = flux.PatchTarget.select({
    annotationSelector: 'owner=web', labelSelector: 'app=web', namespace: 'web', name: 'frontend', kind: 'Deployment', version: 'v1', group: 'apps',
  });
  expect(Object.entries(written(flux.Patch.strategicMerge(target, { spec: { replicas: 3 } })).target)).toEqual([
    ['group', 'apps'],
    ['version', 'v1'],
    ['kind', 'Deployment'],
    ['name', 'frontend'],
    ['namespace', 'web'],
    ['labelSelector', 'app=web'],
    ['annotationSelector', 'owner=web'],
  ]);
});

test('a target without fields is everything', () => {
  expect(written(flux.Patch.strategicMerge(flux.PatchTarget.select({}), { metadata: { labels: { team: 'web' } } }))).toEqual({
    target: {},
    patch: `\
apiVersion: v1
kind: Any
metadata:
  name: any
  labels:
    team: web
`,
  });
});

test('a strategic merge is a part of the object with the identity of its target', () => {
  const target = flux.PatchTarget.object(object('apps/v1', 'Deployment', 'frontend'));
  expect(written(flux.Patch.strategicMerge(target, { spec: { replicas: 3, paused: null } }))).toEqual({
    target: { group: 'apps', kind: 'Deployment', name: 'frontend', namespace: 'web' },
    patch: `\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: frontend
spec:
  replicas: 3
  paused: null
`,
  });
});

test('the version of the target is the version of a strategic merge', () => {
  const target = flux.PatchTarget.select({ group: 'helm.toolkit.fluxcd.io', version: 'v2', kind: 'HelmRelease' });
  expect(written(flux.Patch.strategicMerge(target, { spec: { suspend: true } })).patch).toBe(`\
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: any
spec:
  suspend: true
`);
});

test('operations are written as a list, in the order in which they are applied', () => {
  const target = flux.PatchTarget.select({ kind: 'Deployment' });
  const patch = flux.Patch.json6902(
    target,
    JsonPatch.replace('/spec/replicas', 3),
    JsonPatch.add('/metadata/annotations/example.com~1owner', 'web'),
    JsonPatch.remove('/spec/paused'),
    JsonPatch.move('/spec/a', '/spec/b'),
    JsonPatch.copy('/spec/b', '/spec/c'),
    JsonPatch.test('/kind', 'Deployment'),
  );
  expect(written(patch)).toEqual({
    target: { kind: 'Deployment' },
    patch: `\
- op: replace
  path: /spec/replicas
  value: 3
- op: add
  path: /metadata/annotations/example.com~1owner
  value: web
- op: remove
  path: /spec/paused
- op: move
  from: /spec/a
  path: /spec/b
- op: copy
  from: /spec/b
  path: /spec/c
- op: test
  path: /kind
  value: Deployment
`,
  });
});

test('a patch is written as a block, as a person would', () => {
  const platform = Testing.platform();
  new flux.Kustomization(new Component(platform, 'team', { area: 'apps' }), 'web', {
    path: './web',
    patches: [flux.Patch.strategicMerge(flux.PatchTarget.select({ kind: 'Deployment' }), { spec: { replicas: 3 } })],
  });
  expect(Testing.synth(platform)['apps/base/team/kustomization-web.yaml']).toContain(`\
  patches:
    - target:
        kind: Deployment
      patch: |
        apiVersion: v1
        kind: Deployment
        metadata:
          name: any
        spec:
          replicas: 3
`);
});
