import { CheckedPlatform } from './check-fixtures';
import { Variable } from '../../src';

const CHECK = 'unused-variable';

function checkedWith(fields: { [field: string]: any }, kind?: Partial<{ apiVersion: string; kind: string }>): CheckedPlatform {
  const checked = new CheckedPlatform({}, { domain: 'example.com', zone: 'a' });
  checked.layer('one', [checked.component('first', { name: 'settings', fields: { data: { host: `${Variable.of('domain')}` } } }, { name: 'other', fields, ...kind })], {
    dependsOn: [checked.namespaces],
  });
  return checked;
}

test('tells a variable that nothing uses', () => {
  expect(checkedWith({}).findings(CHECK)).toEqual(['info dev: has the variable "zone", which nothing on it uses → leave it out of the cluster\'s variables']);
});

test('takes one that is used in an expression, and all where a Kustomization reads them', () => {
  expect(checkedWith({ data: { a: '${zone^^}' } }).findings(CHECK)).toEqual([]);
  expect(checkedWith({ spec: { sourceRef: { kind: 'GitRepository', name: 'flux-system' }, postBuild: { substituteFrom: [{ kind: 'ConfigMap', name: 'dev-vars' }] } } }, {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization',
  }).findings(CHECK)).toEqual([]);
});
