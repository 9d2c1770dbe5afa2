/** Operators that need a line or two each. */
import { PlayedKind, workload } from './operator';
import { hasCondition, isAvailable, World } from './world';
import { definitionsOfGroup } from '../harness/definitions';

const runs = (deployment: string) => (world: World): Promise<boolean> => world.runs(deployment);

const KARPENTER: readonly PlayedKind[] = [
  {
    apiVersion: 'karpenter.k8s.aws/v1',
    kind: 'EC2NodeClass',
    operated: runs('karpenter'),
    isReady: object => hasCondition(object, 'Ready'),
    reconcile: (object, world) => world.report(object, { Ready: ['True', 'Ready'] }),
  },
  {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    operated: runs('karpenter'),
    isReady: object => hasCondition(object, 'Ready'),
    reconcile: async (object, world) => {
      const { kind, name } = object.spec.template.spec.nodeClassRef;
      const nodes = await world.find('karpenter.k8s.aws/v1', kind, undefined, name);
      const met = nodes !== undefined && hasCondition(nodes, 'Ready');
      await world.report(object, { Ready: met ? ['True', 'Ready'] : ['False', 'NodeClassNotReady'] });
    },
  },
];

/** Every kind of a group whose objects the operator's one Deployment looks at. */
function wholeGroup(group: string, operated: PlayedKind['operated'], kinds: (kind: string) => Pick<PlayedKind, 'reconcile' | 'isReady'> | undefined): PlayedKind[] {
  return definitionsOfGroup(group).flatMap(({ spec }) => {
    const played = kinds(spec.names.kind);
    return !played ? [] : [{ apiVersion: `${group}/${spec.versions.find((version: any) => version.storage).name}`, kind: spec.names.kind, operated, ...played }];
  });
}

const VICTORIA_METRICS = wholeGroup('operator.victoriametrics.com', runs('victoria-metrics-k8s-stack-victoria-metrics-operator'), () => ({
  reconcile: (object, world) => world.report(object, {}, { updateStatus: 'operational', observedGeneration: object.metadata.generation }),
  isReady: object => object.status?.updateStatus === 'operational',
}));

const GRAFANA_API = 'grafana.integreatly.org/v1beta1';

const GRAFANA: readonly PlayedKind[] = [
  {
    apiVersion: GRAFANA_API,
    kind: 'Grafana',
    operated: runs('grafana-operator'),
    isReady: object => object.status?.stageStatus === 'success',
    reconcile: async (object, world) => {
      const { name, namespace } = object.metadata;
      const running = await world.find('apps/v1', 'Deployment', namespace, `${name}-deployment`);
      if (!running) {
        await world.make(object, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: `${name}-sa`, namespace } });
        await world.make(object, { apiVersion: 'v1', kind: 'Service', metadata: { name: `${name}-service`, namespace }, spec: { ports: [{ name: 'grafana', port: 3000 }] } });
        await world.make(object, workload({
          kind: 'Deployment',
          name: `${name}-deployment`,
          namespace: namespace!,
          release: name,
          account: `${name}-sa`,
          startSeconds: world.startSeconds,
        }));
      }
      await world.report(object, {}, running && isAvailable(running) ? { stage: 'complete', stageStatus: 'success' } : { stage: 'deployment', stageStatus: 'in progress' });
    },
  },
  // What belongs to a Grafana is put into it once that runs.
  ...wholeGroup('grafana.integreatly.org', runs('grafana-operator'), kind => kind === 'Grafana' ? undefined : ({
    reconcile: async (object, world) => {
      const grafanas = (await world.list(GRAFANA_API, 'Grafana')).filter(({ status }) => status?.stageStatus === 'success');
      await world.report(object, { [synchronized(kind)]: grafanas.length > 0 ? ['True', 'ApplySuccessful'] : ['False', 'NoMatchingInstances'] });
    },
    isReady: object => hasCondition(object, synchronized(kind)),
  })),
];

function synchronized(kind: string): string {
  return `${kind.replace(/^Grafana/, '')}Synchronized`;
}

/** The Flux Operator on a FluxInstance: Flux is there already, started by the tests. */
const FLUX_OPERATOR: readonly PlayedKind[] = [{
  apiVersion: 'fluxcd.controlplane.io/v1',
  kind: 'FluxInstance',
  operated: runs('flux-operator'),
  isReady: object => hasCondition(object, 'Ready'),
  reconcile: (object, world) => world.report(object, { Ready: ['True', 'ReconciliationSucceeded'] }),
}];

export const FURTHER: readonly PlayedKind[] = [...KARPENTER, ...VICTORIA_METRICS, ...GRAFANA, ...FLUX_OPERATOR];
