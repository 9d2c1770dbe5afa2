/** A health check that passes before the object's controller has looked at it (docs/checks/health-blind-kind.md). */
import { becomesReady, condition, isTried, readyAt, report, there } from './by-hand';
import { Program, Scene } from './scene';
import { flux } from '../../src/index';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';
import { anythingGoes } from '../harness/definitions';
import { workload } from '../played/operator';
import { hasCondition } from '../played/world';

const CHECK = 'health-blind-kind';
const PACKAGES = 'packages.example.com/v1';
const WIDGETS = 'widgets.example.com/v1';
const BLUE: ObjectFixture = { apiVersion: PACKAGES, kind: 'Package', name: 'blue' };
const REFUSED: ObjectFixture = { ...BLUE, name: 'refused' };

/** A layer with a package that brings an API, and one with an object of it; and a package that is refused. */
function packages(judged: boolean): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    checked.cluster.assume({ what: 'the package manager', apis: [{ group: 'packages.example.com', kinds: ['Package'] }] });
    const brings = checked.component('packages', BLUE);
    brings.declare({ apis: [{ group: 'widgets.example.com', kinds: ['Widget'] }] });
    const healthCheckExprs = judged ? [flux.HealthCheckExpression.ready(PACKAGES, 'Package')] : undefined;
    const before = checked.layer('packages', [brings], { dependsOn: [checked.namespaces], wait: true, healthCheckExprs });
    checked.layer('shop', [checked.component('shop', { apiVersion: WIDGETS, kind: 'Widget', name: 'blue' })], { dependsOn: [before] });
    checked.layer('refused', [checked.component('refused', REFUSED)], { dependsOn: [checked.namespaces], wait: true });
    return checked;
  };
}

/** The package manager refuses one package before Flux applies it, and looks at the other one only when the test says so. */
async function refuse(scene: Pick<Scene, 'api'>['api']): Promise<void> {
  await scene.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'apps' } });
  const object = await scene.apply({ apiVersion: PACKAGES, kind: 'Package', metadata: { name: 'refused', namespace: 'apps' } });
  await scene.patch(object, { status: condition('Ready', 'False') }, '/status');
}

async function install(scene: Scene): Promise<number> {
  await there(scene, 'Package', 'blue');
  await scene.api.define(anythingGoes(WIDGETS, 'Widget', true));
  await report(scene, REFUSED, condition('Ready', 'True'));
  return report(scene, BLUE, condition('Ready', 'True'));
}

test('an object without conditions passes, and what depends on it fails until its controller has done its work', async () => {
  await Scene.play(CHECK, packages(false), [CHECK, 'crd-order'], async scene => {
    await scene.fails('shop', /^Widget\/apps\/blue dry-run failed: no matches for kind "Widget" in version "widgets.example.com\/v1"/);
    expect(readyAt(scene, 'packages')).toBeDefined();
    expect(scene.object('Package', 'blue', 'apps')!.status).toBeUndefined();
    // Of one with the condition, Flux reads it.
    await scene.fails('refused', /timeout waiting for: \[Package\/apps\/refused status: 'InProgress'/);
    await install(scene);
    await scene.converges();
  }, { before: refuse });
});

test('with an expression for the kind, nothing fails', async () => {
  await Scene.play(`${CHECK}-mended`, packages(true), [], async scene => {
    await isTried(scene, 'packages');
    const revision = await install(scene);
    await scene.converges();
    expect(readyAt(scene, 'packages')).toBeGreaterThan(revision);
    expect(scene.run.history.failures.filter(({ name }) => name !== 'flux-system/refused')).toEqual([]);
  }, { before: refuse });
});

const STORE: ObjectFixture = {
  apiVersion: 'external-secrets.io/v1',
  kind: 'ClusterSecretStore',
  name: 'vault',
  fields: { spec: { provider: { fake: { data: [{ key: 'session', value: 'played' }] } } } },
};
const SECRET: ObjectFixture = {
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  name: 'session',
  fields: { spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' }, target: { name: 'session' }, dataFrom: [{ extract: { key: 'session' } }] } },
};

/** A layer that checks a store, and one with a secret that is read from it. */
const store: Program = props => {
  const checked = new CheckedPlatform(props);
  checked.cluster.assume({ what: 'External Secrets', apis: [{ group: 'external-secrets.io' }], controllers: ['external-secrets.io'] });
  const component = checked.component('store', STORE);
  const before = checked.layer('store', [component], {
    dependsOn: [checked.namespaces], healthChecks: [flux.HealthCheck.everyObject('external-secrets.io/v1', 'ClusterSecretStore', [component])],
  });
  checked.layer('secret', [checked.component('secret', SECRET)], { dependsOn: [before] });
  return checked;
};

test('objects that wait by themselves do so, and nothing fails', async () => {
  await Scene.play(`${CHECK}-settles`, store, [CHECK], async scene => {
    await becomesReady(scene, 'secret');
    expect(hasCondition(scene.object('ClusterSecretStore', 'vault')!, 'Ready')).toBe(false);
    // Its operator starts.
    await scene.api.apply(workload({ kind: 'Deployment', name: 'external-secrets', namespace: 'apps', release: 'external-secrets', startSeconds: 0 }));
    await scene.converges();
    expect(hasCondition(scene.object('ExternalSecret', 'session', 'apps')!, 'Ready')).toBe(true);
    expect(scene.run.history.failures).toEqual([]);
  });
});
