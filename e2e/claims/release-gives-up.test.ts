/** A HelmRelease that does not try again, and a Job with a deadline (docs/checks/release-gives-up.md). */
import { readFileSync } from 'fs';
import { becomesReady, isTried, readyAt } from './by-hand';
import { chart, release } from './operator';
import { Account, allRights, serviceAccount } from './rights';
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
  fields: { spec: anythingGoes('example.com/v1', 'Widget', true).spec },
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

/** Of each thing that helm-controller looks for before it installs anything a release that lacks it, and tries but once. */
const AWAITED: { readonly [name: string]: object } = {
  values: { valuesFrom: [{ kind: 'ConfigMap', name: 'late' }] },
  account: { serviceAccountName: 'late' },
  remote: { kubeConfig: { secretRef: { name: 'late' } } },
  dependent: { dependsOn: [{ name: 'held' }] },
  held: {},
};

const REASONS = { values: 'ValuesError', account: 'StateError', remote: 'RESTClientError', dependent: 'DependencyNotReady', held: 'SourceNotReady' };

const awaiting: Program = props => {
  const checked = new CheckedPlatform({ ...props, partial: true });
  for (const [name, spec] of Object.entries(AWAITED)) {
    const component = checked.component(name, chart(name), release(name, spec));
    component.provides({ apiVersion: 'v1', kind: 'ConfigMap', name: `of-${name}`, namespace: 'apps' });
    checked.layer(name, [component], { dependsOn: [checked.namespaces] });
  }
  const account: Account = { name: 'late', namespace: 'apps' };
  const settings: ObjectFixture = { name: 'late', fields: { data: { 'values.yaml': 'late: true' } } };
  const late = checked.component('late', settings, serviceAccount(account), allRights('ClusterRoleBinding', account));
  checked.layer('late', [late], { dependsOn: [checked.namespaces] });
  return checked;
};

test('what a release waits for before it installs anything is no failed attempt, however late it comes', async () => {
  await Scene.play(`${CHECK}-awaited`, awaiting, [CHECK], async scene => {
    await scene.run.until('each waits', MINUTES, () =>
      Object.entries(REASONS).every(([name, reason]) => conditionOf(scene.object('HelmRelease', name, 'apps'), 'Ready')?.reason === reason) || undefined);
    scene.release();
    const { kubeconfig, serving } = scene.run.cluster.controlPlane;
    const config = JSON.parse(readFileSync(kubeconfig, 'utf-8'));
    const { server } = config.clusters[0].cluster;
    const clusters = [{ ...config.clusters[0], cluster: { server, 'certificate-authority-data': Buffer.from(serving.certificate).toString('base64') } }];
    await scene.api.apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'late', namespace: 'apps' }, stringData: { value: JSON.stringify({ ...config, clusters }) } });
    await scene.converges();
    expect(scene.run.history.failures.filter(({ reason }) => /^(Install|Upgrade)Failed$/.test(reason))).toEqual([]);
  }, { late: ['late'], hold: ['example.com/held'], ...WORKERS });
});

const job = (name: string, spec: object, pod: object = { serviceAccountName: 'migration' }): ObjectFixture => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  name,
  fields: { spec: { ...spec, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'migrate', image: 'migrate' }], ...pod } } } },
});

const DEADLINE = { activeDeadlineSeconds: 15 };
const JOBS: Strategies = {
  'deadline': DEADLINE,
  'anew': { ...DEADLINE, ttlSecondsAfterFinished: 10 },
  'unseen': { ...DEADLINE, ttlSecondsAfterFinished: 0 },
  'without-deadline': {},
};

/** A layer for each Job, which waits for it, and a late one with the ServiceAccount of their pods. */
function jobs(specs: Strategies): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    checked.layer('accounts', [checked.component('accounts', { kind: 'ServiceAccount', name: 'migration' })], { dependsOn: [checked.namespaces] });
    for (const [name, spec] of Object.entries(specs)) {
      checked.layer(name, [checked.component(name, job(name, spec))], { dependsOn: [checked.namespaces], wait: true });
    }
    return checked;
  };
}

test('a Job that passed its deadline stays failed, unless it is deleted and made anew; one without a deadline waits', async () => {
  await Scene.play(`${CHECK}-jobs`, jobs(JOBS), [CHECK], async scene => {
    await Promise.all(['deadline', 'anew'].map(name =>
      scene.fails(name, new RegExp(`failed early due to stalled resources: \\[Job/apps/${name} status: 'Failed'`))));
    // It is deleted before Flux looks again, and taken for one that did its work.
    await becomesReady(scene, 'unseen');
    expect(scene.object('Job', 'without-deadline', 'apps')!.status.failed).toBeUndefined();
    scene.release();
    await Promise.all(['anew', 'without-deadline'].map(name => becomesReady(scene, name)));
    await isTried(scene, 'deadline', scene.run.history.attempts.get('flux-system/deadline')! + 3);
    expect(readyAt(scene, 'deadline')).toBeUndefined();
    expect(conditionOf(scene.object('Job', 'deadline', 'apps'), 'Failed')?.reason).toBe('DeadlineExceeded');
    await scene.push(jobs({ ...JOBS, deadline: JOBS.anew }));
    await scene.applies('deadline');
  }, { late: ['accounts'], ...WORKERS });
});

test('a Job whose Kustomization waits for what it needs does its work', async () => {
  const inferred: Program = props => jobs({ deadline: DEADLINE })({ ...props, inferDependencies: true });
  await Scene.play(`${CHECK}-jobs-inferred`, inferred, [], async scene => {
    await isTried(scene, 'namespaces');
    scene.release();
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
  }, { late: ['accounts'] });
});
