/** A dependency on a Kustomization that is ready before what is needed of it (docs/checks/ungated-dependency.md). */
import { chart, release } from './operator';
import { Program, Scene, SceneOptions } from './scene';
import { CheckedPlatform, RETRYING } from '../../test/checks/check-fixtures';

const CHECK = 'ungated-dependency';

/** A layer with a database, which checks its health or nothing, and a layer that waits for the health of a shop, which waits for the database by itself. */
function databaseAndShop(database: 'checked' | 'unchecked'): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const first = checked.layer('database', [checked.component('database', chart('database'), release('database'))], { dependsOn: [checked.namespaces] });
    if (database === 'checked') {
      first.firstStage.addGate('helm.toolkit.fluxcd.io/v2', 'HelmRelease');
    }
    checked.layer('shop', [checked.component('shop', chart('shop'), release('shop', { ...RETRYING, dependsOn: [{ name: 'database' }] }))], { dependsOn: [first], wait: true });
    return checked;
  };
}

const SLOW: SceneOptions = { hold: ['example.com/database'] };

test('the time that the first one takes counts against the timeout of the second, which fails, and comes with a later attempt', async () => {
  await Scene.play(CHECK, databaseAndShop('unchecked'), [CHECK], async scene => {
    await scene.fails('shop', /^health check failed after 30\.\S+s: timeout waiting for: \[HelmRelease\/apps\/shop status: 'InProgress'\]$/);
    expect(scene.failuresOf('database')).toEqual([]);
    scene.release();
    await scene.converges();
  }, SLOW);
});

test('where the first one checks its health, the second begins only then, and does not fail', async () => {
  await Scene.play(`${CHECK}-mended`, databaseAndShop('checked'), [], async scene => {
    await scene.says('shop', /^dependency 'flux-system\/database' is not ready$/);
    expect(scene.run.history.attempts.get('flux-system/shop')).toBeUndefined();
    scene.release();
    await scene.converges();
    expect(scene.failuresOf('shop')).toEqual([]);
  }, SLOW);
});
