import { CheckedPlatform } from './check-fixtures';
import { Layer } from '../../src';

const CHECK = 'namespace-order';

/** A layer whose objects are in a namespace of another one. */
function oneLayer(inferDependencies: boolean): { checked: CheckedPlatform; apps: Layer } {
  const checked = new CheckedPlatform({ inferDependencies });
  return { checked, apps: checked.layer('apps', [checked.component('web', { name: 'one' }, { name: 'two' })]) };
}

test('refuses objects whose namespace is not waited for', () => {
  const { checked } = oneLayer(false);
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/apps › ConfigMap apps/one: needs the Namespace apps (metadata.namespace), which may come too late: it is sure to be there once namespaces is `
    + 'ready, and apps does not wait for that → let apps depend on namespaces, or leave inference on',
  ]);
  expect(checked.platform.findings()[0].evidence).toEqual(['out of order for the same reason: ConfigMap apps/two']);
});

test('takes the same where inference is on', () => {
  expect(oneLayer(true).checked.findings()).toEqual([]);
});

test('takes objects whose namespace is waited for', () => {
  const { checked, apps } = oneLayer(false);
  apps.addDependency(checked.namespaces);
  expect(checked.findings()).toEqual([]);
});

test('tells each edge that is missing, and none that follows from another', () => {
  const checked = new CheckedPlatform({ inferDependencies: false });
  const first = checked.layer('first', [checked.component('first', { name: 'first' })]);
  checked.layer('second', [checked.component('second', { name: 'second' })], { dependsOn: [first] });
  checked.layer('third', [checked.component('third', { name: 'third' })]);
  expect(checked.findings().map(line => line.split(' → ')[1])).toEqual([
    'let first depend on namespaces, or leave inference on', 'let third depend on namespaces, or leave inference on',
  ]);
});

test('refuses objects in a layer before the one that makes their namespace', () => {
  const { checked, apps } = oneLayer(true);
  checked.layer('late', [checked.component('late', { apiVersion: 'v1', kind: 'Namespace', name: 'web' })], { dependsOn: [apps] });
  apps.addComponent(checked.component('web-settings', { name: 'settings', namespace: 'web' }));
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/apps › ConfigMap web/settings: needs the Namespace web (metadata.namespace), which comes with late, and late comes only after apps → `
    + 'move it to a stage or a layer of its own, which depends on late',
  ]);
});
