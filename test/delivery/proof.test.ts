import { kustomization, object, plan } from './plan-fixtures';
import { idText } from '../../src/delivery/object-id';
import { prove } from '../../src/delivery/proof';
import { Plan } from '../../src/delivery/rules';
import { chainInWords } from '../../src/delivery/words';
import { JsonObject } from '../../src/synth/json';

/** What is not simply in order, a line each: `apps: ConfigMap team/settings metadata.namespace missing`. */
function remarks(of: Plan): string[] {
  return prove(of).judgements.filter(({ verdict }) => verdict !== 'ordered').map(({ requirement, verdict }) =>
    `${requirement.kustomization.name}: ${requirement.object ? `${requirement.object.kind} ${requirement.object.name} ` : ''}${requirement.at} ${verdict}`);
}

const HELM = 'helm.toolkit.fluxcd.io/v2';
const release = object(HELM, 'HelmRelease', 'operator', { spec: { chart: { spec: { sourceRef: { kind: 'HelmRepository', name: 'charts' } } } } });
const repository = object('source.toolkit.fluxcd.io/v1', 'HelmRepository', 'charts', { spec: {} });
const widget = object('example.com/v1', 'Widget', 'blue');
const brings = { [idText({ group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease', name: 'operator', namespace: 'team' })]: { objects: [], apis: ['example.com/Widget'] } };
const settings = object('v1', 'ConfigMap', 'settings');
const checked = { apiVersion: HELM, kind: 'HelmRelease', name: 'operator', namespace: 'team' };

test('what depends on nothing is in order', () => {
  expect(remarks(plan([{ name: 'apps', objects: [settings] }]))).toEqual([]);
});

test('a namespace that nobody makes is missing', () => {
  expect(remarks(plan([{ name: 'apps', objects: [object('v1', 'ConfigMap', 'settings', {}, 'nowhere')] }]))).toEqual(['apps: ConfigMap settings metadata.namespace missing']);
});

test('a namespace of the same Kustomization comes in an earlier stage', () => {
  expect(remarks(plan([{ name: 'apps', objects: [object('v1', 'Namespace', 'shop', {}, ''), object('v1', 'ConfigMap', 'settings', {}, 'shop')] }]))).toEqual([]);
});

test('a namespace of another Kustomization may come too late, unless it is waited for', () => {
  const namespaces = { name: 'namespaces', objects: [object('v1', 'Namespace', 'shop', {}, '')] };
  const objects = [object('v1', 'ConfigMap', 'settings', {}, 'shop')];
  expect(remarks(plan([namespaces, { name: 'apps', objects }]))).toEqual(['apps: ConfigMap settings metadata.namespace race']);
  expect(remarks(plan([namespaces, { name: 'apps', dependsOn: ['namespaces'], objects }]))).toEqual([]);
});

test('a custom resource beside the release that brings its definition is never applied, and neither is the release', () => {
  expect(remarks(plan([{ name: 'apps', objects: [repository, release, widget] }], brings))).toEqual(['apps: Widget blue apiVersion deadlock',
    'apps: HelmRelease operator spec.chart.spec.sourceRef deadlock'].sort((a, b) => a.length - b.length).reverse());
});

test('a custom resource and its definition in one Kustomization are in order', () => {
  const definition = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'widgets.example.com', { spec: { group: 'example.com', names: { kind: 'Widget' } } }, '');
  expect(remarks(plan([{ name: 'apps', objects: [widget, definition] }]))).toEqual([]);
});

test('a release upstream is a race without a gate, and ordered with one', () => {
  const operator = { name: 'operator', objects: [repository, release] };
  const apps = { name: 'apps', dependsOn: ['operator'], objects: [widget] };
  expect(remarks(plan([operator, apps], brings))).toEqual(['operator: HelmRelease operator spec.chart.spec.sourceRef race', 'apps: Widget blue apiVersion race']);
  expect(remarks(plan([{ ...operator, healthChecks: [checked] }, apps], brings))).toEqual(['operator: HelmRelease operator spec.chart.spec.sourceRef race']);
});

test('a cycle is a deadlock', () => {
  expect(remarks(plan([{ name: 'a', dependsOn: ['b'], objects: [settings] }, { name: 'b', dependsOn: ['a'], objects: [repository] }]))).toEqual([
    'a: spec.dependsOn deadlock', 'b: spec.dependsOn deadlock',
  ]);
});

test('a dependency that does not exist is missing', () => {
  expect(remarks(plan([{ name: 'a', dependsOn: ['typo'], objects: [settings] }]))).toEqual(['a: spec.dependsOn missing']);
});

test('a parent that waits for a child which depends on it is a deadlock', () => {
  const child = { name: 'child', dependsOn: ['parent'], objects: [settings] };
  const of = plan([{ name: 'parent', wait: true, objects: [kustomization(child)] }]);
  const whole = { ...of, kustomizations: [...of.kustomizations, { manifest: kustomization(child), objects: child.objects }] };
  expect(remarks(whole)).toEqual(['child: spec.dependsOn deadlock']);
});

test('variables in the same Kustomization are never there', () => {
  expect(remarks(plan([{ name: 'apps', variables: 'ConfigMap vars', objects: [object('v1', 'ConfigMap', 'vars', {}, 'flux-system')] }]))).toEqual(['apps: spec.postBuild.substituteFrom deadlock']);
});

const account = object('v1', 'ServiceAccount', 'deployer', {}, 'flux-system');
const bindingOf = (subject: JsonObject) => object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'deployer', { subjects: [subject] }, '');
const binding = bindingOf({ kind: 'ServiceAccount', name: 'deployer', namespace: 'flux-system' });

test('the rights of an account in the same Kustomization are never there', () => {
  expect(remarks(plan([{ name: 'apps', account: 'deployer', objects: [account, binding] }]))).toEqual([
    'apps: spec.serviceAccountName deadlock', 'apps: ServiceAccount deployer spec.serviceAccountName deadlock',
    'apps: ClusterRoleBinding deployer spec.serviceAccountName deadlock', 'apps: ClusterRoleBinding deployer subjects[] deadlock',
  ]);
});

test('an account may come later than its rights', () => {
  const bound = (...objects: JsonObject[]) => [{ name: 'accounts', objects }, { name: 'apps', account: 'deployer', dependsOn: ['accounts'], objects: [account] }];
  const later = 'apps: spec.serviceAccountName settles';
  expect(remarks(plan(bound(binding)))).toEqual(['accounts: ClusterRoleBinding deployer subjects[] settles', later]);
  expect(remarks(plan(bound(bindingOf({ kind: 'User', name: 'system:serviceaccount:flux-system:deployer' }))))).toEqual([later]);
  expect(remarks(plan(bound(bindingOf({ kind: 'Group', name: 'system:serviceaccounts:flux-system' }))))).toEqual([later]);
  expect(remarks(plan(bound(bindingOf({ kind: 'Group', name: 'system:serviceaccounts:team' }))))).toEqual([
    'apps: spec.serviceAccountName deadlock', 'apps: ServiceAccount deployer spec.serviceAccountName missing',
  ]);
});

test('a chart source in a later Kustomization is waited for by the release, and a deadlock where the release is waited for', () => {
  const later = { name: 'later', dependsOn: ['apps'], objects: [repository] };
  expect(remarks(plan([{ name: 'apps', objects: [release] }, later]))).toEqual(['apps: HelmRelease operator spec.chart.spec.sourceRef race']);
  expect(remarks(plan([{ name: 'apps', wait: true, objects: [release] }, later]))).toEqual([
    'apps: HelmRelease operator spec.chart.spec.sourceRef deadlock', 'later: spec.dependsOn deadlock',
  ]);
});

test('what is in order is so by a chain of Kustomizations and of what they wait for', () => {
  const operator = { name: 'operator', healthChecks: [checked], objects: [repository, release] };
  const { events, judgements } = prove(plan([operator, { name: 'between', dependsOn: ['operator'], objects: [settings] }, { name: 'apps', dependsOn: ['between'], objects: [widget] }], brings));
  const { moment, fact } = judgements.find(({ requirement }) => requirement.fact === 'api example.com/Widget')!.requirement;
  expect(chainInWords(events.chainsFrom(moment)(fact))).toBe('Kustomization flux-system/apps is tried only once Kustomization flux-system/between is ready; that only once '
    + 'Kustomization flux-system/operator is ready; that only once HelmRelease team/operator is ready; that only once the API example.com/Widget is there');
  expect(chainInWords(events.chainsFrom(moment)('exists /Namespace team'))).toBe('');
  expect(chainInWords(events.chainsFrom(moment)('exists /Namespace nobody'))).toBe('');
});
