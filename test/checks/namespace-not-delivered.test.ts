import { CheckedPlatform } from './check-fixtures';

const CHECK = 'namespace-not-delivered';
const FIX = 'add it to the Namespaces component of a layer that comes before, or call cluster.assume(…) where it is there before Flux';

function inNamespace(namespace: string): CheckedPlatform {
  const checked = new CheckedPlatform();
  checked.layer('apps', [checked.component('web', { name: 'one', namespace }, { name: 'two', namespace })], { dependsOn: [checked.namespaces] });
  return checked;
}

test('refuses objects in a namespace that nothing makes, once', () => {
  const checked = inNamespace('web');
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/apps › ConfigMap web/one: needs the Namespace web (metadata.namespace), which nothing on this cluster delivers → ${FIX}`,
  ]);
  expect(checked.platform.findings()[0].evidence).toEqual(['1 more needs it: ConfigMap web/two']);
});

test.each(['apps', 'default', 'flux-system'])('takes objects in the namespace %s', namespace => {
  expect(inNamespace(namespace).findings()).toEqual([]);
});

test('takes objects in a namespace that is there before Flux', () => {
  const checked = inNamespace('web');
  checked.cluster.assume({ what: 'a namespace', object: { apiVersion: 'v1', kind: 'Namespace', name: 'web' } });
  expect(checked.findings()).toEqual([]);
});
