import { IGateway } from './gateway';
import { Attachment } from './gateway-listener';

/**
 * Why a Gateway would refuse a route, in one sentence; none where one of its listeners takes it, or where they are not known.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#routeparentstatus
 * @internal
 */
export function attachmentProblems(gateway: IGateway, route: Attachment): string[] {
  const listeners = gateway.gatewayListeners;
  if (!listeners) {
    return [];
  }
  const start = `the ${route.kind} "${route.name}" attaches to the Gateway "${gateway.gatewayName}"`;
  const candidates = listeners.filter(listener => route.listener === undefined || listener.name === route.listener);
  if (candidates.length === 0) {
    return [`${start} at its listener "${route.listener}", which it does not have; expected one of ${listeners.map(listener => listener.name).join(', ')}: correct the name.`];
  }
  const refusals = candidates.map(listener => ({ listener, why: listener._refusal(route, gateway.gatewayNamespace) }));
  return refusals.some(({ why }) => why === undefined) ? [] : [
    `${start}, which would refuse it: ${refusals.map(({ listener, why }) => `the listener ${listener.name} ${why}`).join('; ')}; `
    + 'expected a listener that takes it: attach it to another Gateway or listener, or let this one allow it.',
  ];
}
