/** A HelmRelease that may take longer than its Kustomization waits for it (docs/checks/timeout-too-short.md). */
import { readFileSync } from 'fs';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { isTried, readyAt, triedAt } from './by-hand';
import { chart, release } from './operator';
import { Program, Scene } from './scene';
import { LayerProps } from '../../src/platform/layer';
import { CheckedPlatform, RETRYING } from '../../test/checks/check-fixtures';

const CHECK = 'timeout-too-short';
const MINUTES = 5;

interface Case {
  /** Of the Kustomization. */
  readonly layer: LayerProps;
  /** Of the release. */
  readonly spec: object;
  /** What Flux says of how long it waits, and what of the release's actions. */
  readonly told: readonly [health: string, install: string, upgrade: string];
}

const retrying = (install: object, upgrade: object) =>
  ({ install: { ...RETRYING.install, ...install }, upgrade: { ...RETRYING.upgrade, ...upgrade } });

const CASES: { readonly [name: string]: Case } = {
  'plain': { layer: { interval: Duration.minutes(5) }, spec: RETRYING, told: ['4m30s', '5m0s', '5m0s'] },
  'short-interval': { layer: { interval: Duration.seconds(40) }, spec: { ...RETRYING, timeout: '4m' }, told: ['30s', '4m0s', '4m0s'] },
  'short-timeout': { layer: { timeout: Duration.seconds(5) }, spec: retrying({ timeout: '2m' }, { timeout: '6m' }), told: ['30s', '2m0s', '6m0s'] },
};
const TOO_SHORT = ['short-interval', 'short-timeout'];

/** Releases whose pods take long, each in a layer that waits for it, and one that depends on that. */
function releases(layerOf: (given: Case) => LayerProps, values: object = {}): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    for (const [name, given] of Object.entries(CASES)) {
      const component = checked.component(name, chart(name), release(`${name}-release`, { chartRef: { kind: 'OCIRepository', name }, values, ...given.spec }));
      component.provides({ apiVersion: 'apps/v1', kind: 'Deployment', name, namespace: 'apps' });
      const layer = checked.layer(name, [component], { dependsOn: [checked.namespaces], wait: true, ...layerOf(given) });
      checked.layer(`after-${name}`, [checked.component(`after-${name}`, { name: `after-${name}` })], { dependsOn: [layer] });
    }
    return checked;
  };
}

const faulty = ({ layer }: Case): LayerProps => layer;

/** Takes the timeout away again that a scene gives to what has none. */
function withoutTimeout(files: { [path: string]: string }): void {
  for (const path of ['plain', 'short-interval'].map(name => `clusters/dev/${name}.yaml`)) {
    files[path] = files[path].replace(/^ {2}timeout: 30s\n/m, '');
  }
}

/** Waits until Flux says how long it waits for the health of a Kustomization. */
async function healthTimeout(scene: Scene, name: string): Promise<string> {
  return scene.run.until(`Flux waits for ${name}`, MINUTES, () => {
    const conditions: { message: string }[] = scene.object('Kustomization', name, 'flux-system')?.status?.conditions ?? [];
    return conditions.map(({ message }) => /^Running health checks for revision \S+ with a timeout of (\S+)$/.exec(message)?.[1]).find(timeout => timeout !== undefined);
  });
}

/** What Flux said of the actions of a release, and their timeouts. */
function actionsOf({ run }: Scene, of: string): string[] {
  const said = readFileSync(join(run.cluster.logs, 'history.log'), 'utf-8').matchAll(/HelmRelease apps\/(\S+) .* Running '(\w+)' action with timeout of (\S+)$/gm);
  return [...said].filter(([, name]) => name === of).map(([, , action, timeout]) => `${action} ${timeout}`);
}

test('a Kustomization that waits less long than its release may take fails while that goes on, and is ready after another attempt', async () => {
  await Scene.play(CHECK, releases(faulty), [CHECK], async scene => {
    const waits = await Promise.all(Object.keys(CASES).map(name => healthTimeout(scene, name)));
    expect(waits).toEqual(Object.values(CASES).map(({ told: [health] }) => health));
    const failures = await Promise.all(TOO_SHORT.map(name =>
      scene.fails(name, new RegExp(`timeout waiting for: \\[HelmRelease/apps/${name}-release status: 'InProgress'\\]`))));
    await scene.converges();
    for (const [index, name] of TOO_SHORT.entries()) {
      expect(readyAt(scene, name)).toBeGreaterThan(failures[index].revision);
      expect(triedAt(scene, `after-${name}`)).toBeGreaterThan(readyAt(scene, name)!);
    }
    expect(Object.keys(CASES).flatMap(name => scene.failuresOf(`${name}-release`))).toEqual([]);

    await scene.push(releases(faulty, { changed: true }), [CHECK]);
    const actions = (name: string) => actionsOf(scene, `${name}-release`);
    await scene.run.until('each release is upgraded', MINUTES, () => Object.keys(CASES).every(name => actions(name).length > 1) || undefined);
    expect(Object.keys(CASES).map(actions)).toEqual(Object.values(CASES).map(({ told: [, install, upgrade] }) => [`install ${install}`, `upgrade ${upgrade}`]));
  }, { startSeconds: 45, edit: withoutTimeout });
});

test('with a longer timeout it does not fail', async () => {
  await Scene.play(`${CHECK}-mended`, releases(() => ({ timeout: Duration.minutes(7) })), [], async scene => {
    await Promise.all(Object.keys(CASES).map(name => isTried(scene, name)));
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
  }, { startSeconds: 45 });
});
