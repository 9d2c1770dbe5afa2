import { ObjectFixture, RETRYING } from '../../test/checks/check-fixtures';

/** A release in the namespace `apps`, whose component says which API it brings, and its chart. */
export const RELEASE: ObjectFixture = {
  apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'operator', fields: { spec: { interval: '1h', chartRef: { kind: 'OCIRepository', name: 'operator' }, ...RETRYING } },
};
export const CHART: ObjectFixture = {
  apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'OCIRepository', name: 'operator', fields: { spec: { interval: '1h', url: 'oci://example.com/operator', ref: { tag: '1.2.3' } } },
};

/** An object of that API. */
export const WIDGET: ObjectFixture = { apiVersion: 'example.com/v1', kind: 'Widget', name: 'blue' };
