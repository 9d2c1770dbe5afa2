/** A health check with a wildcard (docs/checks/health-check-wildcard.md). */
import { assumeWidgets, condition, deployment, readyAt, report, triedAt, widget } from './by-hand';
import { Program, Scene } from './scene';
import { flux } from '../../src/index';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';

const CHECK = 'health-check-wildcard';
const IDENTITIES = ['gateway', 'shop'].map(name => widget(name, 'Identity'));
const API = IDENTITIES[0].apiVersion!;
type Checks = 'wildcard' | 'every object' | 'wait';

/** A layer with two identities and one with a Deployment, which wait for them in this way, and a layer after each. */
function checkedBy(checks: Checks): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    assumeWidgets(checked, 'Identity');
    const layer = (id: string, objects: readonly ObjectFixture[], wildcard: flux.HealthCheck, expression?: flux.HealthCheckExpression) => {
      const component = checked.component(id, ...objects);
      const { apiVersion, kind } = objects[0] as Required<ObjectFixture>;
      const before = checked.layer(id, [component], {
        dependsOn: [checked.namespaces],
        ...checks === 'wait' ? { wait: true } : { healthChecks: [checks === 'wildcard' ? wildcard : flux.HealthCheck.everyObject(apiVersion, kind, [component])] },
        healthCheckExprs: expression && [expression],
      });
      checked.layer(`after-${id}`, [checked.component(`after-${id}`, { name: `after-${id}` })], { dependsOn: [before] });
    };
    layer('identities', IDENTITIES, flux.HealthCheck.of({ apiVersion: API, kind: 'Identity', name: '*', namespace: 'apps' }), flux.HealthCheckExpression.ready(API, 'Identity'));
    layer('shop', [deployment('web')], flux.HealthCheck.of({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: '*' }));
    return checked;
  };
}

/** Says that the identities are ready, and tells when the last one is. */
async function becomeReady(scene: Scene): Promise<number> {
  const revisions = await Promise.all(IDENTITIES.map(identity => report(scene, identity, condition('Ready', 'True'))));
  return Math.max(...revisions);
}

test('a wildcard is never found, although all objects of the kind are healthy', async () => {
  const seconds = await Scene.play(`${CHECK}-mended`, checkedBy('every object'), [], async scene => {
    const revision = await becomeReady(scene);
    await scene.converges();
    expect(readyAt(scene, 'identities')).toBeGreaterThan(revision);
    expect(scene.run.history.failures).toEqual([]);
    return scene.run.seconds;
  });
  await Scene.play(CHECK, checkedBy('wildcard'), [CHECK], async scene => {
    await becomeReady(scene);
    await scene.fails('identities', /timeout waiting for: \[Identity\/apps\/\* status: 'NotFound'/);
    await scene.fails('shop', /timeout waiting for: \[Deployment\/\*\/web status: 'NotFound'/);
    expect(await scene.comesToAHalt(seconds)).toEqual([]);
    expect(['identities', 'shop'].filter(name => readyAt(scene, name) !== undefined)).toEqual([]);
    expect(['after-identities', 'after-shop'].filter(name => triedAt(scene, name) !== undefined)).toEqual([]);
    await scene.push(checkedBy('wait'));
    await scene.converges();
  });
});
