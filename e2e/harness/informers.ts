import { KubernetesApi, KubernetesObject } from './kubernetes-api';

const DEFINITIONS = 'apiextensions.k8s.io/v1';

/** API versions that are served from the beginning. */
const BUILT_IN = ['v1', 'apps/v1', DEFINITIONS];

type Objects = Map<string, KubernetesObject>;

/** The objects of every kind that somebody asked for, kept up to date by watches: nothing is asked of the API server as long as nothing changes. */
export class Informers {
  /** Whether something is other than it was when this was last set back. */
  public changed = true;

  private readonly kinds = new Map<string, Promise<Objects | undefined>>();
  private readonly stops: (() => void)[] = [];
  private stopped = false;

  constructor(private readonly api: KubernetesApi) {}

  /** The objects of a kind, in all namespaces; none where the kind is not served. */
  public async list(apiVersion: string, kind: string): Promise<KubernetesObject[]> {
    if (!BUILT_IN.includes(apiVersion) && !await this.isDefined(apiVersion, kind)) {
      return [];
    }
    const key = `${apiVersion} ${kind}`;
    const begun = this.kinds.get(key) ?? this.begin(apiVersion, kind);
    this.kinds.set(key, begun);
    const objects = await begun;
    if (!objects) {
      // It is defined and will be served in a moment.
      this.kinds.delete(key);
      this.changed = true;
    }
    return [...objects?.values() ?? []];
  }

  public stop(): void {
    this.stopped = true;
    this.stops.forEach(stop => stop());
  }

  private async isDefined(apiVersion: string, kind: string): Promise<boolean> {
    const [group] = apiVersion.split('/');
    return (await this.list(DEFINITIONS, 'CustomResourceDefinition')).some(({ spec }) => spec.group === group && spec.names.kind === kind);
  }

  private async begin(apiVersion: string, kind: string): Promise<Objects | undefined> {
    if (!await this.api.serves(apiVersion, kind)) {
      return undefined;
    }
    const objects: Objects = new Map();
    const stop = await this.api.watch(apiVersion, kind, ({ type, object }) => {
      const name = `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
      type === 'DELETED' ? objects.delete(name) : objects.set(name, object);
      this.changed = true;
    }, () => this.kinds.delete(`${apiVersion} ${kind}`));
    this.stopped ? stop() : this.stops.push(stop);
    return objects;
  }
}
