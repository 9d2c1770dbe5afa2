import { isDeepStrictEqual } from 'util';
import { Informers } from '../harness/informers';
import { ApiError, KubernetesApi, KubernetesObject } from '../harness/kubernetes-api';

/** Status, reason and, where there is something to say, a message. */
export type Condition = readonly ['True' | 'False' | 'Unknown', string, string?];

/** What an operator sees of a cluster, and does there. */
export class World {
  constructor(
    private readonly api: KubernetesApi,
    private readonly informers: Informers,
    /** How many seconds pods take until they are available. */
    public readonly startSeconds: number,
  ) {}

  /** The objects of a kind that are not being deleted. */
  public async list(apiVersion: string, kind: string): Promise<KubernetesObject[]> {
    return (await this.informers.list(apiVersion, kind)).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  }

  public async find(apiVersion: string, kind: string, namespace: string | undefined, name: string): Promise<KubernetesObject | undefined> {
    const named = (await this.list(apiVersion, kind)).filter(({ metadata }) => metadata.name === name);
    return named.find(({ metadata }) => namespace === undefined || metadata.namespace === namespace);
  }

  /** Whether a Deployment of that name is available, in whichever namespace. */
  public async runs(deployment: string): Promise<boolean> {
    return (await this.list('apps/v1', 'Deployment')).some(object => object.metadata.name === deployment && isAvailable(object));
  }

  /** Makes an object that belongs to another one: it goes when that goes. */
  public async make(owner: KubernetesObject, object: { readonly metadata: object; readonly [field: string]: unknown }): Promise<void> {
    const { apiVersion, kind, metadata: { name, uid } } = owner as KubernetesObject & { metadata: { uid: string } };
    await this.api.apply({ ...object, metadata: { ...object.metadata, ownerReferences: [{ apiVersion, kind, name, uid }] } });
  }

  /** Makes an object that belongs to none. */
  public async apply(object: object): Promise<void> {
    await this.api.apply(object);
  }

  /** Merges fields into an object. */
  public async change(object: KubernetesObject, fields: object): Promise<void> {
    await this.api.patch(object, fields).catch(gone);
  }

  /** Says in the status of an object what became of it, unless that is there already. */
  public async report(
    object: KubernetesObject, conditions: Readonly<Record<string, Condition>>, fields: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    const before = object.status ?? {};
    const merged = mergeConditions(before.conditions ?? [], conditions, object.metadata.generation);
    const status = { ...merged.length === 0 ? {} : { conditions: merged }, ...fields };
    if (!Object.entries(status).every(([field, value]) => isDeepStrictEqual(before[field], value))) {
      await this.api.patch(object, { status }, '/status').catch(gone);
    }
  }
}

/** Whether a condition of an object is as it should be, for its present generation as far as that is said. */
export function hasCondition(object: KubernetesObject, type: string, status = 'True'): boolean {
  const conditions: { type: string; status: string }[] = object.status?.conditions ?? [];
  return conditions.some(condition => condition.type === type && condition.status === status);
}

export function isAvailable(deployment: KubernetesObject): boolean {
  return deployment.status?.observedGeneration === deployment.metadata.generation && hasCondition(deployment, 'Available');
}

function mergeConditions(before: readonly any[], wanted: Readonly<Record<string, Condition>>, generation?: number): any[] {
  const kept = before.filter(({ type }) => !(type in wanted));
  return [...kept, ...Object.entries(wanted).map(([type, [status, reason, message = '']]) => {
    const old = before.find(condition => condition.type === type);
    return old?.status === status && old?.reason === reason && (old?.message ?? '') === message
      ? old
      : { type, status, reason, message, lastTransitionTime: new Date().toISOString().replace(/\.\d+Z$/, 'Z'), observedGeneration: generation };
  })];
}

/** An object may be gone before it is written to. */
function gone(error: unknown): void {
  if (!(error instanceof ApiError && error.status === 404)) {
    throw error;
  }
}
