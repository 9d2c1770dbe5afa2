import { CheckedPlatform, ObjectFixture } from './check-fixtures';
import { flux } from '../../src';

const CHECK = 'source-not-delivered';
const FIX = 'make the source in the component that refers to it, or call cluster.assume(…) where it is there before Flux';
const RELEASE: ObjectFixture = {
  apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'web', fields: { spec: { interval: '1h', chartRef: { kind: 'OCIRepository', name: 'web' } } },
};
const CHART: ObjectFixture = {
  apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'OCIRepository', name: 'web', fields: { spec: { interval: '1h', url: 'oci://example.com/web' } },
};

test('refuses a HelmRelease whose chart comes from nowhere', () => {
  const checked = new CheckedPlatform();
  checked.layer('apps', [checked.component('web', RELEASE)], { dependsOn: [checked.namespaces] });
  expect(checked.findings(CHECK)).toEqual([
    `error dev › flux-system/apps › HelmRelease apps/web: needs the OCIRepository apps/web (spec.chartRef), which nothing on this cluster delivers → ${FIX}`,
  ]);
});

test('takes a HelmRelease beside its source', () => {
  const checked = new CheckedPlatform();
  checked.layer('apps', [checked.component('web', RELEASE, CHART)], { dependsOn: [checked.namespaces] });
  expect(checked.findings(CHECK)).toEqual([]);
});

test('refuses a layer that reads a source that is not there', () => {
  const checked = new CheckedPlatform();
  checked.layer('apps', [checked.component('web', { name: 'web' })], { dependsOn: [checked.namespaces], source: flux.Source.git('team') });
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/apps: needs the GitRepository flux-system/team (spec.sourceRef), which nothing on this cluster delivers → ${FIX}`,
  ]);
});

test('takes the source of the bootstrap', () => {
  const checked = new CheckedPlatform({ source: flux.Source.oci('platform') });
  checked.layer('apps', [checked.component('web', { name: 'web' })], { dependsOn: [checked.namespaces] });
  expect(checked.findings()).toEqual([]);
});
