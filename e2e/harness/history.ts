import { appendFileSync } from 'fs';
import { KubernetesApi, KubernetesObject, WatchEvent } from './kubernetes-api';
import { isReady } from './readiness';
import { until } from './until';
import { idText, objectId } from '../../src/delivery/object-id';
import { api as apiEvent, exists, ready, tried } from '../../src/delivery/rules';

/** A kind, as `<group>/<version>` and its name. */
export type Kind = readonly [apiVersion: string, kind: string];

/** An attempt of Flux that failed. */
export interface Failure {
  readonly kind: string;
  readonly name: string;
  readonly reason: string;
  readonly message: string;
  /** When it failed, as etcd's revision. */
  readonly revision: number;
}

interface Condition {
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** Reasons for which something is not ready because Flux waits, by itself and without an attempt. */
const WAITING = ['DependencyNotReady', 'SourceNotReady', 'Progressing', 'ProgressingWithRetry'];

/**
 * What happened on a cluster, in the order of etcd's revisions: that is the order in which it happened. Events have the names that they have in the proof,
 * `exists …`, `ready …`, `tried …` and `api …`.
 */
export class History {
  /** When each event first happened. */
  public readonly first = new Map<string, number>();

  /** The present state of every object, by its identity. */
  public readonly objects = new Map<string, KubernetesObject>();

  public readonly failures: Failure[] = [];

  /** How often Flux began with each Kustomization, by its namespace and name. */
  public readonly attempts = new Map<string, number>();

  private readonly stops: (() => void)[] = [];
  private readonly pending: Kind[];
  private readonly kinds: Set<string>;
  private readonly started = Date.now();
  private starting: Promise<void> = Promise.resolve();

  /** @param log file that is told what becomes of Kustomizations and HelmReleases */
  constructor(private readonly api: KubernetesApi, kinds: readonly Kind[], private readonly log: string) {
    this.pending = [...new Map(kinds.map(kind => [kind.join(' '), kind])).values()];
    this.kinds = new Set(kinds.map(kind => kind.join(' ')));
  }

  /** Begins to look, at kinds that are not served yet as soon as they are. */
  public async begin(): Promise<void> {
    this.stops.push(await this.api.watch('apiextensions.k8s.io/v1', 'CustomResourceDefinition', event => {
      this.record(event);
      if (isReady(event.object)) {
        this.starting = this.starting.then(() => this.watchDefined(event.object));
      }
    }));
    await this.watchServed();
  }

  /** Looks at further kinds, too. */
  public async watch(kinds: readonly Kind[]): Promise<void> {
    const known = new Set(this.kinds);
    this.pending.push(...kinds.filter(kind => !known.has(kind.join(' '))));
    kinds.forEach(kind => this.kinds.add(kind.join(' ')));
    this.starting = this.starting.then(() => this.watchServed());
    await this.starting;
  }

  public end(): void {
    this.stops.forEach(stop => stop());
  }

  /** Looks at the kind of a definition. The API server says that it is established a moment before it serves the kind. */
  private async watchDefined({ spec: { group, names, versions } }: KubernetesObject): Promise<void> {
    const served: string[] = versions.filter((version: any) => version.served).map((version: any) => `${group}/${version.name}`);
    const wanted = this.pending.filter(([apiVersion, kind]) => kind === names.kind && served.includes(apiVersion));
    await Promise.all(wanted.map(kind => until(`${kind.join(' ')} is served`, 60, async () => await this.api.serves(...kind) || undefined)));
    await this.watchServed();
  }

  private async watchServed(): Promise<void> {
    for (const kind of [...this.pending]) {
      if (await this.api.serves(...kind)) {
        this.pending.splice(this.pending.indexOf(kind), 1);
        this.stops.push(await this.api.watch(...kind, event => this.record(event), () => this.forget(kind)));
      }
    }
  }

  /** Of a kind whose definition is gone there is nothing, until it is defined again. */
  private forget([apiVersion, kind]: Kind): void {
    const gone = [...this.objects].filter(([, object]) => object.apiVersion === apiVersion && object.kind === kind);
    gone.forEach(([id]) => this.objects.delete(id));
    this.pending.push([apiVersion, kind]);
  }

  private record({ type, object }: WatchEvent): void {
    const id = objectId(object.apiVersion, object.kind, object.metadata.name, object.metadata.namespace);
    const revision = Number(object.metadata.resourceVersion);
    const before = this.objects.get(idText(id));
    if (type === 'DELETED') {
      this.objects.delete(idText(id));
      return;
    }
    this.objects.set(idText(id), object);
    this.happened(exists(id), revision);
    if (isReady(object)) {
      this.happened(ready(id), revision);
      if (object.kind === 'CustomResourceDefinition') {
        this.happened(apiEvent(`${object.spec.group}/${object.spec.names.kind}`), revision);
      }
    }
    if (['Kustomization', 'HelmRelease'].includes(object.kind)) {
      const [now, then] = [object, before].map(state => state?.status?.conditions?.find((condition: any) => condition.type === 'Ready'));
      if (object.kind === 'Kustomization' && now?.status === 'Unknown' && now.reason === 'Progressing') {
        this.happened(tried(id), revision);
        if (then?.status !== 'Unknown' || then.reason !== 'Progressing') {
          const name = `${object.metadata.namespace}/${object.metadata.name}`;
          this.attempts.set(name, (this.attempts.get(name) ?? 0) + 1);
        }
      }
      if (now && (now.status !== then?.status || now.reason !== then?.reason || now.message !== then?.message)) {
        this.tell(object, now);
      }
    }
  }

  private happened(event: string, revision: number): void {
    if (!this.first.has(event)) {
      this.first.set(event, revision);
    }
  }

  private tell({ kind, metadata, status: { conditions } }: KubernetesObject, { status, reason, message }: Condition): void {
    const name = `${metadata.namespace}/${metadata.name}`;
    const seconds = ((Date.now() - this.started) / 1000).toFixed(1);
    const stalled = conditions.some((condition: any) => condition.type === 'Stalled' && condition.status === 'True');
    appendFileSync(this.log, `${seconds.padStart(7)} s  ${kind} ${name}  ${status} ${reason}${stalled ? ' stalled' : ''}  ${message}\n`);
    if (status === 'False' && !WAITING.includes(reason) && !isUnseenSource(kind, metadata, message)) {
      this.failures.push({ kind, name, reason, message, revision: Number(metadata.resourceVersion) });
    }
  }
}

/** Whether Flux waits for what it has seen to by itself: an artifact, or the HelmChart that helm-controller has just made and does not see yet. */
function isUnseenSource(kind: string, { name, namespace }: KubernetesObject['metadata'], message: string): boolean {
  const chart = `could not get Source object: HelmChart.source.toolkit.fluxcd.io "${namespace}-${name}" not found`;
  return /^Source artifact not found/.test(message) || kind === 'HelmRelease' && message === chart;
}
