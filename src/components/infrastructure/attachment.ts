import { IGateway } from './gateway';
import { Attachment } from './gateway-listener';

/** A Gateway that a route attaches to. */
export interface RouteParent {
  /** The Gateway. */
  readonly gateway: IGateway;

  /**
   * Name of the listener.
   *
   * @default - any listener of the Gateway that takes it
   */
  readonly listener?: string;
}

/** A Gateway as a route refers to it. @internal */
export function parentRef({ gateway, listener }: RouteParent, within: string | undefined): object {
  const { gatewayName, gatewayNamespace } = gateway;
  return { name: gatewayName, namespace: gatewayNamespace === within ? undefined : gatewayNamespace, sectionName: listener };
}

/**
 * Why the API would refuse the parents of a route, or one of them the route. @internal
 */
export function parentProblems(parents: readonly RouteParent[], route: Attachment): string[] {
  const same = (a: RouteParent, b: RouteParent) =>
    a.gateway.gatewayName === b.gateway.gatewayName && a.gateway.gatewayNamespace === b.gateway.gatewayNamespace
    && (a.listener === b.listener || a.listener === undefined || b.listener === undefined);
  const repeated = parents.find((parent, i) => parents.slice(0, i).some(earlier => same(earlier, parent)));
  return [
    ...repeated === undefined ? [] : [
      `the ${route.kind} "${route.name}" attaches to the Gateway "${repeated.gateway.gatewayName}" twice; expected it once, or a listener of its own for each: correct its parents.`,
    ],
    ...parents.flatMap(({ gateway, listener }) => attachmentProblems(gateway, { ...route, listener })),
  ];
}

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
