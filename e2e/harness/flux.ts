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

export interface FluxOptions {
  /** Feature gates of kustomize-controller and helm-controller. */
  readonly featureGates?: readonly string[];
  /** More flags for kustomize-controller. */
  readonly kustomizeController?: readonly string[];
}

/** Puts Flux onto a cluster as it comes: its definitions, its namespace and its accounts; and starts its controllers, as they are. */
export async function startFlux({ api, kubeconfig }: ControlPlane, processes: Processes, folder: string, options: FluxOptions = {}): Promise<void> {
  const controllers = ['source-controller', 'kustomize-controller', 'helm-controller', 'notification-controller'];
  await api.define(...definitionsOf('flux').filter(({ spec }) => GROUPS.includes(spec.group)));
  await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  await Promise.all(controllers.map(name => api.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: NAMESPACE } })));

  const [storage, ...ports] = await freePorts(7);
  const artifacts = `127.0.0.1:${storage}`;
  const gates = options.featureGates ? [`--feature-gates=${options.featureGates.join(',')}`] : [];
  const start = (name: string, flags: readonly string[]): void => {
    const temporary = join(folder, `${name}-tmp`);
    mkdirSync(temporary, { recursive: true });
    processes.start(name, binary(name), [
      `--health-addr=127.0.0.1:${ports.pop()}`, `--metrics-addr=127.0.0.1:${ports.pop()}`, '--events-addr=', '--log-level=debug', ...flags,
    ], { KUBECONFIG: kubeconfig, RUNTIME_NAMESPACE: NAMESPACE, SOURCE_CONTROLLER_LOCALHOST: artifacts, TMPDIR: temporary, HOME: temporary });
  };
  mkdirSync(join(folder, 'artifacts'), { recursive: true });
  start('source-controller', [`--storage-path=${join(folder, 'artifacts')}`, `--storage-addr=${artifacts}`, `--storage-adv-addr=${artifacts}`]);
  start('kustomize-controller', [REQUEUE_DEPENDENCY, ...gates, ...options.kustomizeController ?? []]);
  start('helm-controller', [REQUEUE_DEPENDENCY, ...gates]);
}
