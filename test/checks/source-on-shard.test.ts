import { CheckedPlatform, ObjectFixture } from './check-fixtures';
import { fluxInstance, onShard } from './flux-fixtures';

const CHECK = 'source-on-shard';
const SHARDED = fluxInstance({ sharding: { shards: ['one', 'two'] } });
const SOURCE = { apiVersion: 'source.toolkit.fluxcd.io/v1' };
const REPOSITORY = { ...SOURCE, kind: 'HelmRepository', name: 'charts' };
const SOURCE_REF = { kind: 'HelmRepository', name: 'charts' };
const REASON = 'source-controller sees only the sources of its own shard, and never makes the chart';

function release(metadata?: object): ObjectFixture {
  return { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'shop', fields: { spec: { chart: { metadata, spec: { sourceRef: SOURCE_REF } } } } };
}

function findings(...objects: ObjectFixture[]): string[] {
  const checked = new CheckedPlatform();
  checked.layer('apps', [checked.component('shop', ...objects)]);
  return checked.findings(CHECK);
}

test('refuses a chart on another shard than its source', () => {
  expect(findings(SHARDED, { ...REPOSITORY, metadata: onShard('one') }, release())).toEqual([
    'error dev › flux-system/apps › HelmRelease apps/shop: gets its HelmChart on no shard, and its source, the HelmRepository apps/charts, is on the shard "one": '
    + `${REASON} → give the chart (spec.chart.metadata.labels) and its source the same label sharding.fluxcd.io/key`,
  ]);
  expect(findings(SHARDED, REPOSITORY, { ...SOURCE, kind: 'HelmChart', name: 'shop', metadata: onShard('two'), fields: { spec: { sourceRef: SOURCE_REF } } })).toEqual([
    'error dev › flux-system/apps › HelmChart apps/shop: is on the shard "two", and its source, the HelmRepository apps/charts, is on no shard: '
    + `${REASON} → give both the same label sharding.fluxcd.io/key`,
  ]);
});

test('takes one shard for both, none for both, and a source that is made elsewhere', () => {
  expect(findings(SHARDED, { ...REPOSITORY, metadata: onShard('one') }, release(onShard('one')))).toEqual([]);
  expect(findings(SHARDED, REPOSITORY, release())).toEqual([]);
  expect(findings(SHARDED, release(onShard('one')))).toEqual([]);
});

test('warns where it is not known which shards there are, and takes everything where there are none', () => {
  expect(findings({ ...REPOSITORY, metadata: onShard('one') }, release())[0]).toMatch(/^warning /);
  expect(findings(fluxInstance({}), { ...REPOSITORY, metadata: onShard('one') }, release())).toEqual([]);
});
