import { CheckedPlatform, ObjectFixture } from './check-fixtures';
import { Variable } from '../../src';

const CHECK = 'type-changing-variable';
const MEND = 'put text before or behind the variable, or write "${quote}…${quote}" with a variable "quote" whose value is one double quote';
const X = `${Variable.of('x')}`;

function found(x: string, object: Omit<ObjectFixture, 'name'>): string[] {
  const checked = new CheckedPlatform({}, { x, quote: '"' });
  checked.layer('one', [checked.component('first', { name: 'settings', ...object })], { dependsOn: [checked.namespaces] });
  return checked.findings(CHECK);
}

test.each([
  ['123456789012', 'becomes a number'], ['004', 'becomes a number'], ['1e3', 'becomes a number'], ['on', 'becomes a boolean'], ['[a]', 'becomes a list'],
  ['{a: b}', 'becomes a mapping'], ['a: b', 'is no YAML any more'], ['@a', 'is no YAML any more'],
])('refuses the data of a ConfigMap that with %s %s', (value, becomes) => {
  expect(found(value, { fields: { data: { account: X } } })).toEqual([
    `error dev › flux-system/one › ConfigMap apps/settings: has \${x} at /data/account, which ${becomes} with this cluster's values → ${MEND}`,
  ]);
});

test.each([['a #b', 'loses what is behind the " #"'], ['', 'becomes null']])('warns of the value %j, which %s', (value, becomes) => {
  expect(found(value, { fields: { data: { account: X } } })).toEqual([
    `warning dev › flux-system/one › ConfigMap apps/settings: has \${x} at /data/account, which ${becomes} with this cluster's values → where it has to be text, ${MEND}`,
  ]);
});

test('takes the same with text around it, with quotes, in a text of several lines, and values that stay text', () => {
  const quote = Variable.of('quote');
  expect(found('123456789012', { fields: { data: { account: `id-${X}`, quoted: `${quote}${X}${quote}`, lines: `a\n${X}`, mapping: `a: ${X}` } } })).toEqual([]);
  expect(found('example.com', { fields: { data: { account: X } } })).toEqual([]);
  expect(found('12:30', { fields: { data: { account: X } } })).toEqual([]);
});

test.each<[string, Omit<ObjectFixture, 'name'>]>([
  ['/metadata/annotations/account', { metadata: { annotations: { account: X } } }],
  ['/spec/template/metadata/labels/account', { apiVersion: 'apps/v1', kind: 'Deployment', fields: { spec: { template: { metadata: { labels: { account: X } } } } } }],
  ['/spec/template/spec/containers/0/env/0/value', {
    apiVersion: 'apps/v1', kind: 'Deployment', fields: { spec: { template: { spec: { containers: [{ name: 'web', env: [{ name: 'ACCOUNT', value: X }] }] } } } },
  }],
  ['/stringData/account', { kind: 'Secret', fields: { stringData: { account: X } } }],
])('refuses a number at %s', (field, object) => {
  expect(found('12', object).map(line => line.replace(/: .*/, ''))).toEqual([`error dev › flux-system/one › ${object.kind ?? 'ConfigMap'} apps/settings`]);
  expect(found('12', object)[0]).toContain(` at ${field}, `);
});

test('warns where the field may hold a number, and takes it where it does', () => {
  const deployment = (spec: object) => ({ apiVersion: 'apps/v1', kind: 'Deployment', fields: { spec } });
  expect(found('3', deployment({ strategy: X }))).toEqual([
    `warning dev › flux-system/one › Deployment apps/settings: has \${x} at /spec/strategy, which becomes a number with this cluster's values → where it has to be text, ${MEND}`,
  ]);
  expect(found('3', deployment({ replicas: X }))).toEqual([]);
});
