/**
 * What a kubelet does and kwok does not: pods do not start before the Secrets and ConfigMaps are there that their environment is made of. They are kept from
 * being scheduled until then.
 */
import { PlayedKind } from './operator';
import { KubernetesApi, KubernetesObject } from '../harness/kubernetes-api';

const GATE = 'e2e.example.com/environment';

interface Source {
  readonly name: string;
  readonly optional?: boolean;
}

/** Has the API server hold back every pod that makes its environment of other objects. */
export async function holdPods(api: KubernetesApi): Promise<void> {
  const metadata = { name: 'pods-wait-for-their-environment' };
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const gated = `Object{spec: Object.spec{schedulingGates: [Object.spec.schedulingGates{name: "${GATE}"}]}}`;
  await api.apply({
    apiVersion,
    kind: 'MutatingAdmissionPolicy',
    metadata,
    spec: {
      failurePolicy: 'Fail',
      reinvocationPolicy: 'Never',
      matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }] },
      matchConditions: [{ name: 'environment', expression: 'object.spec.containers.exists(container, has(container.envFrom))' }],
      mutations: [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression: gated } }],
    },
  });
  await api.apply({ apiVersion, kind: 'MutatingAdmissionPolicyBinding', metadata, spec: { policyName: metadata.name } });
}

const readsEnvironment = ({ spec: { template } }: KubernetesObject): boolean =>
  template.spec.containers.some(({ envFrom }: any) => envFrom !== undefined);

export const KUBELET: readonly PlayedKind[] = [{
  apiVersion: 'v1',
  kind: 'Pod',
  operated: async world => (await world.list('apps/v1', 'Deployment')).some(readsEnvironment),
  isReady: () => true,
  reconcile: async (object, world) => {
    const gates: { name: string }[] = object.spec.schedulingGates ?? [];
    if (gates.every(({ name }) => name !== GATE)) {
      return;
    }
    const sources: { secretRef?: Source; configMapRef?: Source }[] = object.spec.containers.flatMap(({ envFrom = [] }: any) => envFrom);
    const needed = sources.flatMap(({ secretRef, configMapRef }) => [['Secret', secretRef], ['ConfigMap', configMapRef]] as const);
    const found = await Promise.all(needed.map(async ([kind, source]) =>
      !source || source.optional || await world.find('v1', kind, object.metadata.namespace, source.name) !== undefined));
    if (found.every(there => there)) {
      await world.change(object, { spec: { schedulingGates: gates.filter(({ name }) => name !== GATE) } });
    }
  },
}];
