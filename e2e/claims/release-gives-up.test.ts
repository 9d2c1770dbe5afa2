/** A HelmRelease that does not try again (docs/checks/release-gives-up.md). */
import { isTried } from './by-hand';
import { Program, Scene } from './scene';
import { ObjectReference } from '../../src/flux/health-check';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';
import { anythingGoes } from '../harness/definitions';
import { KubernetesObject } from '../harness/kubernetes-api';
import { hasCondition } from '../played/world';

const CHECK = 'release-gives-up';
const HELM = 'helm.toolkit.fluxcd.io/v2';
const MINUTES = 5;
const RETRY = { strategy: { name: 'RetryOnFailure', retryInterval: '3s' } };
const RETRYING = { install: RETRY, upgrade: RETRY };
const WORKERS = { flux: { kustomizeController: ['--concurrent=10'] } };

const chart = (name: string): ObjectFixture => ({
  apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'OCIRepository', name, fields: { spec: { interval: '1h', url: `oci://example.com/${name}`, ref: { tag: '1.2.3' } } },
});
const release = (name: string, spec: object): ObjectFixture => ({
  apiVersion: HELM, kind: 'HelmRelease', name, fields: { spec: { interval: '1h', chartRef: { kind: 'OCIRepository', name }, ...spec } },
});

const remediation = (retries: number) => ({ install: { remediation: { retries } }, upgrade: { remediation: { retries } } });

/** How often releases try. */
interface Strategies {
  readonly [name: string]: object;
}

const once: Strategies = { once: {} };
const GIVE_UP: Strategies = { ...once, 'install-again': { install: RETRY }, 'upgrade-again': { upgrade: RETRY }, 'twice': remediation(1) };
const GO_ON: Strategies = { again: RETRYING, endless: remediation(-1) };
const SLOW_GIVE_UP: Strategies = { 'slow-once': {}, 'slow-install-again': { install: RETRY } };
const SLOW_GO_ON: Strategies = { 'slow-again': RETRYING };
/** Helm makes nothing of a chart with an object of an API that is not there. */
const UNKNOWN_API: Strategies = { 'unknown-api': {} };

const DEFINITION: ObjectFixture = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  name: 'widgets.example.com',
  fields: { spec: (anythingGoes('example.com/v1', 'Widget', true) as KubernetesObject).spec },
};

interface Releases {
  /** With an object in a namespace that comes late. */
  readonly late?: Strategies;
  /** With a Deployment that takes longer than the release has. */
  readonly slow?: Strategies;
  /** With an object of an API that comes late. */
  readonly unknownApi?: Strategies;
}

/** A layer for each release, and a late one with what they need. */
function releases({ late = {}, slow = {}, unknownApi = {} }: Releases): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    checked.platform.addReference({ from: 'helm.toolkit.fluxcd.io/HelmRelease', at: 'spec.values.namespace', to: '/Namespace' });
    checked.layer('late', [checked.component('late', { apiVersion: 'v1', kind: 'Namespace', name: 'late' }, DEFINITION)], { prune: false });
    const layer = (name: string, spec: object, brings: ObjectReference) => {
      const component = checked.component(name, chart(name), release(name, spec));
      component.provides(brings);
      checked.layer(name, [component], { dependsOn: [checked.namespaces] });
    };
    for (const [name, strategy] of Object.entries(late)) {
      layer(name, { ...strategy, values: { namespace: 'late' } }, { apiVersion: 'v1', kind: 'ConfigMap', name, namespace: 'late' });
    }
    for (const [name, strategy] of Object.entries(slow)) {
      layer(name, { ...strategy, timeout: '3s' }, { apiVersion: 'apps/v1', kind: 'Deployment', name, namespace: 'apps' });
    }
    for (const [name, strategy] of Object.entries(unknownApi)) {
      layer(name, strategy, { apiVersion: 'example.com/v1', kind: 'Widget', name, namespace: 'apps' });
    }
    return checked;
  };
}

const isReady = (object?: KubernetesObject) => object !== undefined && hasCondition(object, 'Ready');
const conditionOf = (object: KubernetesObject | undefined, wanted: string) =>
  object?.status?.conditions?.find(({ type }: { type: string }) => type === wanted);

const ALL: Releases = { late: { ...GIVE_UP, ...GO_ON }, slow: { ...SLOW_GIVE_UP, ...SLOW_GO_ON }, unknownApi: UNKNOWN_API };

/** The same releases, all of which try again. */
const mended: Releases = Object.fromEntries(Object.entries(ALL).map(([what, strategies]: [string, Strategies]) =>
  [what, Object.fromEntries(Object.keys(strategies).map(name => [name, RETRYING]))]));

test('a release that gives up stays failed when what it lacked is there, and one that does not recovers', async () => {
  const gaveUp = Object.keys({ ...GIVE_UP, ...SLOW_GIVE_UP });
  const goOn = Object.keys({ ...GO_ON, ...SLOW_GO_ON, ...UNKNOWN_API });
  await Scene.play(CHECK, releases(ALL), [CHECK], async scene => {
    const named = (name: string) => scene.object('HelmRelease', name, 'apps');
    const stalled = (name: string) => conditionOf(named(name), 'Stalled')?.message;
    const fail = (strategies: Strategies, why: string) => Promise.all(Object.keys(strategies).map(name =>
      scene.fails(name, new RegExp(`^Helm install failed for release apps/${name} with chart \\S+: .*${why}`))));
    await fail(ALL.late!, 'namespaces "late" not found');
    await fail(ALL.slow!, 'timeout waiting for: \\[Deployment/apps/slow-');
    await fail(ALL.unknownApi!, 'unable to build kubernetes objects from release manifest: .*no matches for kind "Widget"');
    await scene.run.until('they give up', MINUTES, () => gaveUp.every(name => stalled(name) !== undefined) || undefined);
    scene.release();
    await scene.run.until('the others recover', MINUTES, () => goOn.every(name => isReady(named(name))) || undefined);
    for (const name of gaveUp) {
      await scene.run.reconciled(HELM, 'HelmRelease', 'apps', name);
    }
    expect(Object.fromEntries(gaveUp.map(name => [name, stalled(name)]))).toEqual({
      'once': 'Failed to install after 1 attempt(s)',
      'install-again': 'Failed to upgrade after 1 attempt(s)',
      'upgrade-again': 'Failed to install after 1 attempt(s)',
      'twice': 'Failed to install after 2 attempt(s)',
      'slow-once': 'Failed to install after 1 attempt(s)',
      'slow-install-again': 'Failed to upgrade after 1 attempt(s)',
    });
    expect(gaveUp.filter(name => isReady(named(name)))).toEqual([]);
    expect(scene.object('Deployment', 'slow-once', 'apps')!.status.availableReplicas).toBe(1);
    await scene.push(releases(mended));
    await scene.converges();
  }, { late: ['late'], startSeconds: 40, ...WORKERS });
});

test('a release whose Kustomization waits for what it needs is installed by the first attempt', async () => {
  const inferred: Program = props => releases({ late: once })({ ...props, inferDependencies: true });
  await Scene.play(`${CHECK}-inferred`, inferred, [], async scene => {
    await isTried(scene, 'namespaces');
    scene.release();
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
  }, { late: ['late'] });
});
