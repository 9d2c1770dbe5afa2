import { CheckedPlatform } from './check-fixtures';
import { flux } from '../../src';

const CHECK = 'health-check-wildcard';
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'apps' };

function findingsWith(healthChecks: flux.HealthCheck[], wait?: boolean): string[] {
  const checked = new CheckedPlatform();
  checked.layer('shop', [checked.component('web', { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' })], { dependsOn: [checked.namespaces], healthChecks, wait });
  return checked.findings();
}

test('refuses a wildcard as the name and as the namespace', () => {
  const finding = (title: string) => `${CHECK} error dev › flux-system/shop: checks the health of Deployment ${title}: Flux looks for an object of that very name, does not find `
    + 'it, waits until the timeout, and is never ready → name each Deployment (HealthCheck.everyObject, or stage.addGate), or let the Kustomization wait for everything';
  expect(findingsWith([flux.HealthCheck.of({ ...deployment, name: '*' }), flux.HealthCheck.of({ ...deployment, namespace: '*' })]))
    .toEqual([finding('*/web'), finding('apps/*')]);
});

test('takes names, and leaves what Flux ignores to another check', () => {
  expect(findingsWith([flux.HealthCheck.of(deployment)])).toEqual([]);
  expect(findingsWith([flux.HealthCheck.of({ ...deployment, name: '*' })], true).filter(line => line.startsWith(CHECK))).toEqual([]);
});
