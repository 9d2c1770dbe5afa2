import { CheckedPlatform, ObjectFixture } from './check-fixtures';
import { fluxInstance } from './flux-fixtures';
import { LayerProps } from '../../src';

const CHECK = 'tenant-without-account';
const RELEASE = { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'shop' };
const TENANTS = fluxInstance({ cluster: { multitenant: true } });

/** A layer beside that of the namespaces, which always has an account. */
function findings(props: LayerProps, ...objects: ObjectFixture[]): string[] {
  const checked = new CheckedPlatform();
  checked.layer('apps', [checked.component('shop', ...objects)], props);
  return checked.findings(CHECK).filter(line => !line.includes('flux-system/namespaces:'));
}

function told(account: string): string {
  return `names no serviceAccountName on a Flux that keeps tenants apart: it acts as the ServiceAccount ${account}, to which no rights are delivered, and applies nothing `
    + '→ name a ServiceAccount that may do what it does, or give that one its rights with a RoleBinding';
}

function binding(...subjects: object[]): ObjectFixture {
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', name: 'flux', fields: { roleRef: { kind: 'ClusterRole', name: 'admin' }, subjects } };
}

test('refuses Kustomizations and HelmReleases without an account where tenants are kept apart', () => {
  expect(findings({}, TENANTS, RELEASE)).toEqual([
    `error dev › flux-system/apps: ${told('flux-system/default')}`,
    `error dev › flux-system/apps › HelmRelease apps/shop: ${told('apps/default')}`,
  ]);
  const other = fluxInstance({ cluster: { multitenant: true, tenantDefaultServiceAccount: 'flux' } });
  expect(findings({ serviceAccountName: 'apps' }, other, RELEASE)).toEqual([`error dev › flux-system/apps › HelmRelease apps/shop: ${told('apps/flux')}`]);
});

test('takes those with an account, and those of another cluster', () => {
  expect(findings({ serviceAccountName: 'apps' }, TENANTS, { ...RELEASE, fields: { spec: { serviceAccountName: 'shop' } } })).toEqual([]);
  expect(findings({ serviceAccountName: 'apps' }, TENANTS, { ...RELEASE, fields: { spec: { kubeConfig: { secretRef: { name: 'remote' } } } } })).toEqual([]);
});

test('takes an account that is given rights', () => {
  const found = (...subjects: object[]) => findings({ serviceAccountName: 'apps' }, TENANTS, RELEASE, binding(...subjects));
  expect(found({ kind: 'ServiceAccount', name: 'default', namespace: 'apps' })).toEqual([]);
  expect(found({ kind: 'Group', name: 'system:serviceaccounts:apps' })).toEqual([]);
  expect(found({ kind: 'ServiceAccount', name: 'default', namespace: 'other' })).toHaveLength(1);
});

test('takes everything where tenants are not kept apart', () => {
  expect(findings({}, fluxInstance({ cluster: {} }), RELEASE)).toEqual([]);
  expect(findings({}, RELEASE)).toEqual([]);
});
