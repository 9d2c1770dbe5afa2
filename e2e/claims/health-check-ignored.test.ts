/** Health checks beside `wait` (docs/checks/health-check-ignored.md). */
import { becomesReady, deployment, isTried, momentsOf, readyAt, triedAt } from './by-hand';
import { Program, Scene } from './scene';
import { flux } from '../../src/index';
import { CheckedPlatform } from '../../test/checks/check-fixtures';

const CHECK = 'health-check-ignored';

const checkOn = (name: string) => flux.HealthCheck.of({ apiVersion: 'apps/v1', kind: 'Deployment', name, namespace: 'apps' });

/** A layer `shop` that checks its own Deployment and that of another layer, and one that depends on it. */
function shop(wait?: true): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    checked.layer('database', [checked.component('database', deployment('database'))], { dependsOn: [checked.namespaces] });
    const before = checked.layer('shop', [checked.component('web', deployment('web'))], {
      dependsOn: [checked.namespaces], wait, healthChecks: [checkOn('web'), checkOn('database')],
    });
    checked.layer('after', [checked.component('after', { name: 'after' })], { dependsOn: [before] });
    return checked;
  };
}

const LATE = { late: ['database'] };

test('a check on what the Kustomization does not apply is not made beside `wait`, and what depends on it begins too early', async () => {
  await Scene.play(CHECK, shop(true), [CHECK], async scene => {
    await becomesReady(scene, 'after');
    expect(momentsOf(scene, 'apps/v1', 'Deployment', 'database')).toEqual({});
    // What it applies is waited for anyway.
    expect(readyAt(scene, 'shop')).toBeGreaterThan(momentsOf(scene, 'apps/v1', 'Deployment', 'web').ready!);
    scene.release();
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
  }, LATE);
});

test('without `wait` it is made', async () => {
  await Scene.play(`${CHECK}-mended`, shop(), [], async scene => {
    await isTried(scene, 'shop');
    scene.release();
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
    expect(readyAt(scene, 'shop')).toBeGreaterThan(momentsOf(scene, 'apps/v1', 'Deployment', 'database').ready!);
    expect(triedAt(scene, 'after')).toBeGreaterThan(readyAt(scene, 'shop')!);
  }, LATE);
});
