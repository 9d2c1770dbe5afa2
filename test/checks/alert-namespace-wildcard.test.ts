import { CheckedPlatform, ObjectFixture } from './check-fixtures';
import { fluxInstance } from './flux-fixtures';

const CHECK = 'alert-namespace-wildcard';

function alert(...eventSources: object[]): ObjectFixture {
  return { apiVersion: 'notification.toolkit.fluxcd.io/v1beta3', kind: 'Alert', name: 'errors', fields: { spec: { eventSources } } };
}

function receiver(...resources: object[]): ObjectFixture {
  return { apiVersion: 'notification.toolkit.fluxcd.io/v1', kind: 'Receiver', name: 'github', fields: { spec: { resources } } };
}

function findings(...objects: ObjectFixture[]): string[] {
  return findingsWith(() => {}, {}, ...objects);
}

function findingsWith(prepare: (checked: CheckedPlatform) => void, props: { partial?: boolean }, ...objects: ObjectFixture[]): string[] {
  const checked = new CheckedPlatform(props);
  checked.layer('apps', [checked.component('shop', ...objects)]);
  prepare(checked);
  return checked.findings(CHECK);
}

test('warns of a namespace that is to stand for all', () => {
  const message = 'of the namespace "*" (spec.eventSources), which Flux takes for the name of one: none of their events is ever sent → make an entry for each namespace';
  expect(findings(alert({ kind: 'Kustomization', name: '*', namespace: '*' }, { kind: 'HelmRelease', name: '*', namespace: '*' }))).toEqual([
    `warning dev › flux-system/apps › Alert apps/errors: names Kustomization, HelmRelease ${message}`,
  ]);
});

test('warns of a Receiver that selects every name without labels', () => {
  expect(findings(receiver({ kind: 'GitRepository', name: '*' }))).toEqual([
    'warning dev › flux-system/apps › Receiver apps/github: names every GitRepository (spec.resources) without matchLabels, which a Receiver needs beside the name "*": '
    + 'none of them is ever reconciled by it → add matchLabels, or name the objects',
  ]);
});

test('takes every name in an Alert, and in a Receiver with labels', () => {
  expect(findings(alert({ kind: 'Kustomization', name: '*' }, { kind: 'HelmRelease', name: '*', namespace: 'apps' }))).toEqual([]);
  expect(findings(receiver({ kind: 'GitRepository', name: '*', matchLabels: { team: 'shop' } }, { kind: 'GitRepository', name: 'shop' }))).toEqual([]);
});

test('refuses kinds of the operator where Flux was not installed by it', () => {
  const resourceSets = alert({ kind: 'ResourceSet', name: '*' }, { kind: 'Kustomization', name: '*' });
  expect(findings(resourceSets)).toEqual([
    'error dev › flux-system/apps › Alert apps/errors: names ResourceSet (spec.eventSources), which only a Flux that the Flux Operator has installed accepts, and no '
    + 'FluxInstance is delivered here: the API refuses it → leave the entry out, deliver the FluxInstance, or call cluster.assume(…) where it is there before',
  ]);
  expect(findings(resourceSets, fluxInstance({}))).toEqual([]);
  expect(findingsWith(({ cluster }) => cluster.assume({ what: 'the Flux Operator', apis: [{ group: 'fluxcd.controlplane.io' }] }), {}, resourceSets)).toEqual([]);
  expect(findingsWith(() => {}, { partial: true }, resourceSets)).toEqual([]);
});
