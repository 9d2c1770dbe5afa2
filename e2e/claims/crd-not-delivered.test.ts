/** An object of an API that nobody installs (docs/checks/crd-not-delivered.md). */
import { Program, Scene } from './scene';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';
import { anythingGoes } from '../harness/definitions';

const CHECK = 'crd-not-delivered';
const WIDGET: ObjectFixture = { apiVersion: 'example.com/v1', kind: 'Widget', name: 'blue' };
const NO_MATCHES = /^Widget\/apps\/blue dry-run failed: no matches for kind "Widget" in version "example.com\/v1"/;

/** A layer with a custom resource and something else, and one that waits for it; with the definition, in a layer before, or without. */
function platform(delivered: boolean): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const definitions = delivered ? [checked.layer('crds', [checked.component('crds', definition())], { prune: false })] : [];
    const apps = checked.layer('apps', [checked.component('widgets', WIDGET, { name: 'beside' })], { dependsOn: [checked.namespaces, ...definitions] });
    checked.layer('later', [checked.component('later', { name: 'later' })], { dependsOn: [apps] });
    return checked;
  };
}

function definition(): ObjectFixture {
  const { spec } = anythingGoes('example.com/v1', 'Widget', true);
  return { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: 'widgets.example.com', fields: { spec } };
}

const assumed: Program = props => {
  const checked = platform(false)(props);
  checked.cluster.assume({ what: 'the widgets', apis: [{ group: 'example.com', kinds: ['Widget'] }] });
  return checked;
};

test('nothing of the Kustomization is written, and what depends on it waits, until the definition is delivered', async () => {
  const seconds = await Scene.converges(`${CHECK}-mended`, platform(true));
  await Scene.play(CHECK, platform(false), [CHECK], async scene => {
    expect(await scene.comesToAHalt(seconds)).toEqual([]);
    expect(scene.failuresOf('apps')[0].message).toMatch(NO_MATCHES);
    expect(scene.object('ConfigMap', 'beside', 'apps')).toBeUndefined();
    await scene.says('later', /^dependency 'flux-system\/apps' is not ready/);
    await scene.push(platform(true));
    await scene.converges();
  });
});

test('where somebody installed the definition by hand, it works', async () => {
  await Scene.play(`${CHECK}-by-hand`, platform(false), [CHECK], async scene => {
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
  }, { before: api => api.define(anythingGoes('example.com/v1', 'Widget', true)) });
});

test('it is enough that the definition is there before Flux', async () => {
  await Scene.play(`${CHECK}-assumed`, assumed, [], async scene => {
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
  });
});
