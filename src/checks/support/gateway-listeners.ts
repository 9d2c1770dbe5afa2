import { listAt, textAt, withValues } from './applied';
import { DeliveredKustomization, DeliveredObject } from '../../delivery/delivery';
import { groupKind } from '../../synth/api-group';
import { hostnamesMeet } from '../../synth/hostnames';
import { isJsonObject, Json, JsonObject, valueAt } from '../../synth/json';

export const GATEWAY_API = 'gateway.networking.k8s.io';

/** Kinds of routes that a protocol takes, as the Gateway API says; another protocol's are its implementation's to say. */
const ROUTES_OF: Readonly<Record<string, readonly string[]>> = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TLS: ['TLSRoute', 'TCPRoute'],
  TCP: ['TCPRoute'],
  UDP: ['UDPRoute'],
};

/** What a route asks of a listener. */
export interface RouteDemand {
  readonly kind: string;
  readonly namespace: string;
  /** Undefined where a hostname is known on the cluster alone. */
  readonly hostnames?: readonly string[];
}

/** Labels of the namespaces that are delivered, by their names. */
export type NamespaceLabels = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** A Gateway, and what applies it. */
export interface DeliveredGateway {
  readonly kustomization: DeliveredKustomization;
  readonly object: DeliveredObject;
}

/** What a route asks. */
export function demandOf(kustomization: DeliveredKustomization, { kind, namespace = '', manifest }: DeliveredObject): RouteDemand {
  const hostnames = ((valueAt(manifest, '/spec/hostnames') ?? []) as string[]).map(hostname => withValues(hostname, kustomization));
  return { kind, namespace, hostnames: hostnames.every(hostname => hostname !== undefined) ? hostnames : undefined };
}

/** Why a listener does not take a route; undefined where it does, or may. */
export function refusal(
  { kustomization, object }: DeliveredGateway, listener: JsonObject, route: RouteDemand, namespaces: NamespaceLabels,
): string | undefined {
  return kindRefusal(listener, route)
    ?? hostnameRefusal(listener, route, kustomization)
    ?? namespaceRefusal(listener, route, object.namespace ?? '', namespaces);
}

function kindRefusal(listener: JsonObject, { kind }: RouteDemand): string | undefined {
  const { protocol } = listener;
  const taken = ROUTES_OF[String(protocol)];
  if (taken && !taken.includes(kind)) {
    return `is for ${String(protocol)}, which takes ${taken.join(' and ')}`;
  }
  const allowed = listAt(listener, '/allowedRoutes/kinds');
  return allowed.length === 0 || allowed.some(entry => `${String(entry.group ?? GATEWAY_API)}/${String(entry.kind)}` === `${GATEWAY_API}/${kind}`)
    ? undefined : `allows ${allowed.map(entry => String(entry.kind)).join(' and ')} alone`;
}

function hostnameRefusal(listener: JsonObject, { hostnames }: RouteDemand, kustomization: DeliveredKustomization): string | undefined {
  const own = textAt(listener, '/hostname');
  const known = own === undefined || own === '' ? undefined : withValues(own, kustomization);
  return known === undefined || !hostnames?.length || hostnames.some(hostname => hostnamesMeet(hostname, known))
    ? undefined : `is for ${known}, and not for ${hostnames.join(', ')}`;
}

function namespaceRefusal(listener: JsonObject, { namespace }: RouteDemand, own: string, namespaces: NamespaceLabels): string | undefined {
  const from = textAt(listener, '/allowedRoutes/namespaces/from') ?? 'Same';
  if (from === 'Same') {
    return namespace === own ? undefined : `allows routes of its own namespace ${own} alone`;
  }
  if (from === 'None') {
    return 'allows no routes';
  }
  const selector = valueAt(listener, '/allowedRoutes/namespaces/selector');
  return from === 'Selector' && isJsonObject(selector) && isLabelled(selector, namespace, namespaces.get(namespace)) === false
    ? `allows routes of namespaces with other labels than ${namespace} has` : undefined;
}

/** Whether a namespace has the labels of a selector; undefined where its labels are not known. */
function isLabelled(selector: JsonObject, namespace: string, known: Readonly<Record<string, string>> | undefined): boolean | undefined {
  const labels: Readonly<Record<string, string>> = { ...known, 'kubernetes.io/metadata.name': namespace };
  const terms = [
    ...Object.entries((selector.matchLabels ?? {}) as Record<string, Json>).map(([key, value]) => ({ key, operator: 'In', values: [value] })),
    ...(selector.matchExpressions ?? []) as { key: string; operator: string; values?: Json[] }[],
  ];
  const met = terms.map(({ key, operator, values = [] }) => !known && !Object.hasOwn(labels, key) ? undefined : isMet(labels[key], operator, values));
  return met.includes(false) ? false : met.includes(undefined) ? undefined : true;
}

function isMet(label: string | undefined, operator: string, values: readonly Json[]): boolean | undefined {
  switch (operator) {
    case 'In': return label !== undefined && values.includes(label);
    case 'NotIn': return label === undefined || !values.includes(label);
    case 'Exists': return label !== undefined;
    case 'DoesNotExist': return label === undefined;
    default: return undefined;
  }
}

/** The listeners of a Gateway that a route's reference is for. */
export function listenersFor({ object }: DeliveredGateway, { sectionName, port }: JsonObject): JsonObject[] {
  return listAt(object.manifest, '/spec/listeners').filter(listener =>
    (sectionName === undefined || listener.name === sectionName) && (port === undefined || listener.port === port));
}

/** Whether a reference of a route is to a Gateway. */
export function isGatewayReference({ group = GATEWAY_API, kind = 'Gateway' }: JsonObject): boolean {
  return groupKind({ apiVersion: `${String(group)}/v1`, kind: String(kind) }) === `${GATEWAY_API}/Gateway`;
}
