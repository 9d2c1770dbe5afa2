import { CheckedPlatform, ObjectFixture } from './check-fixtures';
import { fluxInstance, onShard } from './flux-fixtures';
import { LayerProps } from '../../src';

const CHECK = 'shard-unwatched';
const REPOSITORY = { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'HelmRepository', name: 'charts' };
const FIX = 'correct the label, or add the shard to the sharding of the FluxInstance';
const SHARDED = fluxInstance({ sharding: { shards: ['one', 'two'] } });

function findings(props: LayerProps, ...objects: ObjectFixture[]): string[] {
  const checked = new CheckedPlatform();
  checked.layer('apps', [checked.component('shop', ...objects)], props);
  return checked.findings(CHECK);
}

test('refuses a shard that the FluxInstance does not have', () => {
  const message = (shard: string) => `the shard "${shard}" (sharding.fluxcd.io/key), which no controller watches: it is never reconciled, and nothing tells so; the `
    + `FluxInstance has one, two → ${FIX}`;
  expect(findings({ shard: 'three' }, SHARDED, { ...REPOSITORY, metadata: onShard('four') })).toEqual([
    `error dev › flux-system/apps: is labelled for ${message('three')}`,
    `error dev › flux-system/apps › HelmRepository apps/charts: is labelled for ${message('four')}`,
  ]);
  expect(findings({}, SHARDED, {
    apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'shop', fields: { spec: { chart: { metadata: onShard('three'), spec: {} } } },
  })).toEqual([`error dev › flux-system/apps › HelmRelease apps/shop: labels its HelmChart for ${message('three')}`]);
});

test('takes a shard that it has, and what notification-controller watches anyway', () => {
  expect(findings({ shard: 'one' }, SHARDED, { ...REPOSITORY, metadata: onShard('two') })).toEqual([]);
  expect(findings({}, SHARDED, { apiVersion: 'notification.toolkit.fluxcd.io/v1beta3', kind: 'Alert', name: 'errors', metadata: onShard('three') })).toEqual([]);
});

test('knows the label of the FluxInstance', () => {
  const own = fluxInstance({ sharding: { key: 'acme.example/shard', shards: ['one'] } });
  expect(findings({}, own, { ...REPOSITORY, metadata: onShard('three', 'acme.example/shard') })).toHaveLength(1);
  expect(findings({}, own, { ...REPOSITORY, metadata: onShard('three') })).toEqual([]);
});

test('reads the labels that a Kustomization gives its objects', () => {
  expect(findings({ commonMetadata: onShard('three') }, SHARDED, REPOSITORY)).toHaveLength(1);
});

test('warns of a label that does nothing, because there are no shards', () => {
  expect(findings({ shard: 'one' }, fluxInstance({}))).toEqual([
    'warning dev › flux-system/apps: is labelled for the shard "one" (sharding.fluxcd.io/key), and the FluxInstance has no shards: the label does nothing, until there '
    + 'are others → take the label away, or add the shard to the sharding of the FluxInstance',
  ]);
});

test('says that it cannot tell, where no FluxInstance is delivered', () => {
  expect(findings({ shard: 'one' }, { name: 'settings' })).toEqual([
    'info dev › flux-system/apps: is labelled for the shard "one" (sharding.fluxcd.io/key); whether a controller watches it cannot be told, because no FluxInstance is '
    + 'delivered here → see that Flux is installed with that shard',
  ]);
});
