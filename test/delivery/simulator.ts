/**
 * Flux, Kubernetes and a few operators on one cluster, played step by step: one step is what one of them does before another one may act.
 * Written from what the controllers do, without a look at the rules that it is to judge.
 */
import { PlayedCluster, PlayedKustomization, PlayedObject } from './played-cluster';

/** An attempt of a Kustomization that failed because something was not there. */
export interface Failure {
  readonly kustomization: string;
  /** The object whose dry run failed; none where the build did. */
  readonly object?: string;
  /** What was not there: `Namespace shop`, `api Widget`, `ConfigMap vars`. */
  readonly missing: string;
}

/** Where a Kustomization stands: at rest, before one of its apply stages, or waiting for health. */
type Position = 'rest' | 'stage 0' | 'stage 0 applied' | 'stage 1' | 'stage 1 applied' | 'stage 2' | 'health';

/** In which order Flux writes what is played, by the first word of its name: by kinds that it knows, then by API groups and kinds. */
const WRITTEN = ['Definition', 'Namespace', 'Binding', 'ConfigMap', 'Deployment', 'Custom', 'Store', 'External', 'Release', 'Kustomization', 'Repository'];

function inWritingOrder(one: PlayedObject, other: PlayedObject): number {
  const place = ({ name }: PlayedObject) => WRITTEN.indexOf(name.split(' ')[0]);
  const text = ({ api = '', namespace = '', name }: PlayedObject) => [api, namespace, name].join(' ');
  return place(one) - place(other) || (text(one) < text(other) ? -1 : 1);
}

export class Simulation {
  public readonly failures: Failure[] = [];
  private readonly present = new Set<string>();
  private readonly readyObjects = new Set<string>();
  private readonly readyKustomizations = new Set<string>();
  /** Objects that a controller looked at and found something amiss with. */
  private readonly unready = new Set<string>();
  private readonly positions = new Map<string, Position>();
  /** What passed its dry run and is still to be written, by Kustomization. */
  private readonly writing = new Map<string, readonly PlayedObject[]>();

  constructor(private readonly cluster: PlayedCluster) {
    cluster.there.forEach(name => this.present.add(name));
    cluster.kustomizations.forEach(({ name }) => this.positions.set(name, 'rest'));
  }

  /** Whether something is there: an object, or an API. */
  public has(name: string): boolean {
    return this.present.has(name);
  }

  /** Whether every Kustomization and every object is ready. */
  public get converged(): boolean {
    return this.cluster.kustomizations.every(({ name, objects }) =>
      this.readyKustomizations.has(name) && objects.every(object => this.isReady(object.kustomization ?? object.name)));
  }

  /** Whether an object or a Kustomization is ready. */
  public isReady(name: string): boolean {
    return this.readyObjects.has(name) || this.readyKustomizations.has(name);
  }

  /** How many objects a controller looked at and found something amiss with. */
  public get amiss(): number {
    return this.unready.size;
  }

  /** A copy that goes its own way. */
  public fork(): Simulation {
    const copy = new Simulation(this.cluster);
    this.present.forEach(name => copy.present.add(name));
    this.readyObjects.forEach(name => copy.readyObjects.add(name));
    this.readyKustomizations.forEach(name => copy.readyKustomizations.add(name));
    this.unready.forEach(name => copy.unready.add(name));
    this.positions.forEach((position, name) => copy.positions.set(name, position));
    this.writing.forEach((objects, name) => copy.writing.set(name, objects));
    copy.failures.push(...this.failures);
    return copy;
  }

  /** Everybody who may act, whether or not it changes anything. */
  public get actors(): string[] {
    return [
      ...this.cluster.kustomizations.map(({ name }) => name),
      ...this.cluster.kustomizations.flatMap(({ objects }) => objects.map(({ name }) => name)),
    ];
  }

  /** Lets one act; tells whether anything changed. */
  public step(actor: string): boolean {
    const kustomization = this.cluster.kustomizations.find(({ name }) => name === actor);
    return kustomization
      ? this.reconcile(kustomization)
      : this.control(this.cluster.kustomizations.flatMap(({ objects }) => objects).find(({ name }) => name === actor)!);
  }

  private reconcile(kustomization: PlayedKustomization): boolean {
    const { name, objects } = kustomization;
    const position = this.positions.get(name)!;
    const [next, ...others] = this.writing.get(name) ?? [];
    if (next) {
      this.present.add(next.name);
      this.writing.set(name, others);
      return true;
    }
    const stage = (wanted: number) => objects.filter(object => object.stage === wanted);
    switch (position) {
      case 'rest':
        if ((kustomization.nested && !this.present.has(`Kustomization ${name}`)) || this.readyKustomizations.has(name) || !kustomization.dependsOn.every(dependency => this.readyKustomizations.has(dependency))) {
          return false;
        }
        return kustomization.variables !== undefined && !this.present.has(kustomization.variables)
          ? this.fail({ kustomization: name, missing: kustomization.variables }) : this.move(name, 'stage 0');
      case 'stage 0':
        return this.apply(kustomization, stage(0), 'stage 0 applied');
      case 'stage 0 applied':
        return stage(0).every(object => this.isHealthy(object.name)) && this.move(name, 'stage 1');
      case 'stage 1':
        return this.apply(kustomization, stage(1), 'stage 1 applied');
      case 'stage 1 applied':
        return stage(1).every(object => this.isHealthy(object.name)) && this.move(name, 'stage 2');
      case 'stage 2':
        return this.apply(kustomization, stage(2), 'health');
      case 'health': {
        const gates = kustomization.wait ? objects.map(object => object.name) : kustomization.healthChecks;
        if (!gates.every(gate => this.isHealthy(gate))) {
          return false;
        }
        this.readyKustomizations.add(name);
        return this.move(name, 'rest');
      }
    }
  }

  /** As Flux sees it: what has no status yet is healthy, unless its kind begins with one. */
  private isHealthy(name: string): boolean {
    const object = this.cluster.kustomizations.flatMap(({ objects }) => objects).find(candidate => candidate.name === name);
    return this.isReady(object?.kustomization ?? name) || (object?.blind === true && this.present.has(name) && !this.unready.has(name));
  }

  /** All of a stage is dry-run before anything of it is written, one object after the other. */
  private apply({ name, account }: PlayedKustomization, objects: readonly PlayedObject[], next: Position): boolean {
    const failures = objects.flatMap(object => [object.namespace, object.api, account]
      .filter((need): need is string => need !== undefined && !this.present.has(need))
      .map(missing => ({ kustomization: name, object: object.name, missing })));
    if (failures.length > 0) {
      this.positions.set(name, 'rest');
      failures.forEach(failure => this.fail(failure));
      return false;
    }
    // What is there as it should be is not written again.
    this.writing.set(name, objects.filter(object => !this.present.has(object.name)).sort(inWritingOrder));
    return this.move(name, next);
  }

  /** An object's own controller. */
  private control(object: PlayedObject): boolean {
    const waits = object.waitsFor.some(({ name, ready }) => !(ready ? this.readyObjects : this.present).has(name));
    if (object.kustomization !== undefined || !this.present.has(object.name) || this.readyObjects.has(object.name)) {
      return false;
    }
    if (waits) {
      this.unready.add(object.name);
      return false;
    }
    this.readyObjects.add(object.name);
    object.brings.forEach(name => {
      this.present.add(name);
      this.readyObjects.add(name);
    });
    return true;
  }

  private move(name: string, position: Position): boolean {
    this.positions.set(name, position);
    return true;
  }

  private fail(failure: Failure): boolean {
    const known = this.failures.some(({ kustomization, object, missing }) =>
      kustomization === failure.kustomization && object === failure.object && missing === failure.missing);
    if (!known) {
      this.failures.push(failure);
    }
    return false;
  }
}
