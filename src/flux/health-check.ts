import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { objectReference } from './reference';
import { apiGroup } from '../synth/api-group';

/** An object on the cluster, by its API, kind and name. */
export interface ObjectReference {
  /** `group/version`, or the version alone for the core group. */
  readonly apiVersion: string;

  readonly kind: string;

  readonly name: string;

  /**
   * @default - none: an object of a cluster-scoped kind
   */
  readonly namespace?: string;
}

/**
 * An object whose health decides whether a Kustomization is ready.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#health-checks
 */
export class HealthCheck {
  /** Checks an object that the program makes. */
  public static ofObject(object: ApiObject): HealthCheck {
    return new HealthCheck(() => [objectReference(object)], true);
  }

  /** Checks an object that something on the cluster makes, for example the Deployment of a chart. */
  public static of(object: ObjectReference): HealthCheck {
    return new HealthCheck(() => [object], false);
  }

  /**
   * Checks every object of a kind below the given constructs, one entry for each: Flux knows no wildcard here and would
   * look up an object that is called `*`.
   *
   * @param apiVersion `group/version`; objects of another version of the group count, too
   * @param kind the kind
   * @param scopes where to look, when the platform is synthesized
   */
  public static everyObject(apiVersion: string, kind: string, scopes: IConstruct[]): HealthCheck {
    const group = apiGroup(apiVersion);
    const find = () => [...new Set(scopes.flatMap(scope => scope.node.findAll()))]
      .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))
      .filter(object => apiGroup(object.apiVersion) === group && object.kind === kind)
      .map(objectReference)
      .sort((a, b) => compare(a.namespace ?? '', b.namespace ?? '') || compare(a.name, b.name));
    return new HealthCheck(find, true);
  }

  private constructor(
    private readonly produce: () => ObjectReference[],
    /** Whether the objects are ones that the program makes: Flux may give them another name or namespace. @internal */
    public readonly _ofProgram: boolean,
  ) {}

  /** The objects to check, in the order of their entries. */
  public references(): ObjectReference[] {
    return this.produce();
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
