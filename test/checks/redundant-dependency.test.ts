import { CheckedPlatform } from './check-fixtures';
import { flux, Layer } from '../../src';

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

/** Three layers, each of which depends on those before it, and reads the source that is named. */
function ofSources(...sources: (string | undefined)[]): string[] {
  const checked = new CheckedPlatform({ partial: true });
  const layers: Layer[] = [];
  sources.forEach((source, i) => layers.push(checked.layer(`l${i}`, [checked.component(`l${i}`, { name: `l${i}` })], {
    dependsOn: [...layers], source: source === undefined ? undefined : flux.Source.git(source),
  })));
  return checked.findings(CHECK);
}

test('takes one that another implies only over a different source: it has a commit wait, which that does not', () => {
  expect(ofSources(undefined, 'team', undefined)).toEqual([]);
});

test('tells one of a different source, which waits for no commit anyway', () => {
  const finding = ['info dev › flux-system/l2: depends on l0, for which l1 waits anyway → leave it out, unless it is to stay when l1 goes'];
  expect(ofSources(undefined, undefined, 'team')).toEqual(finding);
  expect(ofSources(undefined, 'team', 'team')).toEqual(finding);
});

test('takes a cycle, which another check tells', () => {
  const checked = new CheckedPlatform();
  const [one, two] = ['one', 'two'].map(id => checked.layer(id, [checked.component(id, { name: id, namespace: 'default' })]));
  one.addDependency(two);
  two.addDependency(one);
  expect(checked.findings(CHECK)).toEqual([]);
});
