import { ApiObject, JsonPatch } from 'cdk8s';
import { isClusterScoped } from '../synth/cluster-scoped';
import { JsonObject } from '../synth/json';
import { render } from '../synth/substitution';

/** Selects objects by what they are; every field that is given must match. */
export interface PatchTargetSelector {
  /**
   * API group.
   *
   * @default - any
   */
  readonly group?: string;

  /**
   * API version, without the group.
   *
   * @default - any
   */
  readonly version?: string;

  /**
   * Kind; an anchored regular expression.
   *
   * @default - any
   */
  readonly kind?: string;

  /**
   * Name; an anchored regular expression.
   *
   * @default - any
   */
  readonly name?: string;

  /**
   * Namespace; an anchored regular expression.
   *
   * @default - any
   */
  readonly namespace?: string;

  /**
   * Label selector, for example `app=web,tier!=cache`.
   *
   * @default - any
   */
  readonly labelSelector?: string;

  /**
   * Annotation selector, written like a label selector.
   *
   * @default - any
   */
  readonly annotationSelector?: string;
}

/** The objects that a patch changes. */
export class PatchTarget {
  /** One object. */
  public static object(object: ApiObject): PatchTarget {
    return new PatchTarget({
      group: object.apiGroup === 'core' ? undefined : object.apiGroup,
      kind: object.kind,
      name: literally(object.name),
      namespace: isClusterScoped(object.apiVersion, object.kind) ? undefined : literally(object.metadata.namespace),
    });
  }

  /** Every object that matches. */
  public static select(selector: PatchTargetSelector): PatchTarget {
    return new PatchTarget(selector);
  }

  private constructor(public readonly selector: PatchTargetSelector) {}
}

/** A name as a regular expression that matches it alone; one with a variable in it is matched as the repository holds it. */
function literally<T extends string | undefined>(name: T): T {
  return name && render(name, false).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') as T;
}

/**
 * A change to objects that kustomize builds.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#patches
 */
export class Patch {
  /**
   * Merges fields into the objects: mappings are merged, `null` removes a field, lists of Kubernetes' own kinds are merged
   * by their merge key (containers by name) and other lists are replaced.
   *
   * @param target what to change
   * @param fields the fields to merge, for example `{ spec: { replicas: 3 } }`
   */
  public static strategicMerge(target: PatchTarget, fields: { [key: string]: any }): Patch {
    return new Patch(target.selector, fields, undefined);
  }

  /**
   * Applies operations of RFC 6902 one after the other.
   *
   * @param target what to change
   * @param operations made by `JsonPatch.add`, `.replace`, `.remove`, …
   */
  public static json6902(target: PatchTarget, ...operations: JsonPatch[]): Patch {
    return new Patch(target.selector, undefined, operations);
  }

  private constructor(
    /** What the patch changes. */
    public readonly target: PatchTargetSelector,
    /** @internal */
    public readonly _fields: JsonObject | undefined,
    /** @internal */
    public readonly _operations: JsonPatch[] | undefined,
  ) {}

  /** The patch as kustomize reads it: a partial object, or a list of operations. @internal */
  public _document(): JsonObject | JsonObject[] {
    if (this._operations) {
      return this._operations.map(operation => (operation as unknown as { _toJson(): JsonObject })._toJson());
    }
    const { group, version, kind, name } = this.target;
    const { metadata, ...fields } = this._fields!;
    // kustomize wants an identity in the patch, and ignores it where there is a target.
    return {
      apiVersion: [group, version ?? 'v1'].filter(part => part).join('/'),
      kind: kind ?? 'Any',
      metadata: { name: name ?? 'any', ...metadata as JsonObject | undefined },
      ...fields,
    };
  }
}
