import { mkdirSync } from 'fs';
import { join } from 'path';
import { ControlPlane } from './control-plane';
import { definitionsOf } from './definitions';
import { freePorts, Processes } from './processes';
import { binary } from './programs';

const NAMESPACE = 'flux-system';

/** API groups of the definitions that come with the four controllers of Flux's default installation. */
const GROUPS = ['source.toolkit.fluxcd.io', 'kustomize.toolkit.fluxcd.io', 'helm.toolkit.fluxcd.io', 'notification.toolkit.fluxcd.io'];

/** How long controllers wait before they look again after a dependency: 30 s by default. It shortens the tests, and decides nothing. */
const REQUEUE_DEPENDENCY = '--requeue-dependency=2s';

/** How many sources of a kind are fetched at the same time: 2 by default, of which one that a test holds back would take one away from all others. */
const FETCHING = '--concurrent=10';

export interface FluxOptions {
  /** Feature gates of kustomize-controller and helm-controller. */
  readonly featureGates?: readonly string[];
  /** More flags for kustomize-controller. */
  readonly kustomizeController?: readonly string[];
  /** Keeps tenants apart, as `cluster.multitenant` of a FluxInstance does: the ServiceAccount of its own namespace that acts for what names none. @default - no tenants */
  readonly tenantAccount?: string;
  /** Shards with controllers of their own, as `sharding` of a FluxInstance makes them. @default - none: the controllers take every object */
  readonly shards?: readonly string[];
  /** Whether notification-controller runs, too. @default false */
  readonly notifications?: boolean;
}

/** Flux on a cluster. */
export interface RunningFlux {
  /** Where the paths of Receivers are answered, if notification-controller runs. */
  readonly receivers: string;
}

const SHARD = 'sharding.fluxcd.io/key';

/** Puts Flux onto a cluster as it comes: its definitions, its namespace and its accounts with their rights; and starts its controllers, as they are. */
export async function startFlux(cluster: ControlPlane, processes: Processes, folder: string, options: FluxOptions = {}): Promise<RunningFlux> {
  await install(cluster);
  const { featureGates, kustomizeController = [], tenantAccount, shards = [], notifications = false } = options;
  const [events, receivers, ...ports] = await freePorts(2 + 2 + 7 * (shards.length + 1));
  const start = (name: string, flags: readonly string[], shard?: string): void => {
    const own = shard === undefined ? name : `${name}-${shard}`;
    const temporary = join(folder, `${own}-tmp`);
    mkdirSync(temporary, { recursive: true });
    processes.start(own, binary(name), [
      `--health-addr=127.0.0.1:${ports.pop()}`, `--metrics-addr=127.0.0.1:${ports.pop()}`, '--log-level=debug', ...flags,
    ], { KUBECONFIG: cluster.kubeconfig, RUNTIME_NAMESPACE: NAMESPACE, TMPDIR: temporary, HOME: temporary });
  };
  const apart = tenantAccount === undefined ? [] : ['--no-cross-namespace-refs=true'];
  const acting = [REQUEUE_DEPENDENCY, ...featureGates ? [`--feature-gates=${featureGates.join(',')}`] : [], ...apart,
    ...tenantAccount === undefined ? [] : [`--default-service-account=${tenantAccount}`]];
  const told = notifications ? `--events-addr=http://127.0.0.1:${events}/` : '--events-addr=';
  for (const shard of [undefined, ...shards]) {
    const storage = join(folder, 'artifacts', shard ?? 'main');
    mkdirSync(storage, { recursive: true });
    const address = `127.0.0.1:${ports.pop()}`;
    const selector = shards.length === 0 ? [] : [`--watch-label-selector=${shard === undefined ? `!${SHARD}` : `${SHARD}=${shard}`}`];
    const artifacts = [`--storage-path=${storage}`, `--storage-addr=${address}`, `--storage-adv-addr=${address}`];
    start('source-controller', [FETCHING, told, ...selector, ...artifacts], shard);
    start('kustomize-controller', [told, ...selector, ...acting, ...tenantAccount === undefined ? [] : ['--no-remote-bases=true'], ...kustomizeController], shard);
    start('helm-controller', [told, ...selector, ...acting], shard);
  }
  if (notifications) {
    start('notification-controller', [`--events-addr=127.0.0.1:${events}`, `--receiverAddr=127.0.0.1:${receivers}`, ...apart]);
  }
  return { receivers: `http://127.0.0.1:${receivers}` };
}

async function install({ api }: ControlPlane): Promise<void> {
  const controllers = ['source-controller', 'kustomize-controller', 'helm-controller', 'notification-controller'];
  await api.define(...definitionsOf('flux').filter(({ spec }) => GROUPS.includes(spec.group)));
  await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  await Promise.all(controllers.map(name => api.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: NAMESPACE } })));
  await api.apply({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: `cluster-reconciler-${NAMESPACE}` },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: ['kustomize-controller', 'helm-controller'].map(name => ({ kind: 'ServiceAccount', name, namespace: NAMESPACE })),
  });
}
