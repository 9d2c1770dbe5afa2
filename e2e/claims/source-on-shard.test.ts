/** A chart on another shard than its source (docs/checks/source-on-shard.md). */
import { stringify } from 'yaml';
import { deliverFluxInstance, installOperator } from './flux-instance';
import { Program, Scene, SceneOptions } from './scene';
import { CheckedPlatform, ObjectFixture, RETRYING } from '../../test/checks/check-fixtures';
import { onShard } from '../../test/checks/flux-fixtures';
import { KubernetesObject } from '../harness/kubernetes-api';

const CHECK = 'source-on-shard';
const ONE = onShard('one');
const UPSTREAM = 'example.com/upstream';
const OPTIONS: SceneOptions = {
  flux: { shards: ['one'] },
  before: async (api, internet) => {
    await installOperator(api);
    const metadata = { name: 'upstream', namespace: 'apps' };
    internet.git.commit(UPSTREAM, { 'deploy/configmap.yaml': stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata }) });
  },
};

const source = (kind: string, name: string, spec: object, metadata: object): ObjectFixture =>
  ({ apiVersion: 'source.toolkit.fluxcd.io/v1', kind, name, metadata, fields: { spec: { interval: '1h', ...spec } } });

const release = (name: string, metadata: object, spec: object): ObjectFixture =>
  ({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name, metadata, fields: { spec: { interval: '1h', ...spec, ...RETRYING } } });

/** A repository and a release on a shard or on none, and the chart that is made for the release. */
function chartAndSource(repository: object, owner: object, chart: object): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    deliverFluxInstance(checked, { sharding: { shards: ['one'] } });
    const spec = { chart: 'shop', version: '1.2.3', sourceRef: { kind: 'HelmRepository', name: 'charts' } };
    const objects = [source('HelmRepository', 'charts', { url: 'https://charts.example.com' }, repository), release('shop', owner, { chart: { metadata: chart, spec } })];
    checked.layer('apps', [checked.component('shop', ...objects)], { dependsOn: [checked.namespaces] });
    return checked;
  };
}

/** What reads sources whatever their labels are: a release by its `chartRef`, and a Kustomization. */
const readers: Program = props => {
  const checked = new CheckedPlatform(props);
  deliverFluxInstance(checked, { sharding: { shards: ['one'] } });
  const objects = [
    source('OCIRepository', 'shop', { url: 'oci://example.com/shop', ref: { tag: '1.2.3' } }, ONE), release('shop', {}, { chartRef: { kind: 'OCIRepository', name: 'shop' } }),
    source('GitRepository', 'upstream', { url: `https://${UPSTREAM}`, ref: { branch: 'main' } }, ONE),
    {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      name: 'upstream',
      fields: { spec: { interval: '1h', path: './deploy', prune: true, sourceRef: { kind: 'GitRepository', name: 'upstream' } } },
    },
  ];
  checked.layer('apps', [checked.component('shop', ...objects)], { dependsOn: [checked.namespaces] });
  return checked;
};

async function chartOf(scene: Scene): Promise<KubernetesObject> {
  return await scene.api.get('source.toolkit.fluxcd.io/v1', 'HelmChart', 'apps', 'apps-shop') as KubernetesObject;
}

test.each([
  ['on a shard, and the chart is on none although the release is on the shard', ONE, ONE, {}],
  ['on none, and the chart is on a shard', {}, {}, ONE],
])('a source is %s: the chart never comes, until both have the same label', async (_, repository, owner, chart) => {
  const name = `${CHECK}-${Object.keys(repository).length > 0 ? 'source' : 'chart'}`;
  const mended = chartAndSource(ONE, owner, ONE);
  const seconds = await Scene.converges(`${name}-mended`, mended, OPTIONS);
  await Scene.play(name, chartAndSource(repository, owner, chart), [CHECK], async scene => {
    await scene.applies('apps');
    await scene.run.until('the release waits for its chart', 5, () => /HelmChart 'apps\/apps-shop' is not ready/.test(readyOf(scene.object('HelmRelease', 'shop', 'apps'))) || undefined);
    await scene.takesTimes(seconds);
    expect(readyOf(await chartOf(scene))).toMatch(/HelmRepository.* "charts" not found/);
    expect((await chartOf(scene)).metadata.labels?.['sharding.fluxcd.io/key']).toBe(Object.keys(chart).length > 0 ? 'one' : undefined);
    await scene.push(mended);
    await scene.converges();
  }, OPTIONS);
});

test('a release by chartRef, and a Kustomization, read a source of another shard', async () => {
  await Scene.converges(`${CHECK}-read`, readers, OPTIONS);
});

function readyOf(object: KubernetesObject | undefined): string {
  return object?.status?.conditions?.find((condition: any) => condition.type === 'Ready')?.message ?? '';
}
