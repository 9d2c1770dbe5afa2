/** A custom resource that does not wait for its definition (docs/checks/crd-order.md). */
import { definition } from './definitions';
import { CHART, RELEASE, WIDGET } from './operator';
import { Program, Scene } from './scene';
import { CheckedPlatform } from '../../test/checks/check-fixtures';

const CHECK = 'crd-order';

const DEFINITION = definition('Widget');

/** A layer `operator`, whose HelmRelease brings an API and a Deployment, and a layer `apps` with an object of it, after or before it. */
function operatorAndWidgets(order: 'after' | 'before'): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const component = checked.component('operator', CHART, RELEASE);
    component.declare({ apis: [{ group: 'example.com', kinds: ['Widget'] }], objects: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'operator', namespace: 'apps' }] });
    const operator = checked.layer('operator', [component], { dependsOn: [checked.namespaces] });
    const apps = checked.layer('apps', [checked.component('widgets', WIDGET)], { dependsOn: [checked.namespaces] });
    order === 'after' ? apps.addDependency(operator) : operator.addDependency(apps);
    return checked;
  };
}

/** A layer `crds` with a definition, and a layer `apps` with an object of it, which do not wait for each other. */
const definitionAndWidgets: Program = props => {
  const checked = new CheckedPlatform(props);
  checked.layer('crds', [checked.component('crds', DEFINITION)], { prune: false });
  checked.layer('apps', [checked.component('widgets', WIDGET)], { dependsOn: [checked.namespaces] });
  return checked;
};

const inferred = (program: Program): Program => props => program({ ...props, inferDependencies: true });

test('a layer that waits for another, which is ready before its HelmRelease, fails, and comes with a later attempt', async () => {
  await Scene.play(`${CHECK}-race`, operatorAndWidgets('after'), [CHECK], async scene => {
    await scene.fails('apps', /^Widget\/apps\/blue dry-run failed: no matches for kind "Widget" in version "example.com\/v1"/);
    scene.release();
    await scene.converges();
  }, { hold: ['example.com/operator'] });
});

test('a layer that does not wait for its definitions fails where they come late, and comes with a later attempt', async () => {
  await Scene.play(`${CHECK}-late`, definitionAndWidgets, [CHECK], async scene => {
    await scene.fails('apps', /^Widget\/apps\/blue dry-run failed: no matches for kind "Widget" in version "example.com\/v1"/);
    scene.release();
    await scene.converges();
  }, { late: ['crds'] });
});

test('with what is inferred, it does not fail once', async () => {
  await Scene.play(`${CHECK}-inferred`, inferred(operatorAndWidgets('after')), [], async scene => {
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
  });
});

test('a layer before the one that brings the definition never comes', async () => {
  const seconds = await Scene.converges(`${CHECK}-mended`, inferred(operatorAndWidgets('after')));
  await Scene.play(`${CHECK}-deadlock`, operatorAndWidgets('before'), [CHECK], async scene => {
    expect(await scene.comesToAHalt(seconds)).toEqual([]);
    expect(scene.failuresOf('apps')[0].message).toMatch(/^Widget\/apps\/blue dry-run failed: no matches for kind "Widget"/);
    await scene.push(inferred(operatorAndWidgets('after')));
    await scene.converges();
  });
});
