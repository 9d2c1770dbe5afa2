import { CheckedPlatform, ObjectFixture, RETRYING } from './check-fixtures';
import { LayerProps, PlatformProps } from '../../src';

const CHECK = 'source-order';
const RELEASE: ObjectFixture = {
  apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'web', fields: { spec: { interval: '1h', chartRef: { kind: 'OCIRepository', name: 'web' }, ...RETRYING } },
};
const CHART: ObjectFixture = {
  apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'OCIRepository', name: 'web', fields: { spec: { interval: '1h', url: 'oci://example.com/web' } },
};

/** A HelmRelease in one layer, its source in another one. */
function apart(props: PlatformProps, release: LayerProps, sourceFirst = false): CheckedPlatform {
  const checked = new CheckedPlatform(props);
  const charts = checked.layer('charts', [checked.component('charts', CHART)], { dependsOn: [checked.namespaces] });
  const apps = checked.layer('apps', [checked.component('web', RELEASE)], { dependsOn: [checked.namespaces], ...release });
  if (sourceFirst) {
    apps.addDependency(charts);
  } else {
    charts.addDependency(apps);
  }
  return checked;
}

test('refuses a layer that waits for a HelmRelease whose source comes after it', () => {
  expect(apart({}, { wait: true }).findings()).toEqual([
    `${CHECK} error dev › flux-system/apps › HelmRelease apps/web: needs the OCIRepository apps/web (spec.chartRef), which comes with charts, and charts comes only after apps → `
    + 'move it to a stage or a layer of its own, which depends on charts, or let apps be ready without it',
  ]);
});

test('takes the same where nothing waits for the HelmRelease: it finds its source later', () => {
  expect(apart({}, {}).findings(CHECK)).toEqual([]);
});

test('takes a source that comes first', () => {
  expect(apart({}, { wait: true }, true).findings(CHECK)).toEqual([]);
});

test('warns where the source is in another layer, and neither waits', () => {
  const checked = new CheckedPlatform({ inferDependencies: false });
  checked.layer('charts', [checked.component('charts', CHART)], { dependsOn: [checked.namespaces], wait: true });
  checked.layer('apps', [checked.component('web', RELEASE)], { dependsOn: [checked.namespaces] });
  expect(checked.findings(CHECK)).toEqual([
    'warning dev › flux-system/apps › HelmRelease apps/web: needs the OCIRepository apps/web (spec.chartRef), which may come too late: it is sure to be there once charts is '
    + 'ready, and apps does not wait for that → let apps depend on charts, or leave inference on',
  ]);
});
