import { CheckedPlatform } from './check-fixtures';

const CHECK = 'duplicate-object';

test('refuses an object that two layers apply', () => {
  const checked = new CheckedPlatform();
  checked.layer('one', [checked.component('first', { name: 'settings' })], { dependsOn: [checked.namespaces] });
  checked.layer('two', [checked.component('second', { name: 'settings' })], { dependsOn: [checked.namespaces] });
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/two › ConfigMap apps/settings: is applied by flux-system/one, too, from apps/base/first/configmap-settings.yaml: the last one to write `
    + 'wins, again and again, and when one of them leaves it out it may be deleted → leave it out of one of them',
  ]);
});

test('takes objects of the same name in other namespaces, and of other kinds', () => {
  const checked = new CheckedPlatform();
  checked.layer('one', [checked.component('first', { name: 'settings' })], { dependsOn: [checked.namespaces] });
  checked.layer('two', [checked.component('second', { name: 'settings', namespace: 'default' }, { name: 'settings', kind: 'Secret' })], { dependsOn: [checked.namespaces] });
  expect(checked.findings(CHECK)).toEqual([]);
});
