import { CheckedPlatform, ObjectFixture } from './check-fixtures';

const CHECK = 'name-too-long';

function found(object: ObjectFixture, variables?: { [name: string]: string }): string[] {
  const checked = new CheckedPlatform({}, variables);
  checked.layer('apps', [checked.component('web', object)], { dependsOn: [checked.namespaces] });
  return checked.findings(CHECK);
}

const release = (name: string, spec: object = {}): ObjectFixture => ({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name, fields: { spec } });

test('refuses a name that is longer than its kind allows', () => {
  const checked = new CheckedPlatform();
  const name = 'a'.repeat(254);
  checked.layer('apps', [checked.component('web', { name })], { dependsOn: [checked.namespaces] });
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/apps › ConfigMap apps/${name}: has a name of 254 characters; expected at most 253 → shorten it`,
  ]);
});

test('refuses a Namespace and a Service of more than 63 characters', () => {
  const name = 'n'.repeat(64);
  expect([found({ kind: 'Namespace', name }), found({ kind: 'Service', name })].flat()).toEqual([
    `error dev › flux-system/apps › Namespace ${name}: has a name of 64 characters; expected at most 63 → shorten it`,
    `error dev › flux-system/apps › Service apps/${name}: has a name of 64 characters; expected at most 63 → shorten it`,
  ]);
});

test('refuses a Kustomization whose name is no value of a label', () => {
  const checked = new CheckedPlatform();
  const name = 'l'.repeat(64);
  checked.layer(name, [checked.component('web', { name: 'settings' })], { dependsOn: [checked.namespaces] });
  expect(checked.findings(CHECK)).toEqual([
    `error dev › flux-system/${name}: has a name of 64 characters; expected at most 63, because Flux labels everything that it applies with it → shorten it`,
  ]);
});

test.each([
  ['apps/v1', 'StatefulSet', 52, 'its pods have a label with the name and a hash behind it'],
  ['apps/v1', 'DaemonSet', 242, 'its revisions have the name with a hash behind it'],
  ['batch/v1', 'CronJob', 52, 'its Jobs have the name with a time behind it'],
  ['batch/v1', 'Job', 63, 'its pods have a label with the name'],
])('refuses a %s %s whose pods or Jobs could not be named: more than %d characters', (apiVersion, kind, length, reason) => {
  const name = 'w'.repeat(length);
  expect(found({ apiVersion, kind, name })).toEqual([]);
  expect(found({ apiVersion, kind, name: `${name}w` })).toEqual([
    `error dev › flux-system/apps › ${kind} apps/${name}w: has a name of ${length + 1} characters; expected at most ${length}, because ${reason} → shorten it`,
  ]);
});

test('takes names that are as long as they may be', () => {
  expect(found({ name: 'a'.repeat(253) })).toEqual([]);
  expect(found({ kind: 'Namespace', name: 'a'.repeat(63) })).toEqual([]);
  expect(found(release('a'.repeat(53)))).toEqual([]);
  expect(found({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'a'.repeat(300) })).toEqual([]);
});

test('warns of a release whose name Flux cuts', () => {
  expect(found(release('web', { targetNamespace: 'n'.repeat(50) }))).toEqual([
    `warning dev › flux-system/apps › HelmRelease apps/web: makes the release ${'n'.repeat(50)}-web, which has 54 characters; Helm takes 53, so that Flux calls it `
    + `${'n'.repeat(40)}- and a hash, and what the chart makes has such a name, too → give it a releaseName, or a shorter name`,
  ]);
  expect(found(release('web', { targetNamespace: 'n'.repeat(50), releaseName: 'web' }))).toEqual([]);
});

test('knows the values of variables, and says nothing where it does not', () => {
  const variables = { long: 'x'.repeat(60), short: 'x' };
  expect(found({ kind: 'Service', name: 'web-${long}' }, variables)).toEqual([
    'error dev › flux-system/apps › Service apps/web-${long}: has a name of 64 characters; expected at most 63 → shorten it',
  ]);
  expect(found({ kind: 'Service', name: 'web-${short}' }, variables)).toEqual([]);
  expect(found({ kind: 'Service', name: 'web-${long:0:1}' }, variables)).toEqual([]);
});
