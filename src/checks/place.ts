import { Finding, Severity } from './check';
import { DeliveredKustomization, DeliveredObject, Delivery } from '../delivery/delivery';

/** What a check has to say, apart from where. */
export interface Remark {
  readonly check: string;
  /** @default Severity.ERROR */
  readonly severity?: Severity;
  readonly message: string;
  readonly fix: string;
  readonly evidence?: string[];
}

/** A finding about a Kustomization. */
export function onKustomization({ cluster }: Delivery, kustomization: DeliveredKustomization, remark: Remark): Finding {
  const { file, constructPath } = kustomization;
  return { severity: Severity.ERROR, ...remark, cluster, kustomization: kustomizationTitle(kustomization), file, constructPath };
}

/** A finding about an object of a Kustomization. */
export function onObject({ cluster }: Delivery, kustomization: DeliveredKustomization, object: DeliveredObject, remark: Remark): Finding {
  const { file, constructPath } = object;
  return { severity: Severity.ERROR, ...remark, cluster, kustomization: kustomizationTitle(kustomization), object: objectTitle(object), file, constructPath };
}

/** A finding about something that is known by its names alone. */
export function at(delivery: Delivery, kustomization: string, object: string | undefined, remark: Remark): Finding {
  const found = delivery.kustomizations.find(candidate => kustomizationTitle(candidate) === kustomization);
  const holder = found && object !== undefined ? found.objects.find(candidate => objectTitle(candidate) === object) : undefined;
  return holder ? onObject(delivery, found!, holder, remark)
    : found ? { ...onKustomization(delivery, found, remark), object } : { severity: Severity.ERROR, ...remark, cluster: delivery.cluster, kustomization, object };
}

/** `flux-system/apps`. */
export function kustomizationTitle({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}

/** `ExternalSecret apps/session`. */
export function objectTitle({ kind, namespace, name }: { readonly kind: string; readonly namespace?: string; readonly name: string }): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}
