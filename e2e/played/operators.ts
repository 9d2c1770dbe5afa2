import { setTimeout as pause } from 'timers/promises';
import { CERT_MANAGER } from './cert-manager';
import { CROSSPLANE } from './crossplane';
import { EXTERNAL_SECRETS } from './external-secrets';
import { FURTHER } from './further';
import { GATEWAY_API } from './gateway-api';
import { KUBELET } from './kubelet';
import { PlayedKind } from './operator';
import { World } from './world';
import { Informers } from '../harness/informers';
import { KubernetesApi } from '../harness/kubernetes-api';

/** Every kind that is played. */
export const PLAYED: readonly PlayedKind[] = [...CROSSPLANE, ...EXTERNAL_SECRETS, ...CERT_MANAGER, ...GATEWAY_API, ...FURTHER, ...KUBELET];

/** How long the operators rest between two looks at the cluster, in milliseconds. */
const REST = 100;

/**
 * Plays the operators of a cluster, from now until it is stopped. Each does whenever something changes what the present state asks for, so that everything comes in the
 * order in which it would: never a status before its cause.
 *
 * `startSeconds` is how long the pods that they make take until they are available.
 */
export class Operators {
  private stopped = false;
  private readonly done: Promise<void>;
  private readonly informers: Informers;
  private readonly world: World;
  private readonly unattended = new Set<string>();
  private failure: unknown;

  constructor(api: KubernetesApi, startSeconds = 0, private readonly kinds: readonly PlayedKind[] = PLAYED) {
    this.informers = new Informers(api);
    this.world = new World(api, this.informers, startSeconds);
    this.done = this.play().catch(error => {
      this.failure = error;
    });
  }

  /** Leaves an object alone, as `<kind>/<namespace>/<name>`, as if its operator took its time with it. */
  public neglect(object: string): void {
    this.unattended.add(object);
  }

  /** Looks after an object again. */
  public attend(object: string): void {
    this.unattended.delete(object);
    this.informers.changed = true;
  }

  /** @throws what an operator stumbled over */
  public check(): void {
    if (this.failure !== undefined && !this.stopped) {
      throw this.failure;
    }
  }

  public async stop(): Promise<void> {
    this.stopped = true;
    await this.done;
    this.informers.stop();
  }

  private async play(): Promise<void> {
    while (!this.stopped) {
      if (this.informers.changed) {
        this.informers.changed = false;
        await Promise.all(this.kinds.map(kind => this.look(kind)));
      }
      await pause(REST);
    }
  }

  private async look(kind: PlayedKind): Promise<void> {
    const objects = await kind.operated(this.world) ? await this.world.list(kind.apiVersion, kind.kind) : [];
    for (const object of objects.filter(({ metadata: { namespace, name } }) => !this.unattended.has(`${kind.kind}/${namespace}/${name}`))) {
      await kind.reconcile(object, this.world);
    }
  }
}
