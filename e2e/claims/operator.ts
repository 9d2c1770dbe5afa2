import { ObjectFixture, RETRYING } from '../../test/checks/check-fixtures';

/** The chart of a release, as an artifact. */
export function chart(name: string): ObjectFixture {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'OCIRepository', name, fields: { spec: { interval: '1h', url: `oci://example.com/${name}`, ref: { tag: '1.2.3' } } },
  };
}

/** A release of the chart of its name, which tries again unless it is told something else. */
export function release(name: string, spec: object = RETRYING): ObjectFixture {
  return { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name, fields: { spec: { interval: '1h', chartRef: { kind: 'OCIRepository', name }, ...spec } } };
}

/** A release in the namespace `apps`, whose component says which API it brings, and its chart. */
export const RELEASE = release('operator');
export const CHART = chart('operator');

/** An object of that API. */
export const WIDGET: ObjectFixture = { apiVersion: 'example.com/v1', kind: 'Widget', name: 'blue' };
