import { AppliedObject, appliedOfKind } from './applied';
import { Delivery } from '../../delivery/delivery';

const OPERATOR = 'fluxcd.controlplane.io';

/** Kinds of the Flux Operator. */
export const OPERATOR_KINDS: readonly string[] = ['FluxInstance', 'ResourceSet', 'ResourceSetInputProvider'];

const known = new WeakMap<Delivery, { readonly instance?: AppliedObject }>();

/** The FluxInstance that is delivered to a cluster: how Flux is installed there. */
export function fluxInstance(delivery: Delivery): AppliedObject | undefined {
  let found = known.get(delivery);
  if (!found) {
    known.set(delivery, found = { instance: appliedOfKind(delivery, `${OPERATOR}/FluxInstance`)[0] });
  }
  return found.instance;
}

/** Whether Flux may have been installed by the operator. */
export function mayHaveOperator(delivery: Delivery): boolean {
  const { apis, objects } = delivery.assumed;
  return delivery.partial || fluxInstance(delivery) !== undefined
    || apis.some(api => api.startsWith(`${OPERATOR}/`)) || objects.some(({ apiVersion }) => apiVersion.startsWith(`${OPERATOR}/`));
}
