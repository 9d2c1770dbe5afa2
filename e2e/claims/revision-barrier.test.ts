/** A dependency between Kustomizations of different sources (docs/checks/revision-barrier.md). */
import { flux } from 'cdk8s-strata';
import { SOURCES, TEAM, suspend } from './other-source';
import { Program, Scene, SceneOptions } from './scene';
import { objectId } from '../../src/delivery/object-id';
import { ready, tried } from '../../src/delivery/rules';
import { CheckedPlatform } from '../../test/checks/check-fixtures';

const CHECK = 'revision-barrier';
const KUSTOMIZATION = 'kustomize.toolkit.fluxcd.io/v1';

/**
 * Layers `first` and `second`, of which the second depends on the first, and reads the same source or another one.
 *
 * @param content what their ConfigMaps say
 */
function twoLayers(source: 'same' | 'other', content: string): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const component = (name: string) => checked.component(name, { name, namespace: 'default', fields: { data: { content } } });
    const sources = checked.layer('sources', [checked.component('team', TEAM)]);
    const first = checked.layer('first', [component('first')], { dependsOn: [sources] });
    checked.layer('second', [component('second')], { dependsOn: [first], source: source === 'other' ? flux.Source.git('team') : undefined });
    return checked;
  };
}

const contentsOf = (scene: Scene): unknown[] => ['first', 'second'].map(name => scene.object('ConfigMap', name, 'default')?.data.content);
const become = (scene: Scene, ...contents: string[]): Promise<boolean> =>
  scene.run.until(`they become ${contents}`, 5, () => contents.every((content, i) => contentsOf(scene)[i] === content) || undefined);

const fetched = (scene: Scene, name: string): Promise<unknown> => scene.run.reconciled(SOURCES, 'GitRepository', 'flux-system', name);

test('of different sources, the dependent applies a commit before the one it depends on has it', async () => {
  await Scene.play(CHECK, twoLayers('other', 'old'), [CHECK], async scene => {
    await scene.converges();
    scene.commit(twoLayers('other', 'new'), [CHECK]);
    await fetched(scene, 'team');
    await become(scene, 'old', 'new');
    await fetched(scene, 'flux-system');
    await become(scene, 'new', 'new');
  });
});

test('of different sources, the dependent does not even wait where the one it depends on is at the commit, and has not applied it', async () => {
  await Scene.play(`${CHECK}-behind`, twoLayers('other', 'old'), [CHECK], async scene => {
    await scene.converges();
    await suspend(scene, 'first', true);
    scene.commit(twoLayers('other', 'new'), [CHECK]);
    await fetched(scene, 'flux-system');
    await fetched(scene, 'team');
    await become(scene, 'old', 'new');
    await suspend(scene, 'first', false);
    await become(scene, 'new', 'new');
  });
});

test('of the same source, it waits until the other one has applied the same commit', async () => {
  await Scene.play(`${CHECK}-same`, twoLayers('same', 'old'), [], async scene => {
    await scene.converges();
    // As if it took its time.
    await suspend(scene, 'first', true);
    await scene.push(twoLayers('same', 'new'));
    await scene.says('second', /^dependency 'flux-system\/first' revision is not up to date$/);
    expect(contentsOf(scene)).toEqual(['old', 'old']);
    await suspend(scene, 'first', false);
    await become(scene, 'new', 'new');
    const [first, second] = ['first', 'second'].map(name => Number(scene.object('ConfigMap', name, 'default')!.metadata.resourceVersion));
    expect(first).toBeLessThan(second);
  });
});

test('on an empty cluster it waits for the other one, whatever their sources', async () => {
  const late: SceneOptions = { late: ['first'] };
  for (const source of ['same', 'other'] as const) {
    await Scene.play(`${CHECK}-empty-${source}`, twoLayers(source, 'new'), source === 'other' ? [CHECK] : [], async scene => {
      await scene.says('second', /^dependency 'flux-system\/first' is not ready$/);
      expect(contentsOf(scene)).toEqual([undefined, undefined]);
      scene.release();
      await scene.converges();
      const [first, second] = ['first', 'second'].map(name => objectId(KUSTOMIZATION, 'Kustomization', name, 'flux-system'));
      expect(scene.run.history.first.get(ready(first))!).toBeLessThan(scene.run.history.first.get(tried(second))!);
    }, late);
  }
});
