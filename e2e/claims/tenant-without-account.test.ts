/** What acts as a ServiceAccount without rights, because it names none (docs/checks/tenant-without-account.md). */
import { components } from 'cdk8s-strata';
import { deliverFluxInstance, installOperator } from './flux-instance';
import { chart, release } from './operator';
import { allRights } from './rights';
import { Program, Scene, SceneOptions } from './scene';
import { CheckedPlatform, RETRYING } from '../../test/checks/check-fixtures';

const CHECK = 'tenant-without-account';
const DEFAULT: SceneOptions = { flux: { tenantAccount: 'default' }, before: installOperator };
const OTHER: SceneOptions = { flux: { tenantAccount: 'tenant' }, before: installOperator };

interface Accounts {
  /** Gives the account that acts by default for the platform's own Kustomizations its rights. */
  readonly bound?: boolean;
  /** Account of the release, with its rights. */
  readonly release?: string;
  /** Whether it is named. */
  readonly named?: boolean;
  /** Whether the layer of the release acts as an account of its own. */
  readonly layer?: boolean;
  readonly byDefault?: string;
}

/** A Flux that keeps tenants apart, a namespace, and a layer with a release in it. */
function tenants({ bound, release: account, named, layer, byDefault }: Accounts): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    deliverFluxInstance(checked, { cluster: { multitenant: true, tenantDefaultServiceAccount: byDefault } });
    const accounts = [
      ...bound ? [checked.component('binding', allRights('ClusterRoleBinding', { name: byDefault ?? 'default', namespace: 'flux-system' }))] : [],
      ...layer ? [new components.LayerAccount(checked.platform, 'apps')] : [],
    ];
    if (accounts.length > 0) {
      const first = checked.layer('accounts', accounts, { serviceAccountName: 'kustomize-controller' });
      checked.namespaces.addDependency(first);
    }
    const shop = checked.component('shop', chart('shop'), release('shop', { serviceAccountName: named ? account : undefined, ...RETRYING }), ...account === undefined ? [] : [
      ...account === 'default' ? [] : [{ kind: 'ServiceAccount', name: account }], allRights('RoleBinding', { name: account, namespace: 'apps' }),
    ]);
    shop.declare({ objects: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'shop', namespace: 'apps' }] });
    checked.layer('apps', [shop], { dependsOn: [checked.namespaces], ...layer ? { serviceAccountName: 'apps', wait: true } : { wait: true } });
    return checked;
  };
}

const MENDED = tenants({ bound: true, layer: true, release: 'shop', named: true });

test('a Kustomization without an account acts as the default one of its namespace, and may do nothing; with rights it converges', async () => {
  await Scene.play(CHECK, tenants({}), [CHECK], async scene => {
    await scene.fails('namespaces', /^Namespace\/apps dry-run failed \(Forbidden\): .*User "system:serviceaccount:flux-system:default" cannot patch resource "namespaces"/);
    await scene.triedInVain('namespaces');
    await scene.applies('flux');
    expect(scene.object('Namespace', 'apps')).toBeUndefined();
    await scene.push(MENDED);
    await scene.converges();
  }, DEFAULT);
});

test('a HelmRelease without an account acts as the default one of its own namespace', async () => {
  await Scene.play(`${CHECK}-release`, tenants({ bound: true }), [CHECK], async scene => {
    await scene.fails('shop', /User "system:serviceaccount:apps:default" cannot .* resource "secrets"/);
    await scene.run.until('the release has failed for longer than its Kustomization waits', 5, () => scene.failuresOf('apps').length > 0 || undefined);
    expect(scene.object('ConfigMap', 'shop', 'apps')).toBeUndefined();
    await scene.push(tenants({ bound: true, release: 'default' }));
    await scene.converges();
  }, DEFAULT);
});

test('the default account may be another, which nothing makes by itself', async () => {
  await Scene.play(`${CHECK}-other`, tenants({ byDefault: 'tenant' }), [CHECK], async scene => {
    await scene.fails('namespaces', /User "system:serviceaccount:flux-system:tenant" cannot patch resource "namespaces"/);
    await scene.push(tenants({ byDefault: 'tenant', bound: true, release: 'tenant' }));
    await scene.converges();
  }, OTHER);
});

test('with accounts that have their rights, an empty cluster converges', async () => {
  await Scene.converges(`${CHECK}-mended`, MENDED, DEFAULT);
});
