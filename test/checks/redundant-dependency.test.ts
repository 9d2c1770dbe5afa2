import { CheckedPlatform } from './check-fixtures';

const CHECK = 'redundant-dependency';

test('tells a dependency that another one implies, over any number of layers', () => {
  const checked = new CheckedPlatform();
  const one = checked.layer('one', [checked.component('one', { name: 'one' })], { dependsOn: [checked.namespaces] });
  const two = checked.layer('two', [checked.component('two', { name: 'two' })], { dependsOn: [one] });
  checked.layer('three', [checked.component('three', { name: 'three' })], { dependsOn: [two, checked.namespaces] });
  expect(checked.findings(CHECK)).toEqual([
    'info dev › flux-system/three: depends on namespaces, for which two waits anyway → leave it out, unless it is to stay when two goes',
  ]);
  expect(checked.findings()).toEqual([]);
});

test('takes dependencies that do not imply each other', () => {
  const checked = new CheckedPlatform();
  const [one, two] = ['one', 'two'].map(id => checked.layer(id, [checked.component(id, { name: id })], { dependsOn: [checked.namespaces] }));
  checked.layer('three', [checked.component('three', { name: 'three' })], { dependsOn: [one, two] });
  expect(checked.findings(CHECK)).toEqual([]);
});

test('takes a cycle, which another check tells', () => {
  const checked = new CheckedPlatform();
  const [one, two] = ['one', 'two'].map(id => checked.layer(id, [checked.component(id, { name: id, namespace: 'default' })]));
  one.addDependency(two);
  two.addDependency(one);
  expect(checked.findings(CHECK)).toEqual([]);
});
