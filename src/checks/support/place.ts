import { DeliveredKustomization, DeliveredObject, Delivery } from '../../delivery/delivery';
import { idTitle as objectTitle } from '../../delivery/object-id';

export { objectTitle };
import { Finding, Severity } from '../check';

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
  const title = objectTitle(object);
  return { severity: Severity.ERROR, ...remark, cluster, kustomization: kustomizationTitle(kustomization), object: title, file, constructPath };
}

/** A finding about something that is known by its names alone. */
export function at(delivery: Delivery, kustomization: string, object: string | undefined, remark: Remark): Finding {
  const found = delivery.kustomizations.find(candidate => kustomizationTitle(candidate) === kustomization);
  const holder = found && object !== undefined ? found.objects.find(candidate => objectTitle(candidate) === object) : undefined;
  if (holder) {
    return onObject(delivery, found!, holder, remark);
  }
  return found ? { ...onKustomization(delivery, found, remark), object } : applied(delivery, object ?? `Kustomization ${kustomization}`, remark)
    ?? { severity: Severity.ERROR, ...remark, cluster: delivery.cluster, kustomization, object };
}

/** A finding about a Kustomization that another one applies: a layer's, which Flux's own one applies, or one that a component has. */
function applied(delivery: Delivery, object: string, remark: Remark): Finding | undefined {
  const layer = delivery.kustomizations.find(kustomization => `Kustomization ${kustomizationTitle(kustomization)}` === object);
  const owner = layer ?? delivery.kustomizations.find(({ objects }) => objects.some(candidate => objectTitle(candidate) === object));
  return layer ? onKustomization(delivery, layer, remark)
    : owner && onObject(delivery, owner, owner.objects.find(candidate => objectTitle(candidate) === object)!, remark);
}

/** `flux-system/apps`. */
export function kustomizationTitle({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}

/** `apps` of `flux-system/apps`. */
export function shortName(kustomization: string): string {
  return kustomization.split('/')[1];
}
