import { ObjectFixture } from '../../test/checks/check-fixtures';

const RBAC = 'rbac.authorization.k8s.io';

/** A ServiceAccount. */
export interface Account {
  readonly name: string;
  readonly namespace: string;
}

/** An account that Flux acts as. */
export const DEPLOYER: Account = { name: 'deployer', namespace: 'flux-system' };

export function serviceAccount(account: Account): ObjectFixture {
  return { kind: 'ServiceAccount', ...account };
}

/** A binding, named as the first of them, that gives ServiceAccounts all rights: in the whole cluster, or in the namespace that the binding is in. */
export function allRights(kind: 'ClusterRoleBinding' | 'RoleBinding', ...accounts: readonly Account[]): ObjectFixture {
  const roleRef = { apiGroup: RBAC, kind: 'ClusterRole', name: kind === 'RoleBinding' ? 'admin' : 'cluster-admin' };
  return { apiVersion: `${RBAC}/v1`, kind, name: accounts[0].name, fields: { roleRef, subjects: accounts.map(account => ({ kind: 'ServiceAccount', ...account })) } };
}
