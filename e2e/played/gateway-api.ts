import { PlayedKind } from './operator';
import { hasCondition, World } from './world';
import { KubernetesObject } from '../harness/kubernetes-api';

const API = 'gateway.networking.k8s.io/v1';
const CONTROLLER = 'io.cilium/gateway-controller';

/** Cilium is there before Flux. */
const always = async (): Promise<boolean> => true;

interface Reference {
  readonly name: string;
  /** @default - the one of the object that refers to it */
  readonly namespace?: string;
}

/** Whether everything that a field of a route or a Gateway names is there. */
async function allThere(world: World, kind: string, references: readonly Reference[], namespace: string): Promise<boolean> {
  const found = await Promise.all(references.map(reference => world.find('v1', kind, reference.namespace ?? namespace, reference.name)));
  return found.every(object => object !== undefined);
}

function parentsOf(route: KubernetesObject): Reference[] {
  return route.spec.parentRefs ?? [];
}

/** Whether a Gateway has a listener that takes routes of a namespace. */
async function takesFrom({ metadata, spec }: KubernetesObject, namespace: string, world: World): Promise<boolean> {
  const labels = (await world.find('v1', 'Namespace', undefined, namespace))?.metadata.labels ?? {};
  return (spec.listeners as any[]).some(({ allowedRoutes }) => {
    const { from = 'Same', selector: { matchLabels = {}, matchExpressions = [] } = {} as any } = allowedRoutes?.namespaces ?? {};
    switch (from) {
      case 'All':
        return true;
      case 'Selector':
        return Object.entries(matchLabels).every(([label, value]) => labels[label] === value)
          && matchExpressions.every(({ key, operator, values }: any) => operator === 'In' && values.includes(labels[key]));
      default:
        return metadata.namespace === namespace;
    }
  });
}

const route = (apiVersion: string, kind: string): PlayedKind => ({
  apiVersion,
  kind,
  operated: always,
  reconcile: async (object, world) => {
    const namespace = object.metadata.namespace!;
    const backends = ((object.spec.rules ?? []) as any[]).flatMap(({ backendRefs = [] }) => backendRefs);
    const resolved = await allThere(world, 'Service', backends, namespace);
    const parents = await Promise.all(parentsOf(object).map(async parentRef => {
      const gateway = await world.find(API, 'Gateway', parentRef.namespace ?? namespace, parentRef.name);
      const old = (object.status?.parents ?? []).find((parent: any) => parent.parentRef.name === parentRef.name);
      const accepted = gateway !== undefined && hasCondition(gateway, 'Accepted') && await takesFrom(gateway, namespace, world);
      const conditions = [['Accepted', accepted], ['ResolvedRefs', resolved]] as const;
      return !gateway ? [] : [{
        parentRef,
        controllerName: CONTROLLER,
        conditions: conditions.map(([type, met]) => {
          const before = old?.conditions.find((condition: any) => condition.type === type);
          const status = met ? 'True' : 'False';
          return before?.status === status ? before : {
            type, status, reason: met ? type : 'NotThere', message: '', observedGeneration: object.metadata.generation, lastTransitionTime: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
          };
        }),
      }];
    }));
    await world.report(object, {}, { parents: parents.flat() });
  },
  isReady: object => {
    const parents: KubernetesObject[] = (object.status?.parents ?? []).map((parent: object) => ({ status: parent }));
    return parents.length === parentsOf(object).length && parents.every(parent => hasCondition(parent, 'Accepted') && hasCondition(parent, 'ResolvedRefs'));
  },
});

export const GATEWAY_API: readonly PlayedKind[] = [
  {
    apiVersion: 'cilium.io/v2alpha1',
    kind: 'CiliumGatewayClassConfig',
    operated: always,
    reconcile: (object, world) => world.report(object, { Accepted: ['True', 'Accepted', 'valid'] }),
    isReady: object => hasCondition(object, 'Accepted'),
  },
  {
    apiVersion: API,
    kind: 'GatewayClass',
    operated: always,
    reconcile: async (object, world) => {
      const { parametersRef } = object.spec;
      const found = !parametersRef || await world.find('cilium.io/v2alpha1', parametersRef.kind, parametersRef.namespace, parametersRef.name);
      await world.report(object, { Accepted: found ? ['True', 'Accepted', 'valid'] : ['False', 'InvalidParameters', 'its parameters are not there'] });
    },
    isReady: object => hasCondition(object, 'Accepted'),
  },
  {
    apiVersion: API,
    kind: 'Gateway',
    operated: always,
    reconcile: async (object, world) => {
      const ofClass = await world.find(API, 'GatewayClass', undefined, object.spec.gatewayClassName);
      if (!ofClass || !hasCondition(ofClass, 'Accepted')) {
        return;
      }
      const certificates = (object.spec.listeners as any[]).flatMap(({ tls }) => tls?.certificateRefs ?? []);
      const resolved = await allThere(world, 'Secret', certificates, object.metadata.namespace!);
      await world.report(object, {
        Accepted: ['True', 'Accepted', 'scheduled'],
        Programmed: resolved ? ['True', 'Programmed', 'programmed'] : ['False', 'Invalid', 'a certificate is not there'],
      });
    },
    isReady: object => hasCondition(object, 'Programmed'),
  },
  route(API, 'HTTPRoute'),
];
