import { Finding, ICheck, Severity } from './check';
import { applied } from './support/applied';
import { onObject } from './support/place';
import { chartShardOf, chartSourceOf, Sharding, shardingOf, shardOf } from './support/shards';
import { DeliveredKustomization, DeliveredObject, Delivery } from '../delivery/delivery';
import { apiGroup, groupKind } from '../synth/api-group';

const CHECK = 'source-on-shard';

/** @see docs/checks/source-on-shard.md */
export const sourceOnShard: ICheck = {
  checkId: CHECK,
  title: 'A chart on another shard than its source',
  examine: delivery => {
    const sharding = shardingOf(delivery);
    // Without shards every controller sees everything.
    if (sharding.shards?.length === 0) {
      return [];
    }
    const shards = sourceShards(delivery, sharding);
    return delivery.kustomizations.flatMap(kustomization =>
      applied(kustomization).flatMap(object => apart(delivery, kustomization, object, sharding, shards)));
  },
};

/** The shard of each source that is delivered; undefined for one that the main controllers watch. */
function sourceShards({ kustomizations }: Delivery, sharding: Sharding): ReadonlyMap<string, string | undefined> {
  return new Map(kustomizations.flatMap(kustomization => applied(kustomization)
    .filter(({ apiVersion }) => apiGroup(apiVersion) === 'source.toolkit.fluxcd.io')
    .map(({ kind, namespace = '', name, manifest }) => [[kind, namespace, name].join('/'), shardOf(manifest, sharding)] as const)));
}

function apart(
  delivery: Delivery, kustomization: DeliveredKustomization, object: DeliveredObject, sharding: Sharding,
  shards: ReadonlyMap<string, string | undefined>,
): Finding[] {
  const isRelease = groupKind(object) === 'helm.toolkit.fluxcd.io/HelmRelease';
  if (!isRelease && groupKind(object) !== 'source.toolkit.fluxcd.io/HelmChart') {
    return [];
  }
  const source = chartSourceOf(object.manifest);
  const key = source && [source.kind, source.namespace, source.name].join('/');
  const own = isRelease ? chartShardOf(object.manifest, sharding) : shardOf(object.manifest, sharding);
  if (!source || !shards.has(key!) || shards.get(key!) === own) {
    return [];
  }
  return [onObject(delivery, kustomization, object, {
    check: CHECK,
    severity: sharding.shards ? Severity.ERROR : Severity.WARNING,
    message: `${isRelease ? 'gets its HelmChart' : 'is'} on ${shardName(own)}, and its source, the ${source.kind} ${source.namespace}/${source.name}, is on `
      + `${shardName(shards.get(key!))}: source-controller sees only the sources of its own shard, and never makes the chart`,
    fix: isRelease ? `give the chart (spec.chart.metadata.labels) and its source the same label ${sharding.key}` : `give both the same label ${sharding.key}`,
  })];
}

function shardName(shard: string | undefined): string {
  return shard === undefined ? 'no shard' : `the shard "${shard}"`;
}
