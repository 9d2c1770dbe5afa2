/** A health check on something that does not come (docs/checks/health-check-not-delivered.md). */
import { becomesReady, deployment, isTried, momentsOf, readyAt, there, triedAt } from './by-hand';
import { chart, release } from './operator';
import { Program, Scene } from './scene';
import { objectId } from '../../src/delivery/object-id';
import { ready } from '../../src/delivery/rules';
import { flux } from '../../src/index';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';
import { workload } from '../played/operator';

const CHECK = 'health-check-not-delivered';

const web = (name: string, namespace?: string) => ({ apiVersion: 'apps/v1', kind: 'Deployment', name, namespace });
const checkOn = (name: string, namespace?: string) => flux.HealthCheck.of(web(name, namespace));

/** Of each kind of fault a layer, and one that depends on the first of them. */
const faulty: Program = props => {
  const checked = new CheckedPlatform(props, { team: 'blue' });
  const layer = (id: string, object: ObjectFixture, check: flux.HealthCheck) =>
    checked.layer(id, [checked.component(id, object)], { dependsOn: [checked.namespaces], healthChecks: [check] });
  const absent = layer('absent', deployment('webshop'), checkOn('web', 'apps'));
  layer('variable', deployment('web-blue'), checkOn('web-${team}', 'apps'));
  layer('unplaced', deployment('unplaced'), checkOn('unplaced'));
  const early = layer('early', { name: 'early' }, checkOn('later', 'apps'));
  checked.layer('after-absent', [checked.component('after-absent', { name: 'after' })], { dependsOn: [absent] });
  checked.layer('later', [checked.component('later', deployment('later'))], { dependsOn: [early] });
  return checked;
};

/** The same with what the page says, and with a check on what a release makes. */
const mended: Program = props => {
  const checked = new CheckedPlatform(props, { team: 'blue' });
  const layer = (id: string, object: ObjectFixture, ...healthChecks: flux.HealthCheck[]) =>
    checked.layer(id, [checked.component(id, object)], { dependsOn: [checked.namespaces], healthChecks });
  const absent = layer('absent', deployment('webshop'), checkOn('webshop', 'apps'));
  layer('variable', deployment('web-blue'), checkOn('web-blue', 'apps'));
  layer('unplaced', deployment('unplaced'), checkOn('unplaced', 'apps'));
  const early = checked.layer('early', [checked.component('early', { name: 'early' })], { dependsOn: [checked.namespaces] });
  checked.layer('after-absent', [checked.component('after-absent', { name: 'after' })], { dependsOn: [absent] });
  checked.layer('later', [checked.component('later', deployment('later'))], { dependsOn: [early], healthChecks: [checkOn('later', 'apps')] });
  const database = checked.component('release', chart('database'), release('database'));
  database.provides(web('database', 'apps'));
  checked.layer('release', [database], { dependsOn: [checked.namespaces], healthChecks: [checkOn('database', 'apps')] });
  return checked;
};

/** Workers for all of them, so that none waits for another's. */
const WORKERS = { flux: { kustomizeController: ['--concurrent=10'] } };

test('what checks something that does not come is never ready, and what depends on it never begins', async () => {
  const seconds = await Scene.play(`${CHECK}-mended`, mended, [], async scene => {
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
    expect(readyAt(scene, 'release')).toBeGreaterThan(momentsOf(scene, 'apps/v1', 'Deployment', 'database').ready!);
    return scene.run.seconds;
  }, WORKERS);
  await Scene.play(CHECK, faulty, [CHECK], async scene => {
    await scene.fails('absent', /timeout waiting for: \[Deployment\/apps\/web status: 'NotFound'/);
    await scene.fails('variable', /timeout waiting for: \[Deployment\/apps\/web-\$\{team\} status: 'NotFound'/);
    await scene.fails('early', /timeout waiting for: \[Deployment\/apps\/later status: 'NotFound'/);
    await scene.fails('unplaced', /resource Deployment.apps unplaced is namespace scoped, but namespace is not set/);
    expect(await scene.comesToAHalt(seconds)).toEqual([]);
    expect(['absent', 'variable', 'early', 'unplaced', 'after-absent', 'later'].filter(name => readyAt(scene, name) !== undefined)).toEqual([]);
    expect(['after-absent', 'later'].filter(name => triedAt(scene, name) !== undefined)).toEqual([]);
    await scene.push(mended);
    await scene.converges();
  }, WORKERS);
});

const oneCheck: Program = props => {
  const checked = new CheckedPlatform(props);
  checked.layer('shop', [checked.component('shop', { name: 'settings' })], { dependsOn: [checked.namespaces], healthChecks: [checkOn('web', 'apps')] });
  checked.layer('other', [checked.component('other', { name: 'other' })], { dependsOn: [checked.namespaces] });
  return checked;
};

test('it holds a worker until the timeout, applies everything again, and looks again for what is not there', async () => {
  await Scene.play(`${CHECK}-worker`, oneCheck, [CHECK], async scene => {
    const { history } = scene.run;
    await isTried(scene, 'shop');
    scene.release();
    const { revision } = await scene.fails('shop', /Deployment\/apps\/web status: 'NotFound'/);
    await isTried(scene, 'slow-other');
    // Its source is there while the one worker waits, and the worker does not look at it before that gives up.
    expect(history.first.get(ready(objectId('source.toolkit.fluxcd.io/v1', 'GitRepository', 'slow-other', 'flux-system')))).toBeLessThan(revision);
    expect(triedAt(scene, 'slow-other')).toBeGreaterThan(revision);

    const settings = await there(scene, 'ConfigMap', 'settings');
    await scene.api.delete(settings);
    await scene.run.until('Flux applies the settings again', 2, () => {
      const now = scene.object('ConfigMap', 'settings', 'apps');
      return now && now.metadata.creationTimestamp !== settings.metadata.creationTimestamp || undefined;
    });

    // It takes more seconds than there are between two looks.
    await scene.api.apply(workload({ kind: 'Deployment', name: 'web', namespace: 'apps', release: 'web', startSeconds: 6 }));
    const failures = scene.failuresOf('shop').length;
    await becomesReady(scene, 'shop');
    expect(scene.failuresOf('shop')).toHaveLength(failures);
  }, { late: ['other'], flux: { kustomizeController: ['--concurrent=1'] } });
});
