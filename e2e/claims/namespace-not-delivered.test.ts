/** Objects in a namespace that nobody makes (docs/checks/namespace-not-delivered.md). */
import { Program, Scene } from './scene';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';

const CHECK = 'namespace-not-delivered';
const SETTINGS: ObjectFixture = { name: 'settings', namespace: 'web' };
const OUTSIDE: ObjectFixture = { name: 'outside', namespace: 'default' };
const NOT_FOUND = /^ConfigMap\/web\/settings not found: namespaces "web" not found/;

/** A layer with an object in the namespace `web` and one in another, and a layer whose `targetNamespace` is `team`. */
function platform(...namespaces: string[]): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    checked.namespaces.addComponent(checked.component('more', { kind: 'Namespace', name: 'more' }, ...namespaces.map(name => ({ kind: 'Namespace', name }))));
    checked.layer('apps', [checked.component('web', SETTINGS, OUTSIDE)], { dependsOn: [checked.namespaces] });
    checked.layer('target', [checked.component('team', { name: 'team' })], { dependsOn: [checked.namespaces], targetNamespace: 'team' });
    return checked;
  };
}

const assumed: Program = props => {
  const checked = platform()(props);
  ['web', 'team'].forEach(name => checked.cluster.assume({ what: `the namespace ${name}`, object: { apiVersion: 'v1', kind: 'Namespace', name } }));
  return checked;
};

test('nothing of the Kustomization is written, not with targetNamespace either, until somebody makes the namespace', async () => {
  const seconds = await Scene.converges(`${CHECK}-mended`, platform('web', 'team'));
  await Scene.play(CHECK, platform(), [CHECK], async scene => {
    expect(await scene.comesToAHalt(seconds)).toEqual([]);
    expect(scene.failuresOf('apps')[0].message).toMatch(NOT_FOUND);
    expect(scene.failuresOf('target')[0].message).toMatch(/^ConfigMap\/team\/team not found: namespaces "team" not found/);
    expect(scene.object('ConfigMap', 'outside', 'default')).toBeUndefined();
    await scene.push(platform('web', 'team'));
    await scene.converges();
  });
});

test('it is enough that the namespace is there before Flux', async () => {
  await Scene.play(`${CHECK}-assumed`, assumed, [], async scene => {
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
  });
});
