import { JsonPatch } from 'cdk8s';
import { CheckedPlatform } from './check-fixtures';
import { flux } from '../../src';

const CHECK = 'missing-dependency-target';
const FIX = 'correct the name, or leave the dependency out';

test('refuses a dependency on a Kustomization that does not exist', () => {
  const checked = new CheckedPlatform();
  const apps = checked.layer('apps', [checked.component('web', { name: 'web' })], { dependsOn: [checked.namespaces] });
  apps.firstStage.addDependency(flux.Kustomization.fromName('namespace'));
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/apps: needs the Kustomization flux-system/namespace (spec.dependsOn), which nothing on this cluster delivers → ${FIX}`,
  ]);
});

test('takes a dependency on one that exists, by name', () => {
  const checked = new CheckedPlatform();
  const apps = checked.layer('apps', [checked.component('web', { name: 'web' })]);
  apps.firstStage.addDependency(flux.Kustomization.fromName('namespaces'));
  expect(checked.findings()).toEqual([]);
});

test('takes a dependency on one that is there before Flux', () => {
  const checked = new CheckedPlatform();
  const apps = checked.layer('apps', [checked.component('web', { name: 'web' })], { dependsOn: [checked.namespaces] });
  apps.firstStage.addDependency(flux.Kustomization.fromName('network'));
  checked.cluster.assume({
    what: 'the network', object: { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', name: 'network', namespace: 'flux-system' },
  });
  expect(checked.findings()).toEqual([]);
});

test('looks at what is written: a patch may misspell a name, too', () => {
  const checked = new CheckedPlatform();
  const apps = checked.layer('apps', [checked.component('web', { name: 'web', namespace: 'default' })], { dependsOn: [checked.namespaces] });
  apps.firstStage.apiObject.addJsonPatch(JsonPatch.replace('/spec/dependsOn/0/name', 'namespace'));
  expect(checked.findings(CHECK)).toHaveLength(1);
  expect(checked.platform.delivery('dev').kustomizations[0].dependsOn).toEqual([{ name: 'namespace', namespace: 'flux-system' }]);
});

test('looks at a Kustomization that a component has', () => {
  const checked = new CheckedPlatform();
  const component = checked.component('nested');
  const child = new flux.Kustomization(component, 'child', { path: './child' });
  child.addDependency(flux.Kustomization.fromName('nobody'));
  checked.layer('parent', [component]);
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/parent › Kustomization flux-system/child: needs the Kustomization flux-system/nobody (spec.dependsOn), which nothing on this cluster delivers `
    + `→ ${FIX}`,
  ]);
});
