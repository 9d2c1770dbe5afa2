/** Objects that do not wait for their namespace (docs/checks/namespace-order.md). */
import { Duration } from 'cdk8s';
import { LayerProps } from 'cdk8s-strata';
import { Program, Scene } from './scene';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';

const CHECK = 'namespace-order';
const NAMESPACE: ObjectFixture = { kind: 'Namespace', name: 'web' };
const SETTINGS: ObjectFixture = { name: 'settings', namespace: 'web' };
const OUTSIDE: ObjectFixture = { name: 'outside', namespace: 'default' };
const NOT_FOUND = /^ConfigMap\/web\/settings not found: namespaces "web" not found/;

/** The namespace and what is in it, in one layer. */
const together: Program = props => {
  const checked = new CheckedPlatform(props);
  checked.layer('apps', [checked.component('web', SETTINGS, NAMESPACE)]);
  return checked;
};

/** A layer `web` with a namespace, and a layer `apps` with an object in it and one that is not; which of them waits for the other. */
function apart(waiting?: 'apps' | 'web', pace: LayerProps = {}): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const web = checked.layer('web', [checked.component('web', NAMESPACE)]);
    const apps = checked.layer('apps', [checked.component('settings', SETTINGS, OUTSIDE)], pace);
    waiting === 'apps' && apps.addDependency(web);
    waiting === 'web' && web.addDependency(apps);
    return checked;
  };
}

const inferred: Program = props => apart()({ ...props, inferDependencies: true });

test('within one Kustomization the namespace comes first', async () => {
  await Scene.play(`${CHECK}-together`, together, [], async scene => {
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
  });
});

test.each([
  ['retryInterval', {}, (text: string) => text],
  ['interval, where that is all there is', { interval: Duration.seconds(20) }, (text: string) => text.replace(/ *retryInterval: .*\n/, '')],
] as const)('across Kustomizations nothing is written until the namespace is there, and then at the next try, after %s', async (what, pace, paced) => {
  const [name] = what.split(/[ ,]/);
  await Scene.play(`${CHECK}-${name}`, apart(undefined, pace), [CHECK], async scene => {
    await scene.fails('apps', NOT_FOUND);
    expect(scene.object('ConfigMap', 'outside', 'default')).toBeUndefined();
    scene.release();
    await scene.converges();
  }, {
    late: ['web'],
    edit: files => {
      files['clusters/dev/apps.yaml'] = paced(files['clusters/dev/apps.yaml']);
    },
  });
});

test.each([['what the finding names', apart('apps')], ['what is inferred', inferred]])('with %s, it waits for the namespace and does not fail', async (what, program) => {
  await Scene.play(`${CHECK}-${what.split(' ').pop()}`, program, [], async scene => {
    await scene.says('apps', /^dependency 'flux-system\/web'/);
    scene.release();
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
  }, { late: ['web'] });
});

test('a namespace that waits for what is in it never comes', async () => {
  const seconds = await Scene.converges(`${CHECK}-mended`, apart('apps'));
  await Scene.play(`${CHECK}-deadlock`, apart('web'), [CHECK], async scene => {
    expect(await scene.comesToAHalt(seconds)).toEqual([]);
    expect(scene.failuresOf('apps')[0].message).toMatch(NOT_FOUND);
    expect(scene.object('ConfigMap', 'outside', 'default')).toBeUndefined();
    await scene.push(apart('apps'));
    await scene.converges();
  });
});
