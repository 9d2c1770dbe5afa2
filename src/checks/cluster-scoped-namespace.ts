import { ICheck, Severity } from './check';
import { applied } from './support/applied';
import { definitionsOf } from './support/known-kinds';
import { onObject, Remark } from './support/place';
import { DeliveredObject, Delivery } from '../delivery/delivery';

/** @see docs/checks/cluster-scoped-namespace.md */
export const clusterScopedNamespace: ICheck = {
  checkId: 'cluster-scoped-namespace',
  title: 'A namespace where none belongs, or none where one has to be',
  examine: delivery => delivery.kustomizations.flatMap(kustomization => applied(kustomization).flatMap(object =>
    remarksOn(delivery, object).map(remark => onObject(delivery, kustomization, object, remark)))),
};

function remarksOn(delivery: Delivery, { apiVersion, kind, namespace }: DeliveredObject): Remark[] {
  const clusterScoped = definitionsOf(delivery).of(apiVersion, kind)?.clusterScoped;
  if (clusterScoped === true && namespace !== undefined) {
    return [{
      check: 'cluster-scoped-namespace',
      severity: Severity.WARNING,
      message: `has the namespace ${namespace}, and a ${kind} belongs to the whole cluster: two of one name in two namespaces would be one object`,
      fix: 'leave the namespace out',
    }];
  }
  return clusterScoped !== false || namespace !== undefined && namespace !== '' ? [] : [{
    check: 'cluster-scoped-namespace',
    message: `has no namespace, and a ${kind} belongs to one: Flux says "namespace not specified" and applies nothing of its Kustomization`,
    fix: 'give it, its component or its layer a namespace',
  }];
}
