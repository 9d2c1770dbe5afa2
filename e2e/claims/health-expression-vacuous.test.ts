/** An expression for the health of a kind that does not tell whether an object is healthy (docs/checks/health-expression-vacuous.md). */
import { areTriedInVain, assumeWidgets, becomesReady, condition, isTried, readyAt, report, there, triedAt, widget } from './by-hand';
import { Program, Scene } from './scene';
import { flux } from '../../src/index';
import { CheckedPlatform } from '../../test/checks/check-fixtures';

const CHECK = 'health-expression-vacuous';
const API = 'example.com/v1';
const READY = "status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')";
const ALL_TRUE = "status.conditions.all(c, c.status == 'True')";
const WORKERS = { flux: { kustomizeController: ['--concurrent=20'] } };

interface Form {
  readonly current: string;
  readonly inProgress?: string;
  readonly failed?: string;
  /** What the object looks like as long as its operator has done nothing. @default - it has no status */
  readonly status?: object;
  /** What Flux says of the object. @default - nothing, it is healthy */
  readonly told?: RegExp;
}

/** A layer for each expression, with an object that it judges, and one that depends on it. */
function judgedBy(forms: { readonly [name: string]: Omit<Form, 'status' | 'told'> }): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    assumeWidgets(checked, 'Widget');
    for (const [name, { current, inProgress, failed }] of Object.entries(forms)) {
      const before = checked.layer(name, [checked.component(name, { ...widget(name), fields: { spec: { size: 3 } } })], {
        dependsOn: [checked.namespaces],
        wait: true,
        healthCheckExprs: [flux.HealthCheckExpression.of({ apiVersion: API, kind: 'Widget', current, inProgress, failed })],
      });
      checked.layer(`after-${name}`, [checked.component(`after-${name}`, { name: `after-${name}` })], { dependsOn: [before] });
    }
    return checked;
  };
}

const EMPTY = { conditions: [] };

const TRUE_TOO_EARLY: { readonly [name: string]: Form } = {
  constant: { current: 'true' },
  specification: { current: 'spec.size == 3' },
  absence: { current: '!has(status.failure)', status: {} },
  all: { current: ALL_TRUE, status: EMPTY },
  filtered: { current: "status.conditions.filter(c, c.type == 'Ready').all(c, c.status == 'True')", status: EMPTY },
  none: { current: "!status.conditions.exists(c, c.status == 'False')", status: EMPTY },
};

const NEVER_TRUE: { readonly [name: string]: Form } = {
  false: { current: 'false', told: /InProgress/ },
  text: { current: '"Ready"', told: /Unknown/ },
  self: { current: 'self.status.ready == true', told: /Unknown/ },
  object: { current: 'object.status.ready', told: /Unknown/ },
};

const ASKED_FIRST: { readonly [name: string]: Form } = {
  'in-progress': { current: ALL_TRUE, inProgress: 'status.conditions.size() == 0', status: EMPTY, told: /timeout waiting for: .*status: 'InProgress'/ },
  'failed': { current: ALL_TRUE, failed: 'status.conditions.size() == 0', status: EMPTY, told: /failed early due to stalled resources: .*status: 'Failed'/ },
};

test('a platform whose expressions are true before an operator has looked at anything is ready too early', async () => {
  await Scene.play(CHECK, judgedBy(TRUE_TOO_EARLY), [CHECK], async scene => {
    for (const [name, { status }] of Object.entries(TRUE_TOO_EARLY)) {
      status === undefined ? await there(scene, 'Widget', name) : await report(scene, widget(name), status);
    }
    await scene.converges();
    const states = Object.keys(TRUE_TOO_EARLY).map(name => scene.object('Widget', name, 'apps')!.status);
    expect(states).toEqual(Object.values(TRUE_TOO_EARLY).map(({ status }) => status));
    expect(Object.keys(TRUE_TOO_EARLY).filter(name => triedAt(scene, `after-${name}`) === undefined)).toEqual([]);
    expect(scene.run.history.failures).toEqual([]);
  }, WORKERS);
});

test('a platform whose expressions are never true is never ready, whatever the objects say', async () => {
  const mended = judgedBy(Object.fromEntries(Object.keys(NEVER_TRUE).map(name => [name, { current: READY }])));
  const say = (scene: Scene) => Promise.all(Object.keys(NEVER_TRUE).map(name => report(scene, widget(name), { ready: true, ...condition('Ready', 'True') })));
  const seconds = await Scene.play(`${CHECK}-mended`, mended, [], async scene => {
    await Promise.all(Object.keys(NEVER_TRUE).map(name => isTried(scene, name)));
    expect(Object.keys(NEVER_TRUE).filter(name => readyAt(scene, name) !== undefined)).toEqual([]);
    const revisions = await say(scene);
    await scene.converges();
    expect(Object.keys(NEVER_TRUE).filter((name, index) => readyAt(scene, name)! < revisions[index])).toEqual([]);
    return scene.run.seconds;
  }, WORKERS);
  await Scene.play(`${CHECK}-never`, judgedBy(NEVER_TRUE), [CHECK], async scene => {
    await say(scene);
    await Promise.all(Object.entries(NEVER_TRUE).map(([name, { told }]) =>
      scene.fails(name, new RegExp(`timeout waiting for: \\[Widget/apps/${name} status: '${told!.source}'`))));
    await areTriedInVain(scene, Object.keys(NEVER_TRUE), seconds);
    expect(Object.keys(NEVER_TRUE).filter(name => readyAt(scene, name) !== undefined || triedAt(scene, `after-${name}`) !== undefined)).toEqual([]);
    await scene.push(mended);
    await scene.converges();
  }, WORKERS);
});

test('Flux asks `inProgress` and `failed` before `current`', async () => {
  await Scene.play(`${CHECK}-order`, judgedBy(ASKED_FIRST), [], async scene => {
    await Promise.all(Object.keys(ASKED_FIRST).map(name => report(scene, widget(name), ASKED_FIRST[name].status!)));
    await Promise.all(Object.entries(ASKED_FIRST).map(([name, { told }]) => scene.fails(name, told!)));
    await Promise.all(Object.keys(ASKED_FIRST).map(name => report(scene, widget(name), condition('Ready', 'True'))));
    await Promise.all(Object.keys(ASKED_FIRST).map(name => becomesReady(scene, name)));
  }, WORKERS);
});
