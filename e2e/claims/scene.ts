import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Cluster, Delivery, Finding, Mirror, Platform, Severity } from 'cdk8s-strata';
import { parse, stringify } from 'yaml';
import { appliedFrom } from '../../src/delivery/applied-objects';
import { ApplyStage } from '../../src/delivery/apply-stages';
import { EventSystem } from '../../src/delivery/events';
import { ObjectId, objectId } from '../../src/delivery/object-id';
import { planOf } from '../../src/delivery/plan';
import { referenceTable } from '../../src/delivery/references';
import { applied, exists, ready, rulesOf, tried } from '../../src/delivery/rules';
import { FluxOptions } from '../harness/flux';
import { Failure } from '../harness/history';
import { Internet } from '../harness/internet';
import { KubernetesApi, KubernetesObject } from '../harness/kubernetes-api';
import { isReady } from '../harness/readiness';
import { Run } from '../played/run';

const REPOSITORY = 'github.com/acme/platform';

/** Where the source is of what a Kustomization waits for that is late. */
const slowPlace = (late: string): string => `github.com/slow/${late}/`;

/** What shortens a test and decides nothing: how soon Flux tries again after a failure, and how long it waits for health. It never waits less than 30 s. */
const PACE = { retryInterval: '3s', timeout: '30s' };

/** How long it waits for health where what it waits for takes its time. */
const PATIENT = '10m';

/** How often what fails has to be tried before it counts as what never comes. */
const ATTEMPTS = 3;

/** How many times as long as the mended platform took to converge. */
const TIMES = 3;

const MINUTES = 5;

/** A platform that is made for a claim: with the mirrors, and with inference off unless it says otherwise. */
export type Program = (props: { readonly mirrors: Mirror[]; readonly inferDependencies: boolean }) => Played;

/** A platform, and the one of its clusters that is looked at. */
export interface Played {
  readonly platform: Platform;
  readonly cluster: Cluster;
  /** What is delivered in place of what the program says: its files are edited in the same way. @default - what the program says */
  readonly changed?: { readonly delivery: Delivery; readonly findings: Finding[] };
}

export interface SceneOptions {
  /** How many seconds pods take until they are available. @default 0 */
  readonly startSeconds?: number;
  readonly flux?: FluxOptions;
  /** Changes the files that synth wrote before they are committed, beside the pace. @default - as they are */
  readonly edit?: (files: { [path: string]: string }) => void;
  /** Kustomizations that come only once the scene says so, by their names: as if something took its time that they wait for. @default - none */
  readonly late?: readonly string[];
  /** Places of the internet, by host and path, that answer only once the scene says so. @default - all answer at once */
  readonly hold?: readonly string[];
  /** Objects with which their operators take their time until the scene says so, as `<kind>/<namespace>/<name>`. @default - none */
  readonly unattended?: readonly string[];
  /** Kustomizations that wait for health as little as Flux ever does; the others wait as long as it takes. @default - all of them */
  readonly impatient?: readonly string[];
  /** How long anything that is waited for may take. @default 5 */
  readonly minutes?: number;
  /** What is done to the cluster, and put onto the internet in place of what is played, before Flux is started. @default - nothing */
  readonly before?: (api: KubernetesApi, internet: Internet) => Promise<void>;
}

/** A platform on an empty cluster with real controllers, and what becomes of it. */
export class Scene {
  /**
   * Plays a platform that synthesizes without an error, until it has converged.
   *
   * @returns how many seconds it took
   */
  public static async converges(name: string, program: Program, options: SceneOptions = {}): Promise<number> {
    return Scene.play(name, program, [], async scene => {
      await scene.converges();
      return scene.run.seconds;
    }, options);
  }

  /**
   * Plays a platform whose checks are switched off, and stops everything after that.
   *
   * @param checks ids of all checks that find an error on it: others refuse it, as ever
   */
  public static async play<T>(
    name: string, program: Program, checks: readonly string[], act: (scene: Scene) => Promise<T>, options: SceneOptions = {},
  ): Promise<T> {
    const work = mkdtempSync(join(tmpdir(), 'cdk8s-strata-e2e-'));
    const internet = await Internet.start(join(work, 'git'));
    try {
      const { files, delivery, findings } = synthesized(program, internet.mirrors, checks, options);
      internet.git.commit(REPOSITORY, files);
      const { startSeconds, unattended = [], flux, before, hold = [], late = [] } = options;
      late.forEach(each => internet.git.commit(slowPlace(each), { 'slow/README.md': 'Nothing.\n' }));
      const releases = new Map([...late.map(each => [each, slowPlace(each)] as const), ...hold.map(place => [place, place] as const)]
        .map(([each, place]): [string, () => void] => [each, internet.hold(place)]));
      const run = await Run.start({ name: `claims-${name}`, internet, repository: REPOSITORY, delivery, startSeconds, unattended, flux, before: api => before?.(api, internet) });
      unattended.forEach(object => releases.set(object, () => run.operators.attend(object)));
      try {
        return await act(new Scene(run, internet, delivery, findings, options, releases));
      } finally {
        await run.stop();
      }
    } finally {
      await internet.stop();
      rmSync(work, { recursive: true, force: true });
    }
  }

  private constructor(
    public readonly run: Run,
    public readonly internet: Internet,
    public delivery: Delivery,
    /** What is found on the platform, whether it is accepted or not. */
    public findings: Finding[],
    private readonly options: SceneOptions,
    private readonly releases: ReadonlyMap<string, () => void>,
  ) {}

  /** Lets come what was late, the places answer that were held, and operators look at what they left alone: all of them, or those that are named. */
  public release(...names: string[]): void {
    (names.length === 0 ? [...this.releases.keys()] : names).forEach(name => this.releases.get(name)!());
  }

  /** How long anything that is waited for may take. */
  private get minutes(): number {
    return this.options.minutes ?? MINUTES;
  }

  public get api(): KubernetesApi {
    return this.run.cluster.api;
  }

  /** Everything that Flux failed at, in the Kustomization or HelmRelease of that name. */
  public failuresOf(name: string): Failure[] {
    return this.run.history.failures.filter(failure => failure.name.split('/')[1] === name);
  }

  /** Waits until Flux fails at a Kustomization or HelmRelease, with a message like this. */
  public async fails(name: string, message: RegExp): Promise<Failure> {
    return this.run.until(`${name} fails with ${message}`, this.minutes, () => this.failuresOf(name).find(failure => message.test(failure.message)));
  }

  /** Waits until Flux says of a Kustomization or HelmRelease that it is not ready, with a message like this: also where it waits without failing. */
  public async says(name: string, message: RegExp): Promise<KubernetesObject> {
    return this.run.until(`Flux says of ${name}: ${message}`, this.minutes, () => [...this.run.history.objects.values()].find(({ kind, metadata, status }) =>
      ['Kustomization', 'HelmRelease'].includes(kind) && metadata.name === name && status?.conditions?.some((condition: any) =>
        condition.type === 'Ready' && condition.status !== 'True' && message.test(condition.message))));
  }

  /** Waits until everything that is delivered is there and ready. */
  public async converges(): Promise<void> {
    await this.run.converges(this.minutes);
  }

  /** A Kustomization as the API server has it now. */
  public kustomization(name: string): KubernetesObject | undefined {
    return this.object('Kustomization', name, 'flux-system');
  }

  /** An object as the API server has it now. */
  public object(kind: string, name: string, namespace?: string): KubernetesObject | undefined {
    return [...this.run.history.objects.values()].find(({ kind: of, metadata }) =>
      of === kind && metadata.name === name && metadata.namespace === namespace);
  }

  /**
   * Waits until all has happened that the proof says will happen, until what is tried and never becomes ready has failed again and again, and until it took a
   * multiple of what the mended platform took.
   *
   * @param seconds that the mended platform took
   * @param refused what a check says beside the proof: the first apply stage of a Kustomization, by its name, that Flux does not get through. One that it cannot
   * build does not get through `definitions`, the first of all.
   * @returns what happened although the proof says that it never does
   */
  public async comesToAHalt(seconds: number, refused: Readonly<Record<string, ApplyStage>> = {}): Promise<string[]> {
    const never = new Set(Object.entries(refused).map(([name, stage]) => applied(kustomizationId(name), stage)));
    const events = new EventSystem(rulesOf(planOf(this.delivery, referenceTable())).rules.filter(({ then }) => !never.has(then)));
    const [possible, reached] = [events.possible(), events.reached()];
    const { history } = this.run;
    const watched = this.delivery.kustomizations.flatMap(({ name, namespace, manifest, objects }) => {
      const id = kustomizationId(name, namespace);
      const ids = appliedFrom(manifest, objects).map(object => objectId(object.apiVersion, object.kind, object.name, object.namespace));
      return [tried(id), ...[id, ...ids].flatMap(each => [exists(each), ready(each)])];
    });
    const expected = watched.filter(event => reached.has(event));
    await this.run.until('all happens that the proof says will happen', this.minutes, () => expected.every(event => history.first.has(event)) || undefined);
    const failing = this.delivery.kustomizations
      .filter(({ name, namespace }) => reached.has(tried(kustomizationId(name, namespace))) && !possible.has(ready(kustomizationId(name, namespace))))
      .map(({ name }) => name);
    await this.run.until(`these fail: ${failing.join(', ')}`, this.minutes, () => failing.every(name => this.failuresOf(name).length > 0) || undefined);
    const then = new Map(history.attempts);
    const failed = [...then.keys()].filter(name => this.failuresOf(name.split('/')[1]).length > 0);
    await this.run.until(`what fails has been tried ${ATTEMPTS} more times`, this.minutes, () =>
      this.run.seconds >= TIMES * seconds && failed.every(name => history.attempts.get(name)! >= then.get(name)! + ATTEMPTS) || undefined);
    return watched.filter(event => !possible.has(event) && history.first.has(event));
  }

  /** Waits until it took a multiple of what the mended platform took: for what nobody tries, and so nothing tells of. */
  public async takesTimes(seconds: number): Promise<void> {
    await this.run.until(`it took ${TIMES} times as long as the mended platform`, MINUTES, () => this.run.seconds >= TIMES * seconds || undefined);
  }

  /** Waits until a Kustomization that is not ready has been tried so often that what fails there now counts as what never comes. */
  public async triedInVain(name: string): Promise<void> {
    const { attempts } = this.run.history;
    const then = attempts.get(`flux-system/${name}`) ?? 0;
    await this.run.until(`${name} has been tried ${ATTEMPTS} more times`, MINUTES, () => attempts.get(`flux-system/${name}`)! >= then + ATTEMPTS || undefined);
    expect(isReady(this.object('Kustomization', name, 'flux-system')!)).toBe(false);
  }

  /** Commits another platform in place of this one, and asks Flux to fetch it, as a push to a repository with a webhook does. */
  public async push(program: Program, checks: readonly string[] = []): Promise<void> {
    this.commit(program, checks);
    await this.run.follow(this.delivery);
  }

  /** Commits another platform in place of this one, of which nobody tells Flux. */
  public commit(program: Program, checks: readonly string[] = []): void {
    const { files, delivery, findings } = synthesized(program, this.internet.mirrors, checks, this.options);
    this.internet.git.commit(REPOSITORY, files);
    Object.assign(this, { delivery, findings });
  }

  /** Waits until a Kustomization has applied what Flux fetched last, and is ready with it. */
  public async applies(name: string): Promise<void> {
    await this.run.until(`${name} is applied`, this.minutes, () => {
      const kustomization = this.kustomization(name);
      const fetched = this.object('GitRepository', 'flux-system', 'flux-system')?.status?.artifact?.revision;
      return kustomization !== undefined && isReady(kustomization) && kustomization.status.lastAppliedRevision === fetched || undefined;
    });
  }
}

function kustomizationId(name: string, namespace = 'flux-system'): ObjectId {
  return objectId('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', name, namespace);
}

interface Synthesized {
  readonly files: { [path: string]: string };
  readonly delivery: Delivery;
  readonly findings: Finding[];
}

function synthesized(program: Program, mirrors: Mirror[], checks: readonly string[], { edit, late = [], impatient }: SceneOptions): Synthesized {
  const { platform, cluster, changed } = program({ mirrors, inferDependencies: false });
  const findings = changed?.findings ?? platform.findings();
  const told = new Set(findings.filter(({ severity }) => severity === Severity.ERROR).map(({ check }) => check));
  expect([...told].filter(check => !checks.includes(check))).toEqual([]);
  expect(checks.filter(check => !findings.some(finding => finding.check === check))).toEqual([]);
  platform.accept(...checks.map(check => ({ check, because: 'it is shown what becomes of it' })));
  const written = platform.delivery(cluster.clusterName);
  const delivery = changed?.delivery ?? written;
  const files = withLate(paced(edited(platform.files(), written, delivery), delivery, impatient), late, delivery, mirrors);
  edit?.(files);
  return { files, delivery, findings };
}

type Files = { [path: string]: string };

/** Files, of whose objects each is changed, or none. */
function withObjects(files: Files, paths: readonly string[], change: (object: KubernetesObject) => object | undefined): Files {
  const changed = [...new Set(paths)].map(path => [path, files[path].split(/^---$/m).map(text => {
    const object = change(parse(text) ?? {});
    return object ? stringify(object) : text;
  }).join('---\n')]);
  return { ...files, ...Object.fromEntries(changed) };
}

/** The files, edited so that they deliver something else. */
function edited(files: Files, written: Delivery, wanted: Delivery): Files {
  const objectsIn = ({ kustomizations }: Delivery) => kustomizations.flatMap(({ file, manifest, objects }) => [{ file, manifest }, ...objects]);
  const changes = objectsIn(written).flatMap(({ file, manifest }, index) => {
    const { manifest: to } = objectsIn(wanted)[index];
    return to === manifest ? [] : [{ file, from: manifest, to }];
  });
  return withObjects(files, changes.map(({ file }) => file), ({ kind, metadata }) =>
    changes.find(({ from }) => from.kind === kind && from.metadata.name === metadata.name && from.metadata.namespace === metadata.namespace)?.to);
}

/** The files, at the pace of a test. */
function paced(files: Files, { kustomizations }: Delivery, impatient: readonly string[] | undefined): Files {
  return withObjects(files, kustomizations.map(({ file }) => file), object => {
    const pace = impatient === undefined || impatient.includes(object.metadata?.name) ? PACE : { ...PACE, timeout: PATIENT };
    return object.kind === 'Kustomization' ? { ...object, spec: { ...pace, ...object.spec } } : undefined;
  });
}

/** The files, with something for each late Kustomization that it has to wait for. */
function withLate(files: Files, late: readonly string[], { cluster, kustomizations }: Delivery, [mirror]: Mirror[]): Files {
  const ofLate = kustomizations.filter(({ name }) => late.includes(name));
  const waiting = withObjects(files, ofLate.map(({ file }) => file), object => {
    const { dependsOn = [], ...spec } = object.spec ?? {};
    const { name } = object.metadata ?? {};
    return object.kind !== 'Kustomization' || !late.includes(name) ? undefined : { ...object, spec: { ...spec, dependsOn: [...dependsOn, { name: `slow-${name}` }] } };
  });
  return { ...waiting, ...Object.fromEntries(late.map(name => [`clusters/${cluster}/slow-${name}.yaml`, slow(name, mirror.to)])) };
}

/** A Kustomization whose source takes its time. */
function slow(late: string, internet: string): string {
  const metadata = { name: `slow-${late}`, namespace: 'flux-system' };
  const source = { kind: 'GitRepository', name: metadata.name };
  const url = `${internet}${slowPlace(late)}`.replace(/\/$/, '');
  return [
    { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', metadata, spec: { interval: '1h', timeout: '60m', url, ref: { branch: 'main' } } },
    { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata, spec: { interval: '1h', path: 'slow', prune: true, sourceRef: source } },
  ].map(object => stringify(object)).join('---\n');
}
