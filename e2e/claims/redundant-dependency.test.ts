/** A dependency that another one implies (docs/checks/redundant-dependency.md). */
import { flux } from 'cdk8s-strata';
import { TEAM, suspend } from './other-source';
import { Program, Scene } from './scene';
import { objectId } from '../../src/delivery/object-id';
import { ready, tried } from '../../src/delivery/rules';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';

const CHECK = 'redundant-dependency';

const idOf = (name: string) => objectId('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', name, 'flux-system');

/** Layers `one`, `two` and `three`, each of which depends on the one before it; `three` names both, or only `two`. */
function threeLayers(names: 'both' | 'two', content = 'old'): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const component = (name: string) => checked.component(name, { name, namespace: 'default', fields: { data: { content } } });
    const one = checked.layer('one', [component('one')]);
    const two = checked.layer('two', [component('two')], { dependsOn: [one] });
    checked.layer('three', [component('three')], { dependsOn: names === 'both' ? [one, two] : [two] });
    return checked;
  };
}

const contentOf = (scene: Scene, name: string): unknown => scene.object('ConfigMap', name, 'default')?.data.content;

/** The order in which it comes on an empty cluster where the first layer is late, and that of the next commit where the first layer is slow. */
async function orders(names: 'both' | 'two', checks: string[]): Promise<string[][]> {
  return Scene.play(`${CHECK}-${names}`, threeLayers(names), checks, async scene => {
    await scene.says('two', /^dependency 'flux-system\/one' is not ready$/);
    await scene.says('three', names === 'both' ? /^dependency 'flux-system\/one' is not ready$/ : /^dependency 'flux-system\/two' is not ready$/);
    scene.release();
    await scene.converges();
    const events = new Map(['one', 'two', 'three'].flatMap(name => [[tried(idOf(name)), `${name} is tried`], [ready(idOf(name)), `${name} is ready`]]));
    const first = [...scene.run.history.first].sort(([, a], [, b]) => a - b).flatMap(([event]) => events.get(event) ?? []);

    await suspend(scene, 'one', true);
    await scene.push(threeLayers(names, 'new'), checks);
    await scene.says('two', /^dependency 'flux-system\/one' revision is not up to date$/);
    await scene.says('three', names === 'both' ? /^dependency 'flux-system\/one' revision is not up to date$/ : /^dependency 'flux-system\/two' is not ready$/);
    expect(['two', 'three'].map(name => contentOf(scene, name))).toEqual(['old', 'old']);
    await suspend(scene, 'one', false);
    await Promise.all(['one', 'two', 'three'].map(name => scene.applies(name)));
    const written = (name: string) => Number(scene.object('ConfigMap', name, 'default')!.metadata.resourceVersion);
    return [first, ['one', 'two', 'three'].sort((a, b) => written(a) - written(b))];
  }, { late: ['one'] });
}

test('taking it away changes no order: neither on an empty cluster, nor of a commit', async () => {
  const order = ['one is tried', 'one is ready', 'two is tried', 'two is ready', 'three is tried', 'three is ready'];
  expect(await orders('both', [CHECK])).toEqual([order, ['one', 'two', 'three']]);
  expect(await orders('two', [])).toEqual([order, ['one', 'two', 'three']]);
});

/** The same, where `two` reads another source. */
function twoElsewhere(names: 'both' | 'two', content: string): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const component = (name: string, ...further: ObjectFixture[]) => checked.component(name, { name, namespace: 'default', fields: { data: { content } } }, ...further);
    const one = checked.layer('one', [component('one', TEAM)]);
    const two = checked.layer('two', [component('two')], { dependsOn: [one], source: flux.Source.git('team') });
    checked.layer('three', [component('three')], { dependsOn: names === 'both' ? [one, two] : [two] });
    return checked;
  };
}

test('one that another implies only over a different source has a commit wait', async () => {
  const passes: boolean[] = [];
  for (const names of ['both', 'two'] as const) {
    await Scene.play(`${CHECK}-elsewhere-${names}`, twoElsewhere(names, 'old'), ['revision-barrier'], async scene => {
      expect(scene.findings.filter(({ check }) => check === CHECK)).toEqual([]);
      await scene.converges();
      await suspend(scene, 'one', true);
      await scene.push(twoElsewhere(names, 'new'), ['revision-barrier']);
      if (names === 'both') {
        await scene.says('three', /^dependency 'flux-system\/one' revision is not up to date$/);
      } else {
        await scene.applies('three');
      }
      passes.push(contentOf(scene, 'three') === 'new' && contentOf(scene, 'one') === 'old');
      await suspend(scene, 'one', false);
      await Promise.all(['one', 'three'].map(name => scene.applies(name)));
    });
  }
  expect(passes).toEqual([false, true]);
});
