import { CheckedPlatform, ObjectFixture } from './check-fixtures';
import { LayerProps, flux } from '../../src';

const CHECK = 'ungated-dependency';
const store: ObjectFixture = { apiVersion: 'external-secrets.io/v1', kind: 'ClusterSecretStore', name: 'vault' };
const secret: ObjectFixture = {
  apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', name: 'session', fields: { spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' } } },
};

function findingsWith(first: LayerProps, second: LayerProps): string[] {
  const checked = new CheckedPlatform();
  checked.cluster.assume({ what: 'External Secrets', apis: [{ group: 'external-secrets.io' }], controllers: ['external-secrets.io'] });
  const before = checked.layer('first', [checked.component('first', store)], { dependsOn: [checked.namespaces], ...first });
  checked.layer('second', [checked.component('second', secret)], { dependsOn: [before], ...second });
  return checked.findings(CHECK);
}

test('tells of a dependency that is ready before what a health check needs', () => {
  expect(findingsWith({}, { wait: true })).toEqual([
    'info dev › flux-system/second: depends on first, which is ready as soon as it has applied its objects: ExternalSecret apps/session needs the ClusterSecretStore vault '
    + '(spec.secretStoreRef), which comes later, and its timeout has to do for both → let first check the health of what brings it',
  ]);
});

test('takes a dependency that waits, and a dependent that does not', () => {
  expect(findingsWith({ wait: true, healthCheckExprs: [flux.HealthCheckExpression.ready('external-secrets.io/v1')] }, { wait: true })).toEqual([]);
  expect(findingsWith({}, {})).toEqual([]);
});
