import { CheckedPlatform, ObjectFixture } from './check-fixtures';
import { LayerProps, flux } from '../../src';

const CHECK = 'health-blind-kind';
const store: ObjectFixture = { apiVersion: 'external-secrets.io/v1', kind: 'ClusterSecretStore', name: 'vault' };
const secret: ObjectFixture = {
  apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', name: 'session', fields: { spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' } } },
};
const package_: ObjectFixture = { apiVersion: 'example.com/v1', kind: 'Package', name: 'widgets' };
const widget: ObjectFixture = { apiVersion: 'widgets.io/v1', kind: 'Widget', name: 'a' };

function platformWith(first: ObjectFixture, second: ObjectFixture, props: LayerProps): CheckedPlatform {
  const checked = new CheckedPlatform();
  checked.cluster.assume({ what: 'operators', apis: [{ group: 'external-secrets.io' }, { group: 'example.com' }], controllers: ['external-secrets.io'] });
  const brings = checked.component('first', first);
  if (first === package_) {
    brings.declare({ apis: [{ group: 'widgets.io' }] });
  }
  const before = checked.layer('first', [brings], { dependsOn: [checked.namespaces], ...props });
  checked.layer('second', [checked.component('second', second)], { dependsOn: [before] });
  return checked;
}

test('warns where an API may not be there yet, although the dependent waits for what brings it', () => {
  const checked = platformWith(package_, widget, { wait: true });
  expect(checked.findings(CHECK)).toEqual([
    'warning dev › flux-system/first › Package apps/widgets: counts as healthy before its controller has looked at it, so first may be ready too early for second, where Widget '
    + 'apps/a needs the API widgets.io/Widget (apiVersion) → let an expression judge its health: `healthCheckExprs` for Package (example.com/v1), HealthCheckExpression.ready '
    + 'where it has the condition Ready',
  ]);
  expect(checked.findings('crd-order')).toEqual([
    'error dev › flux-system/second › Widget apps/a: needs the API widgets.io/Widget (apiVersion), which may come too late: first waits for Package apps/widgets, which counts as '
    + 'healthy before its controller has looked at it → let an expression in first judge the health of Package',
  ]);
});

test('tells where the dependent waits by itself', () => {
  expect(platformWith(store, secret, { healthChecks: [flux.HealthCheck.of({ apiVersion: 'external-secrets.io/v1', kind: 'ClusterSecretStore', name: 'vault' })] }).findings(CHECK))
    .toEqual([
      'info dev › flux-system/first › ClusterSecretStore vault: counts as healthy before its controller has looked at it, so first may be ready too early for second, where '
      + 'ExternalSecret apps/session needs the ClusterSecretStore vault (spec.secretStoreRef) → let an expression judge its health: `healthCheckExprs` for ClusterSecretStore '
      + '(external-secrets.io/v1), HealthCheckExpression.ready where it has the condition Ready',
    ]);
});

test('takes what an expression judges, and what nothing relies on', () => {
  expect(platformWith(package_, widget, { wait: true, healthCheckExprs: [flux.HealthCheckExpression.ready('example.com/v1', 'Package')] }).findings()).toEqual([]);
  expect(platformWith(package_, { name: 'settings' }, { wait: true }).findings(CHECK)).toEqual([]);
});
