import { CheckedPlatform } from './check-fixtures';
import { flux } from '../../src';

const CHECK = 'health-check-ignored';

function findingsWith(wait: boolean | undefined, ...names: string[]): string[] {
  const checked = new CheckedPlatform();
  const web = checked.component('web', { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' });
  web.provides({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'database', namespace: 'apps' });
  checked.layer('shop', [web], {
    dependsOn: [checked.namespaces],
    wait,
    healthChecks: names.map(name => flux.HealthCheck.of({ apiVersion: 'apps/v1', kind: 'Deployment', name, namespace: 'apps' })),
  });
  return checked.findings(CHECK);
}

test('warns of a health check on something that `wait` does not cover', () => {
  expect(findingsWith(true, 'web', 'database')).toEqual([
    'warning dev › flux-system/shop: waits for everything that it applies, and so ignores its health checks: nothing waits for Deployment apps/database, which it does not apply '
    + '→ leave `wait` out and name everything that has to be healthy',
  ]);
});

test('tells that a health check on something that `wait` covers is needless', () => {
  expect(findingsWith(true, 'web')).toEqual([
    'info dev › flux-system/shop: waits for everything that it applies, Deployment apps/web included: its health checks are ignored → leave the health checks out',
  ]);
});

test('takes the one without the other', () => {
  expect(findingsWith(true)).toEqual([]);
  expect(findingsWith(undefined, 'web', 'database')).toEqual([]);
});
