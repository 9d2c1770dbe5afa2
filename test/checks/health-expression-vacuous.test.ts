import { CheckedPlatform } from './check-fixtures';
import { flux } from '../../src';

const CHECK = 'health-expression-vacuous';

function findingsWith(expression: Partial<flux.HealthCheckExpressionProps>, wait = true): string[] {
  const checked = new CheckedPlatform();
  checked.cluster.assume({ what: 'widgets', apis: [{ group: 'example.com' }] });
  checked.layer('shop', [checked.component('widgets', { apiVersion: 'example.com/v1', kind: 'Widget', name: 'a', fields: { spec: { size: 3 } } })], {
    dependsOn: [checked.namespaces],
    wait,
    healthCheckExprs: [flux.HealthCheckExpression.of({ apiVersion: 'example.com/v1', kind: 'Widget', current: 'true', ...expression })],
  });
  return checked.findings(CHECK);
}

const READY = 'status.conditions.exists(c, c.type == \'Ready\' && c.status == \'True\')';
const tooEarly = (current: string, when: string) => [
  `warning dev › flux-system/shop: judges the health of Widget (example.com/v1) by "${current}", which is true ${when}, so that Flux takes it for healthy before its controller `
  + `has done anything → ask for something that is there only once it is healthy: ${READY}`,
];
const never = (current: string, why: string) => [
  `error dev › flux-system/shop: judges the health of Widget (example.com/v1) by "${current}", which is never true: ${why}. The Kustomization waits until its timeout, again and `
  + `again, and is never ready → ask for something like ${READY}`,
];

test.each([
  ['true', 'while the object has no status'],
  ['spec.size == 3', 'while the object has no status'],
  ['!has(status.failure)', 'while the object has an empty status'],
  ['status.conditions.all(c, c.status == \'True\')', 'while the object has no conditions'],
  ['status.conditions.filter(c, c.type == \'Ready\').all(c, c.status == \'True\')', 'while the object has no conditions'],
  ['!status.conditions.exists(c, c.status == \'False\')', 'while the object has no conditions'],
])('warns of %p', (current, when) => {
  expect(findingsWith({ current })).toEqual(tooEarly(current, when));
});

test.each([
  ['false', 'it is false whatever the object is'],
  ['"Ready"', 'it is a value of the type string, and neither true nor false'],
  ['self.status.ready == true', 'there is no `self`, the object\'s fields are `status`, `spec`, `metadata` by themselves'],
  ['object.status.ready', 'there is no `object`, the object\'s fields are `status`, `spec`, `metadata` by themselves'],
])('refuses %p', (current, why) => {
  expect(findingsWith({ current })).toEqual(never(current, why));
});

test.each([
  [{ current: READY }],
  [{ current: 'status.phase == "Bound"' }],
  [{ current: 'status.ready' }],
  [{ current: 'has(status.conditions) && status.conditions.exists(c, c.type == \'Ready\' && c.status == \'True\')' }],
  [{ current: 'status.object.ready && sets.contains(status.roles, ["a"])' }],
  // Flux asks these first.
  [{ current: 'status.conditions.all(c, c.status == \'True\')', inProgress: 'status.conditions.size() == 0' }],
])('takes %p', expression => {
  expect(findingsWith(expression)).toEqual([]);
});

test('leaves an expression that is never asked to another check', () => {
  expect(findingsWith({ current: 'true' }, false)).toEqual([]);
});
