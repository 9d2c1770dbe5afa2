/** An expression for the health of a kind that Flux never asks (docs/checks/health-expression-dead.md). */
import { assumeWidgets, becomesReady, condition, isTried, readyAt, report, there, widget } from './by-hand';
import { Program, Scene } from './scene';
import { flux } from '../../src/index';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';

const CHECK = 'health-expression-dead';
const API = 'example.com/v1';
const { HealthCheck, HealthCheckExpression } = flux;
const expression = (current: string, kind?: string, apiVersion = API) => HealthCheckExpression.of({ apiVersion, kind, current });
const READY = HealthCheckExpression.ready(API, 'Widget');
const CHECKED: ObjectFixture = { name: 'checked' };
const ON_CHECKED = HealthCheck.of({ apiVersion: 'v1', kind: 'ConfigMap', name: 'checked', namespace: 'apps' });

/** A layer each for what waits for nothing, has health checks on other things alone, and has an expression for a group beside one for the kind. */
const dead: Program = props => {
  const checked = new CheckedPlatform(props);
  assumeWidgets(checked, 'Widget');
  const after = { dependsOn: [checked.namespaces] };
  checked.layer('ungated', [checked.component('ungated', widget('ungated'))], { ...after, healthCheckExprs: [READY] });
  checked.layer('elsewhere', [checked.component('elsewhere', widget('elsewhere'), CHECKED)], { ...after, healthCheckExprs: [READY], healthChecks: [ON_CHECKED] });
  checked.layer('group', [checked.component('group', widget('group'))], { ...after, healthCheckExprs: [expression('spec.absent == 1'), READY], wait: true });
  return checked;
};

/** The same with a gate, which is a health check and an expression, and without the expression for the group. */
const mended: Program = props => {
  const checked = new CheckedPlatform(props);
  assumeWidgets(checked, 'Widget');
  for (const name of ['ungated', 'elsewhere', 'group']) {
    const layer = checked.layer(name, [checked.component(name, widget(name), ...name === 'elsewhere' ? [CHECKED] : [])], { dependsOn: [checked.namespaces] });
    layer.firstStage.addGate(API, 'Widget', READY);
  }
  return checked;
};

test('what an expression would judge is not waited for, or is judged by another expression', async () => {
  await Scene.play(CHECK, dead, [CHECK], async scene => {
    await Promise.all(['ungated', 'elsewhere'].map(name => becomesReady(scene, name)));
    expect(['ungated', 'elsewhere'].map(name => scene.object('Widget', name, 'apps')!.status)).toEqual([undefined, undefined]);
    expect(readyAt(scene, 'group')).toBeUndefined();
    const revision = await report(scene, widget('group'), condition('Ready', 'True'));
    await scene.converges();
    expect(readyAt(scene, 'group')).toBeGreaterThan(revision);
    expect(scene.run.history.failures).toEqual([]);
  });
});

test('with a gate it is waited for', async () => {
  await Scene.play(`${CHECK}-mended`, mended, [], async scene => {
    await Promise.all(['ungated', 'elsewhere', 'group'].map(name => isTried(scene, name)));
    for (const name of ['ungated', 'elsewhere', 'group']) {
      const revision = await report(scene, widget(name), condition('Ready', 'True'));
      expect(await becomesReady(scene, name)).toBeGreaterThan(revision);
    }
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
  }, { flux: { kustomizeController: ['--concurrent=10'] } });
});

const EARLY: readonly (readonly [string, ObjectFixture, flux.HealthCheckExpression])[] = [
  ['class', widget('blue', 'WidgetClass'), HealthCheckExpression.ready(API, 'WidgetClass')],
  ['namespace', { apiVersion: 'v1', kind: 'Namespace', name: 'blue' }, expression('"ready" in metadata.labels', 'Namespace', 'v1')],
  [
    'role', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'blue', fields: { rules: [] } },
    expression('"ready" in metadata.labels', 'ClusterRole', 'rbac.authorization.k8s.io/v1'),
  ],
  [
    'definition', {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      name: 'gadgets.example.com',
      fields: {
        spec: {
          group: 'example.com',
          scope: 'Namespaced',
          names: { kind: 'Gadget', plural: 'gadgets', singular: 'gadget', listKind: 'GadgetList' },
          versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
        },
      },
    }, expression('"ready" in metadata.labels', 'CustomResourceDefinition', 'apiextensions.k8s.io/v1'),
  ],
];

/** Layers that wait for nothing, with something that Flux applies before the rest, and a ConfigMap. */
const stages: Program = props => {
  const checked = new CheckedPlatform(props);
  assumeWidgets(checked, 'WidgetClass');
  for (const [name, object, expr] of EARLY) {
    checked.layer(name, [checked.component(name, object, { name })], { dependsOn: [checked.namespaces], healthCheckExprs: [expr], prune: false });
  }
  return checked;
};

test('an expression for what is applied before the rest is asked without `wait`', async () => {
  await Scene.play(`${CHECK}-stages`, stages, [], async scene => {
    await Promise.all(EARLY.map(([name, { kind, name: object }]) =>
      scene.fails(name, new RegExp(`^timeout waiting for: \\[${kind}/(apps/)?${object} status: '(InProgress|Unknown)'`))));
    expect(EARLY.filter(([name]) => scene.object('ConfigMap', name, 'apps'))).toEqual([]);
    for (const [name, { kind, apiVersion, name: of }] of EARLY) {
      name === 'class' ? await report(scene, widget(of, kind), condition('Ready', 'True'))
        : await scene.api.patch(scene.object(kind!, of)!, { apiVersion, metadata: { labels: { ready: 'true' } } });
      await there(scene, 'ConfigMap', name);
    }
    await scene.converges();
  }, { flux: { kustomizeController: ['--concurrent=10'] } });
});
