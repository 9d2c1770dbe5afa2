import { setTimeout as pause } from 'timers/promises';
import { CERT_MANAGER } from './cert-manager';
import { CROSSPLANE } from './crossplane';
import { EXTERNAL_SECRETS } from './external-secrets';
import { FURTHER } from './further';
import { GATEWAY_API } from './gateway-api';
import { PlayedKind } from './operator';
import { World } from './world';
import { KubernetesApi } from '../harness/kubernetes-api';

/** Every kind that is played. */
export const PLAYED: readonly PlayedKind[] = [...CROSSPLANE, ...EXTERNAL_SECRETS, ...CERT_MANAGER, ...GATEWAY_API, ...FURTHER];

/** How long the operators rest between two looks at the cluster. */
const REST = 250;

/**
 * Plays the operators of a cluster, from now until it is stopped. Each does at every look what its present state asks for, so that everything comes in the
 * order in which it would: never a status before its cause.
 *
 * `startSeconds` is how long the pods that they make take until they are available.
 */
export class Operators {
  private stopped = false;
  private readonly done: Promise<void>;
  private failure: unknown;

  constructor(private readonly api: KubernetesApi, private readonly startSeconds = 0, private readonly kinds: readonly PlayedKind[] = PLAYED) {
    this.done = this.play().catch(error => {
      this.failure = error;
    });
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
  }

  private async play(): Promise<void> {
    while (!this.stopped) {
      const world = new World(this.api, this.startSeconds);
      await Promise.all(this.kinds.map(async kind => {
        const objects = await world.list(kind.apiVersion, kind.kind);
        if (objects.length > 0 && await kind.operated(world)) {
          for (const object of objects) {
            await kind.reconcile(object, world);
          }
        }
      }));
      await pause(REST);
    }
  }
}
