import { kustomization, object, plan } from './plan-fixtures';
import { idText } from '../../src/delivery/object-id';
import { prove } from '../../src/delivery/proof';
import { rootCauses } from '../../src/delivery/root-causes';
import { Plan } from '../../src/delivery/rules';
import { circleInWords, nounOf } from '../../src/delivery/words';

function causes(of: Plan): string[] {
  const { events, reached, judgements } = prove(of);
  return rootCauses(events, reached, judgements.map(({ requirement }) => requirement.fact))
    .map(cause => cause.circle ? circleInWords(cause.events) : nounOf(cause.events[0]));
}

const settings = object('v1', 'ConfigMap', 'settings');

test('what nobody provides is told once, however much is stuck behind it', () => {
  expect(causes(plan([
    { name: 'apps', objects: [object('v1', 'ConfigMap', 'settings', {}, 'nowhere'), object('v1', 'ConfigMap', 'others', {}, 'nowhere')] },
    { name: 'later', dependsOn: ['apps'], objects: [settings] },
    { name: 'last', dependsOn: ['later'], objects: [object('v1', 'ConfigMap', 'more')] },
  ]))).toEqual(['the Namespace nowhere']);
});

test('a circle is told whole, from dependency to dependency', () => {
  expect(causes(plan([{ name: 'a', dependsOn: ['b'], objects: [settings] }, { name: 'b', dependsOn: ['c'], objects: [] }, { name: 'c', dependsOn: ['a'], objects: [] }]))).toEqual([
    'Kustomization flux-system/b is ready only once Kustomization flux-system/c is ready; that only once Kustomization flux-system/a is ready; '
    + 'that only once Kustomization flux-system/b is ready',
  ]);
});

test('a custom resource beside the release that brings its definition goes round in a circle', () => {
  const release = object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'operator', { spec: {} });
  const brings = { [idText({ group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease', name: 'operator', namespace: 'team' })]: { objects: [], apis: ['example.com/Widget'] } };
  expect(causes(plan([{ name: 'apps', objects: [release, object('example.com/v1', 'Widget', 'blue')] }], brings))).toEqual([
    'the API example.com/Widget is there only once HelmRelease team/operator is installed; that only once Kustomization flux-system/apps has applied its objects; '
    + 'that only once the API example.com/Widget is there',
  ]);
});

test('a parent that waits for its child, which waits for it', () => {
  const child = { name: 'child', dependsOn: ['parent'], objects: [settings] };
  const of = plan([{ name: 'parent', wait: true, objects: [kustomization(child)] }]);
  expect(causes({ ...of, kustomizations: [...of.kustomizations, { manifest: kustomization(child), objects: child.objects }] })).toEqual([
    'Kustomization flux-system/parent is ready only once Kustomization flux-system/child is ready; that only once Kustomization flux-system/parent is ready',
  ]);
});

test('variables in the Kustomization that needs them', () => {
  expect(causes(plan([{ name: 'apps', variables: 'ConfigMap vars', objects: [object('v1', 'ConfigMap', 'vars', {}, 'flux-system')] }]))).toEqual([
    'ConfigMap flux-system/vars exists only once Kustomization flux-system/apps has applied its objects; that only once ConfigMap flux-system/vars exists',
  ]);
});
