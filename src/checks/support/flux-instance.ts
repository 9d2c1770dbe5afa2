import { AppliedObject, appliedOfKind } from './applied';
import { Delivery } from '../../delivery/delivery';
import { valueAt } from '../../synth/json';
import { memoized } from '../../synth/memoized';

const OPERATOR = 'fluxcd.controlplane.io';

/** Kinds of the Flux Operator. */
export const OPERATOR_KINDS: readonly string[] = ['FluxInstance', 'ResourceSet', 'ResourceSetInputProvider'];

/** The FluxInstance that is delivered to a cluster: how Flux is installed there. */
export const fluxInstance = memoized((delivery: Delivery): AppliedObject | undefined => appliedOfKind(delivery, `${OPERATOR}/FluxInstance`)[0]);

/** Whether Flux keeps tenants apart, as the FluxInstance that is delivered says. */
export function keepsTenantsApart(delivery: Delivery): boolean {
  const instance = fluxInstance(delivery);
  return instance !== undefined && valueAt(instance.object.manifest, '/spec/cluster/multitenant') === true;
}

/** Whether Flux may have been installed by the operator. */
export function mayHaveOperator(delivery: Delivery): boolean {
  const { apis, objects } = delivery.assumed;
  return delivery.partial || fluxInstance(delivery) !== undefined
    || apis.some(api => api.startsWith(`${OPERATOR}/`)) || objects.some(({ apiVersion }) => apiVersion.startsWith(`${OPERATOR}/`));
}
