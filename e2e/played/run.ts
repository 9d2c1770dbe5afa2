import { join } from 'path';
import { DeliveredReference, Delivery } from 'cdk8s-strata';
import { pointAt, prepare } from './bootstrap';
import { holdPods } from './kubelet';
import { Operators } from './operators';
import { addStandIns } from './stand-ins';
import { Webhooks } from './webhooks';
import { appliedFrom } from '../../src/delivery/applied-objects';
import { idText, objectId } from '../../src/delivery/object-id';
import { FluxOptions, RunningFlux } from '../harness/flux';
import { History, Kind } from '../harness/history';
import { Internet } from '../harness/internet';
import { KubernetesApi, KubernetesObject } from '../harness/kubernetes-api';
import { isReady, stateOf } from '../harness/readiness';
import { TestCluster } from '../harness/test-cluster';
import { until } from '../harness/until';

/** Beside what a platform delivers. */
const FURTHER_KINDS: readonly Kind[] = [
  ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'], ['source.toolkit.fluxcd.io/v1', 'GitRepository'], ['apps/v1', 'Deployment'], ['v1', 'Secret'],
  ['v1', 'Service'], ['v1', 'ServiceAccount'], ['v1', 'ConfigMap'],
];

export interface RunOptions {
  /** Name of the suite and the cluster: folder of the logs. */
  readonly name: string;
  readonly internet: Internet;
  /** Host and path of the platform's repository, which is there already. */
  readonly repository: string;
  readonly delivery: Delivery;
  /**
   * How many seconds pods take until they are available.
   *
   * @default 0
   */
  readonly startSeconds?: number;
  /**
   * Objects that their operators leave alone until the test says otherwise, as `<kind>/<namespace>/<name>`.
   *
   * @default - none
   */
  readonly unattended?: readonly string[];
  readonly flux?: FluxOptions;
  /**
   * What is done to the cluster before Flux is started on it.
   *
   * @default - nothing
   */
  readonly before?: (api: KubernetesApi) => Promise<void> | undefined;
}

/** A platform on an empty cluster, from the bootstrap on. */
export class Run {
  /** Starts a cluster with everything that it has before Flux, then Flux, and points that at the repository. */
  public static async start({ name, internet, repository, delivery, startSeconds = 0, unattended = [], flux, before }: RunOptions): Promise<Run> {
    const cluster = await TestCluster.start(name);
    const webhooks = await Webhooks.start(cluster.api, cluster.controlPlane.serving);
    const history = new History(cluster.api, [...FURTHER_KINDS, ...kindsOf(delivery)], join(cluster.logs, 'history.log'));
    const run = new Run(cluster, webhooks, history, new Operators(cluster.api, startSeconds), internet, delivery, startSeconds);
    unattended.forEach(object => run.operators.neglect(object));
    try {
      addStandIns(internet, delivery, webhooks, startSeconds);
      await history.begin();
      await holdPods(cluster.api);
      await prepare(cluster.api, delivery);
      await before?.(cluster.api);
      run.flux = await cluster.startFlux(flux);
      await pointAt(cluster.api, internet, repository, delivery);
      return run;
    } catch (error) {
      await run.stop();
      throw error;
    }
  }

  /** Flux, once it is started. */
  public flux!: RunningFlux;

  private readonly started = Date.now();

  private constructor(
    public readonly cluster: TestCluster,
    private readonly webhooks: Webhooks,
    public readonly history: History,
    public readonly operators: Operators,
    private readonly internet: Internet,
    private delivery: Delivery,
    private readonly startSeconds: number,
  ) {}

  /** Seconds since Flux was started. */
  public get seconds(): number {
    return Math.round((Date.now() - this.started) / 1000);
  }

  /** Waits until everything that is delivered is there and ready; throws with what is not. */
  public async converges(minutes: number): Promise<void> {
    await this.until(`${this.delivery.cluster} converges`, minutes, () => this.unready().length === 0 ? true : undefined);
  }

  /** Waits for something, while every program and every operator does its work. */
  public async until<T>(what: string, minutes: number, ask: () => T | undefined): Promise<T> {
    return until(what, minutes * 60, async () => {
      this.cluster.processes.check();
      this.operators.check();
      return ask();
    }, () => `Not ready:\n${this.unready().join('\n')}\nAsked for and not there: ${[...this.internet.missed].join(', ') || 'nothing'}`);
  }

  /** Goes on with what was committed to the repository in the meantime: has Flux fetch it, and waits until it looks at it. */
  public async follow(delivery: Delivery): Promise<void> {
    await this.looksAt(await this.fetch(delivery));
  }

  /**
   * Goes on with what was committed to the repository in the meantime, and has Flux fetch it; what becomes of it then is not waited for.
   *
   * @returns its revision
   */
  public async fetch(delivery: Delivery): Promise<string> {
    this.delivery = delivery;
    addStandIns(this.internet, delivery, this.webhooks, this.startSeconds);
    await this.history.watch(kindsOf(delivery));
    const { name, namespace } = delivery.source;
    const source = await this.reconciled('source.toolkit.fluxcd.io/v1', 'GitRepository', namespace!, name);
    return source.status.artifact.revision;
  }

  /** Waits until Flux looks at a revision of the cluster's own directory. */
  public async looksAt(revision: string): Promise<void> {
    const root = idText(objectId('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'flux-system', 'flux-system'));
    await this.until(`Flux looks at ${revision}`, 5, () => this.history.objects.get(root)?.status?.lastAttemptedRevision === revision || undefined);
  }

  /** Asks Flux to look at one of its objects, as `flux reconcile` does, and waits until it has. */
  public async reconciled(apiVersion: string, kind: string, namespace: string, name: string): Promise<KubernetesObject> {
    const { api } = this.cluster;
    const requested = new Date().toISOString();
    const object = await api.get(apiVersion, kind, namespace, name);
    if (!object) {
      throw new Error(`there is no ${kind} ${namespace}/${name} that Flux could look at.`);
    }
    await api.patch(object, { metadata: { annotations: { 'reconcile.fluxcd.io/requestedAt': requested } } });
    const id = idText(objectId(apiVersion, kind, name, namespace));
    return this.until(`Flux looks at ${id}`, 5, () => {
      const now = this.history.objects.get(id);
      return now?.status?.lastHandledReconcileAt === requested ? now : undefined;
    });
  }

  /** What is delivered and not there, or not ready, in words. */
  public unready(): string[] {
    const { kustomizations, source } = this.delivery;
    const sourceId = objectId(source.apiVersion, source.kind, source.name, source.namespace);
    const revision = this.history.objects.get(idText(sourceId))?.status?.artifact?.revision;
    const delivered = [
      ...kustomizations.map(({ name, namespace }) => objectId('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', name, namespace)),
      ...kustomizations.flatMap(({ manifest, objects }) => appliedFrom(manifest, objects))
        .map(({ apiVersion, kind, name, namespace }) => objectId(apiVersion, kind, name, namespace)),
    ].map(idText);
    return delivered.flatMap(id => {
      const object = this.history.objects.get(id);
      return !object ? [`${id}: not there`] : isReady(object) && !isBehind(object, source, revision) ? [] : [stateOf(object)];
    });
  }

  public async stop(): Promise<void> {
    this.history.end();
    await this.operators.stop();
    await this.webhooks.stop();
    await this.cluster.stop();
  }
}

/** Whether an object is a Kustomization that reads this source and has yet to apply this revision of it. */
function isBehind({ kind, metadata, spec, status }: KubernetesObject, source: DeliveredReference, revision: string): boolean {
  return kind === 'Kustomization' && spec.sourceRef.kind === source.kind && spec.sourceRef.name === source.name
    && (spec.sourceRef.namespace ?? metadata.namespace) === source.namespace && status?.lastAppliedRevision !== revision;
}

function kindsOf({ kustomizations, beside }: Delivery): Kind[] {
  return [...kustomizations.flatMap(({ objects }) => objects), ...beside].map(({ apiVersion, kind }) => [apiVersion, kind] as const);
}
