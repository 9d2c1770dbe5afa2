/** An object of a shard for which no controller runs (docs/checks/shard-unwatched.md). */
import { deliverFluxInstance, installOperator } from './flux-instance';
import { assumeToken, makeToken, receiver } from './receiver';
import { Program, Scene, SceneOptions } from './scene';
import { CheckedPlatform, ObjectFixture, RETRYING } from '../../test/checks/check-fixtures';
import { onShard } from '../../test/checks/flux-fixtures';
import { KubernetesObject } from '../harness/kubernetes-api';

const CHECK = 'shard-unwatched';
const before: SceneOptions['before'] = async api => {
  await Promise.all([installOperator(api), makeToken(api)]);
};
const SHARDED: SceneOptions = { flux: { shards: ['one'], notifications: true }, before };
const UNSHARDED: SceneOptions = { flux: { notifications: true }, before };

/**
 * Layers on a shard: `apps`, of which `after` waits; and `releases`, which itself is on none, with objects of Flux on the shard: a source, a release, and a release
 * that is on none and labels its chart.
 */
function onto(shard: string, shards?: string[]): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    deliverFluxInstance(checked, { sharding: shards && { shards } });
    assumeToken(checked);
    const labels = onShard(shard);
    const release = (name: string, own: object, chart: object): ObjectFixture => ({
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      name,
      metadata: own,
      fields: { spec: { interval: '1h', chart: { metadata: chart, spec: { chart: 'shop', version: '1.2.3', sourceRef: { kind: 'HelmRepository', name: 'charts' } } }, ...RETRYING } },
    });
    const releases = checked.component('releases', {
      apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'HelmRepository', name: 'charts', metadata: labels, fields: { spec: { interval: '1h', url: 'https://charts.example.com' } },
    }, release('labelled', labels, labels), release('unlabelled', {}, labels), receiver('git', [{ kind: 'HelmRepository', name: 'charts', namespace: 'apps' }], labels));
    checked.layer('releases', [releases], { dependsOn: [checked.namespaces] });
    const apps = checked.layer('apps', [checked.component('shop', { name: 'shop' })], { dependsOn: [checked.namespaces], shard });
    checked.layer('after', [checked.component('after', { name: 'after' })], { dependsOn: [apps] });
    return checked;
  };
}

test('nothing is ever done about an object of another shard, and nothing tells so: it converges once it is on one that there is', async () => {
  const seconds = await Scene.converges(`${CHECK}-mended`, onto('one', ['one']), SHARDED);
  await Scene.play(CHECK, onto('two', ['one']), [CHECK], async scene => {
    await Promise.all(['flux', 'releases'].map(name => scene.applies(name)));
    const waits = (kind: string, name: string, namespace: string, message: RegExp) =>
      scene.run.until(`${name} is told of`, 5, () => message.test(messageOf(scene.object(kind, name, namespace))) || undefined);
    await waits('Receiver', 'git', 'flux-system', /^Receiver initialized for path/);
    await waits('Kustomization', 'after', 'flux-system', /'flux-system\/apps' is not ready/);
    await waits('HelmRelease', 'unlabelled', 'apps', /HelmChart 'apps\/apps-unlabelled' is not ready/);
    await scene.takesTimes(seconds);

    const untouched = [
      ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'flux-system', 'apps'], ['source.toolkit.fluxcd.io/v1', 'HelmRepository', 'apps', 'charts'],
      ['helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'apps', 'labelled'], ['source.toolkit.fluxcd.io/v1', 'HelmChart', 'apps', 'apps-unlabelled'],
    ] as const;
    for (const [apiVersion, kind, namespace, name] of untouched) {
      const { metadata, status } = await scene.api.get(apiVersion, kind, namespace, name) as KubernetesObject;
      // What the API server sets by itself.
      expect(status ?? {}).toEqual(status === undefined ? {} : { observedGeneration: -1 });
      expect(metadata.finalizers).toBeUndefined();
    }
    const events = await scene.api.list('v1', 'Event');
    const told = events.map(({ involvedObject: { kind, name } }) => `${kind} ${name}`);
    expect(told).toContain('Kustomization releases');
    expect(told.filter(each => untouched.some(([, kind, , name]) => each === `${kind} ${name}`))).toEqual([]);

    await scene.push(onto('one', ['one']));
    await scene.converges();
  }, SHARDED);
});

test('without shards the label does nothing', async () => {
  await Scene.converges(`${CHECK}-none`, onto('two'), UNSHARDED);
});

function messageOf(object: KubernetesObject | undefined): string {
  return object?.status?.conditions?.find((condition: any) => condition.type === 'Ready')?.message ?? '';
}
