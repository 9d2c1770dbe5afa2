import { ObjectFixture } from './check-fixtures';

/** A FluxInstance. */
export function fluxInstance(spec: object): ObjectFixture {
  return { apiVersion: 'fluxcd.controlplane.io/v1', kind: 'FluxInstance', name: 'flux', namespace: 'flux-system', fields: { spec } };
}

/** A label for a shard. */
export function onShard(shard: string, key = 'sharding.fluxcd.io/key') {
  return { labels: { [key]: shard } };
}
