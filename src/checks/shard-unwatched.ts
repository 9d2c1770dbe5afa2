import { Finding, ICheck, Severity } from './check';
import { onKustomization, onObject, Remark } from './support/place';
import { chartShardOf, ShardedObject, shardedObjects, Sharding, shardingOf, shardOf } from './support/shards';
import { Delivery } from '../delivery/delivery';

const CHECK = 'shard-unwatched';

/** @see docs/checks/shard-unwatched.md */
export const shardUnwatched: ICheck = {
  checkId: CHECK,
  title: 'An object of a shard for which no controller runs',
  examine: delivery => {
    const sharding = shardingOf(delivery);
    return shardedObjects(delivery).flatMap(object => [
      ...found(delivery, sharding, object, shardOf(object.manifest, sharding), 'is labelled for'),
      ...found(delivery, sharding, object, chartShardOf(object.manifest, sharding), 'labels its HelmChart for'),
    ]);
  },
};

function found(delivery: Delivery, sharding: Sharding, { kustomization, object }: ShardedObject, shard: string | undefined, does: string): Finding[] {
  if (shard === undefined || sharding.shards?.includes(shard)) {
    return [];
  }
  const remark = { check: CHECK, ...said(sharding, `${does} the shard "${shard}" (${sharding.key})`) };
  return [object ? onObject(delivery, kustomization, object, remark) : onKustomization(delivery, kustomization, remark)];
}

function said({ shards }: Sharding, start: string): Omit<Remark, 'check'> {
  if (shards === undefined) {
    return {
      severity: Severity.INFO,
      message: `${start}; whether a controller watches it cannot be told, because no FluxInstance is delivered here`,
      fix: 'see that Flux is installed with that shard',
    };
  }
  if (shards.length === 0) {
    return {
      severity: Severity.WARNING,
      message: `${start}, and the FluxInstance has no shards: the label does nothing, until there are others`,
      fix: 'take the label away, or add the shard to the sharding of the FluxInstance',
    };
  }
  return {
    message: `${start}, which no controller watches: it is never reconciled, and nothing tells so; the FluxInstance has ${shards.join(', ')}`,
    fix: 'correct the label, or add the shard to the sharding of the FluxInstance',
  };
}
