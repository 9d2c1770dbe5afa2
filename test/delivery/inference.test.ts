import { object, plan } from './plan-fixtures';
import { infer } from '../../src/delivery/inference';
import { idText } from '../../src/delivery/object-id';
import { Plan } from '../../src/delivery/rules';

/** What is added, a line each, and what stays out of order. */
function inferred(of: Plan): string[] {
  const { edges, proof } = infer(of);
  return [
    ...edges.map(({ from, to, gate, dependency, because }) =>
      `${dependency ? `${from.name} waits for ${to.name}` : `${to.name} is checked`}${gate ? `, gated on ${gate.kind} ${gate.name}` : ''}: ${because.object!.kind} ${because.at}`),
    ...proof.judgements.filter(({ verdict }) => verdict !== 'ordered').map(({ requirement, verdict }) => `${requirement.kustomization.name} ${requirement.at} ${verdict}`),
  ];
}

const HELM = 'helm.toolkit.fluxcd.io/v2';
const release = object(HELM, 'HelmRelease', 'operator', { spec: { chart: { spec: { sourceRef: { kind: 'HelmRepository', name: 'charts' } } } } });
const repository = object('source.toolkit.fluxcd.io/v1', 'HelmRepository', 'charts', { spec: {} });
const widget = object('example.com/v1', 'Widget', 'blue');
const brings = { [idText({ group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease', name: 'operator', namespace: 'team' })]: { objects: [], apis: ['example.com/*'] } };

test('a namespace of another Kustomization is waited for', () => {
  expect(inferred(plan([
    { name: 'apps', objects: [object('v1', 'ConfigMap', 'settings', {}, 'shop')] },
    { name: 'namespaces', objects: [object('v1', 'Namespace', 'shop', {}, '')] },
  ]))).toEqual(['apps waits for namespaces: ConfigMap metadata.namespace']);
});

test('an API that a release brings is waited for, and the release is checked', () => {
  expect(inferred(plan([{ name: 'operator', objects: [repository, release] }, { name: 'apps', objects: [widget] }], brings))).toEqual([
    'apps waits for operator, gated on HelmRelease operator: Widget apiVersion', 'operator spec.chart.spec.sourceRef settles',
  ]);
});

test('where the dependency is there already, the release alone is checked', () => {
  expect(inferred(plan([{ name: 'operator', objects: [repository, release] }, { name: 'apps', dependsOn: ['operator'], objects: [widget] }], brings))).toEqual([
    'operator is checked, gated on HelmRelease operator: Widget apiVersion', 'operator spec.chart.spec.sourceRef settles',
  ]);
});

test('what would close a circle is not added', () => {
  expect(inferred(plan([
    { name: 'apps', objects: [release] },
    { name: 'later', dependsOn: ['apps'], objects: [repository] },
  ]))).toEqual(['apps spec.chart.spec.sourceRef settles']);
});

test('nothing is added where everything is in order', () => {
  expect(inferred(plan([
    { name: 'namespaces', objects: [object('v1', 'Namespace', 'shop', {}, '')] },
    { name: 'apps', dependsOn: ['namespaces'], objects: [object('v1', 'ConfigMap', 'settings', {}, 'shop')] },
  ]))).toEqual([]);
});
