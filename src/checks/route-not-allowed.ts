import { Finding, ICheck } from './check';
import { AppliedObject, appliedOfKind, listAt } from './support/applied';
import { DeliveredGateway, demandOf, GATEWAY_API, isGatewayReference, listenersFor, NamespaceLabels, refusal } from './support/gateway-listeners';
import { onObject } from './support/place';
import { Delivery } from '../delivery/delivery';
import { JsonObject } from '../synth/json';

const CHECK = 'route-not-allowed';

const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'].map(kind => `${GATEWAY_API}/${kind}`);

/** @see docs/checks/route-not-allowed.md */
export const routeNotAllowed: ICheck = {
  checkId: CHECK,
  title: 'A route that its Gateway refuses',
  examine: delivery => {
    const gateways = new Map(appliedOfKind(delivery, `${GATEWAY_API}/Gateway`).map(gateway =>
      [`${gateway.object.namespace}/${gateway.object.name}`, gateway]));
    if (gateways.size === 0) {
      return [];
    }
    const namespaces: NamespaceLabels = new Map(appliedOfKind(delivery, '/Namespace').map(({ object }) =>
      [object.name, object.manifest.metadata.labels ?? {}]));
    return appliedOfKind(delivery, ...ROUTES).flatMap(route =>
      listAt(route.object.manifest, '/spec/parentRefs').filter(isGatewayReference).flatMap(parent => {
        const gateway = gateways.get(`${String(parent.namespace ?? route.object.namespace)}/${String(parent.name)}`);
        return gateway ? refused(delivery, route, parent, gateway, namespaces) : [];
      }));
  },
};

function refused(
  delivery: Delivery, { kustomization, object }: AppliedObject, parent: JsonObject, gateway: DeliveredGateway, namespaces: NamespaceLabels,
): Finding[] {
  const listeners = listenersFor(gateway, parent);
  const start = `attaches to the Gateway ${gateway.object.namespace}/${gateway.object.name}`;
  if (listeners.length === 0) {
    return [onObject(delivery, kustomization, object, {
      check: CHECK,
      message: `${start} at ${placeOf(parent)}, which it does not have: it listens at ${listAt(gateway.object.manifest, '/spec/listeners').map(listenerTitle).join(', ')}`,
      fix: 'correct sectionName and port, or leave them out',
    })];
  }
  const route = demandOf(kustomization, object);
  const refusals = listeners.map(listener => ({ listener, why: refusal(gateway, listener, route, namespaces) }));
  return refusals.some(({ why }) => why === undefined) ? [] : [onObject(delivery, kustomization, object, {
    check: CHECK,
    message: `${start}, which refuses it: ${refusals.map(({ listener, why }) => `the listener ${String(listener.name)} ${why}`).join('; ')}`,
    fix: 'attach it to another Gateway or listener, or let this one allow it',
  })];
}

function placeOf({ sectionName, port }: JsonObject): string {
  const parts = [...sectionName === undefined ? [] : [`its listener ${String(sectionName)}`], ...port === undefined ? [] : [`its port ${String(port)}`]];
  return parts.join(' and ') || 'any listener';
}

function listenerTitle({ name, port }: JsonObject): string {
  return `${String(name)} (${String(port)})`;
}
