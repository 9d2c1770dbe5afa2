import { Finding, ICheck } from './check';
import { AppliedObject, applied, appliedOfKind, listAt, textAt } from './support/applied';
import { fluxInstance, keepsTenantsApart } from './support/flux-instance';
import { onKustomization, onObject } from './support/place';
import { Delivery } from '../delivery/delivery';
import { groupKind } from '../synth/api-group';
import { JsonObject, valueAt } from '../synth/json';

const CHECK = 'tenant-without-account';

const ACTING: ReadonlySet<string> = new Set(['helm.toolkit.fluxcd.io/HelmRelease', 'kustomize.toolkit.fluxcd.io/Kustomization']);

/** @see docs/checks/tenant-without-account.md */
export const tenantWithoutAccount: ICheck = {
  checkId: CHECK,
  title: 'What acts as a ServiceAccount without rights, because it names none',
  examine: delivery => {
    const instance = fluxInstance(delivery);
    if (!instance || !keepsTenantsApart(delivery)) {
      return [];
    }
    const account = textAt(instance.object.manifest, '/spec/cluster/tenantDefaultServiceAccount') ?? 'default';
    const bound = boundAccounts(delivery);
    // On a remote cluster the account has its rights there.
    const acts = (manifest: JsonObject, namespace: string) => textAt(manifest, '/spec/serviceAccountName') === undefined
      && valueAt(manifest, '/spec/kubeConfig') === undefined && !hasRights(bound, account, namespace);
    return delivery.kustomizations.flatMap((kustomization): Finding[] => [
      ...acts(kustomization.manifest, kustomization.namespace)
        ? [onKustomization(delivery, kustomization, remark(account, kustomization.namespace))] : [],
      ...applied(kustomization).filter(object => ACTING.has(groupKind(object)) && acts(object.manifest, object.namespace ?? ''))
        .map(object => onObject(delivery, kustomization, object, remark(account, object.namespace ?? ''))),
    ]);
  },
};

function remark(account: string, namespace: string) {
  return {
    check: CHECK,
    message: `names no serviceAccountName on a Flux that keeps tenants apart: it acts as the ServiceAccount ${namespace}/${account}, to which no `
      + 'rights are delivered, and applies nothing',
    fix: 'name a ServiceAccount that may do what it does, or give that one its rights with a RoleBinding',
  };
}

const BINDINGS = ['rbac.authorization.k8s.io/RoleBinding', 'rbac.authorization.k8s.io/ClusterRoleBinding'];

/** The subjects of all bindings that are delivered, as texts. */
function boundAccounts(delivery: Delivery): ReadonlySet<string> {
  return new Set(appliedOfKind(delivery, ...BINDINGS).flatMap(subjectsOf));
}

function subjectsOf({ object }: AppliedObject): string[] {
  return listAt(object.manifest, '/subjects').map(({ kind, namespace, name }) =>
    kind === 'ServiceAccount' ? `${String(namespace ?? object.namespace)}/${String(name)}` : String(name));
}

/** Whether something binds a ServiceAccount: by itself, as the user that it is, or by one of its groups. */
function hasRights(bound: ReadonlySet<string>, account: string, namespace: string): boolean {
  return [
    `${namespace}/${account}`, `system:serviceaccount:${namespace}:${account}`, `system:serviceaccounts:${namespace}`, 'system:serviceaccounts', 'system:authenticated',
  ].some(subject => bound.has(subject));
}
