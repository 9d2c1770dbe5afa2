import { CheckedPlatform } from './check-fixtures';
import { flux } from '../../src';

const CHECK = 'health-check-not-delivered';
const web = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'apps' };

test('refuses a health check on what nothing delivers', () => {
  const checked = new CheckedPlatform();
  checked.layer('shop', [checked.component('web', { apiVersion: 'apps/v1', kind: 'Deployment', name: 'webshop' })], {
    dependsOn: [checked.namespaces], healthChecks: [flux.HealthCheck.of(web)],
  });
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/shop: checks the health of Deployment apps/web, which nothing on this cluster delivers: it waits until its timeout, again and again, `
    + 'and is never ready → correct the reference, say with component.provides(…) which component makes it, or call cluster.assume(…) where it is there before Flux',
  ]);
  expect(checked.platform.findings()[0].evidence).toEqual(['it delivers Deployment apps/webshop']);
});

test('refuses a health check on what comes only after it', () => {
  const checked = new CheckedPlatform();
  const first = checked.layer('first', [checked.component('settings', { name: 'settings' })], {
    dependsOn: [checked.namespaces], healthChecks: [flux.HealthCheck.of(web)],
  });
  checked.layer('shop', [checked.component('web', { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' })], { dependsOn: [first] });
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/first: checks the health of Deployment apps/web, which comes only after it, so that it is never ready `
    + '→ check it in the Kustomization that delivers it, or deliver it with this one',
  ]);
});

test('refuses a health check whose name holds a variable', () => {
  const checked = new CheckedPlatform({}, { team: 'blue' });
  checked.layer('shop', [checked.component('web', { name: 'web-${team}' })], {
    dependsOn: [checked.namespaces], healthChecks: [flux.HealthCheck.of({ apiVersion: 'v1', kind: 'ConfigMap', name: 'web-${team}', namespace: 'apps' })],
  });
  expect(checked.findings(CHECK)).toEqual([
    'error dev › flux-system/shop: checks the health of ConfigMap apps/web-${team}, whose name holds a variable: Flux does not substitute in health checks, and looks for an '
    + 'object of that very name → check something whose name is known here, or let the Kustomization wait for everything',
  ]);
});

test('refuses a health check without the namespace that its kind has', () => {
  const checked = new CheckedPlatform();
  checked.layer('shop', [checked.component('web', { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' })], {
    dependsOn: [checked.namespaces], healthChecks: [flux.HealthCheck.of({ ...web, namespace: undefined })],
  });
  expect(checked.findings(CHECK)).toEqual([
    'error dev › flux-system/shop: checks the health of Deployment web without a namespace, and a Deployment belongs to one: Flux fails at that again and again, and it is '
    + 'never ready → give the health check the namespace of the object',
  ]);
});

test('takes what the Kustomization delivers under the name that it gets there', () => {
  const checked = new CheckedPlatform();
  checked.layer('shop', [checked.component('web', { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' })], {
    dependsOn: [checked.namespaces], namePrefix: 'eu-', healthChecks: [flux.HealthCheck.of({ ...web, name: 'eu-web' })],
  });
  expect(checked.findings(CHECK)).toEqual([]);
});

test('takes what the Kustomization delivers under a name that holds a variable, by its value', () => {
  const checked = new CheckedPlatform({}, { team: 'blue' });
  checked.layer('shop', [checked.component('web', { name: 'web-${team}' })], {
    dependsOn: [checked.namespaces], healthChecks: [flux.HealthCheck.of({ apiVersion: 'v1', kind: 'ConfigMap', name: 'web-blue', namespace: 'apps' })],
  });
  expect(checked.findings(CHECK)).toEqual([]);
});

test('takes what a component says it makes, what another Kustomization delivers, and what is assumed', () => {
  const checked = new CheckedPlatform();
  const release = checked.component('release', { name: 'stands-for-a-release' });
  release.provides(web);
  checked.cluster.assume({ what: 'the old shop', object: { ...web, name: 'old' } });
  const other = checked.layer('other', [checked.component('other', { name: 'other' })], { dependsOn: [checked.namespaces] });
  checked.layer('shop', [release], {
    dependsOn: [other],
    healthChecks: [
      flux.HealthCheck.of(web),
      flux.HealthCheck.of({ ...web, name: 'old' }),
      flux.HealthCheck.of({ apiVersion: 'v1', kind: 'ConfigMap', name: 'other', namespace: 'apps' }),
      flux.HealthCheck.of({ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', name: 'other', namespace: 'flux-system' }),
      flux.HealthCheck.of({ apiVersion: 'v1', kind: 'Namespace', name: 'kube-system' }),
    ],
  });
  expect(checked.findings(CHECK)).toEqual([]);
});
