import { CheckedPlatform } from './check-fixtures';
import { LayerProps, flux } from '../../src';

const CHECK = 'health-expression-dead';
const { HealthCheck, HealthCheckExpression } = flux;

function findingsWith(props: LayerProps): string[] {
  const checked = new CheckedPlatform();
  checked.cluster.assume({ what: 'widgets', apis: [{ group: 'example.com' }] });
  const widgets = checked.component('widgets', { apiVersion: 'example.com/v1', kind: 'Widget', name: 'a' }, { apiVersion: 'example.com/v1', kind: 'WidgetClass', name: 'b' });
  checked.layer('shop', [widgets], { dependsOn: [checked.namespaces], ...props });
  return checked.findings(CHECK);
}

const check = (kind: string) => HealthCheck.of({ apiVersion: 'example.com/v1', kind, name: 'a', namespace: 'apps' });
const ready = (kind?: string) => HealthCheckExpression.ready('example.com/v1', kind);
const finding = (kinds: string, why: string, fix: string) =>
  [`warning dev › flux-system/shop: has an expression for the health of ${kinds}, which is never asked: ${why} → ${fix}`];

test('warns where nothing is waited for', () => {
  expect(findingsWith({ healthCheckExprs: [ready('Widget')] })).toEqual(
    finding('the kind Widget (example.com/v1)', 'it waits for nothing', 'check the health of these objects, or leave the expression out'));
});

test('warns where no health check is of the kind', () => {
  expect(findingsWith({ healthCheckExprs: [ready('Gadget')], healthChecks: [check('Widget')] })).toEqual(
    finding('the kind Gadget (example.com/v1)', 'none of its health checks is of them', 'check the health of these objects, or leave the expression out'));
});

test('warns where nothing of the kind is applied', () => {
  expect(findingsWith({ healthCheckExprs: [ready('Gadget')], wait: true })).toEqual(
    finding('the kind Gadget (example.com/v1)', 'it applies none of them', 'leave the expression out'));
});

test('warns of an expression for a group all of whose kinds have one of their own', () => {
  expect(findingsWith({ healthCheckExprs: [ready(), ready('Widget'), ready('WidgetClass')], wait: true })).toEqual(
    finding('the kinds of example.com/v1', 'it applies none of them', 'leave the expression out'));
});

test('takes expressions for what is waited for', () => {
  expect(findingsWith({ healthCheckExprs: [ready('Widget')], healthChecks: [check('Widget')] })).toEqual([]);
  expect(findingsWith({ healthCheckExprs: [ready()], healthChecks: [check('Widget')] })).toEqual([]);
  expect(findingsWith({ healthCheckExprs: [ready('Widget')], wait: true })).toEqual([]);
});

test('takes an expression for a kind that Flux waits for before it applies the rest', () => {
  expect(findingsWith({ healthCheckExprs: [ready('WidgetClass')] })).toEqual([]);
});
