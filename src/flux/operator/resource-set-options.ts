import { ApiObject, Duration } from 'cdk8s';
import { ObjectReference } from '../health-check';
import { LabelSelector } from '../label-selector';
import { objectReference } from '../reference';
import { IResourceSetInputProvider } from './resource-set-input-provider';

/** What a ResourceSet waits for in another object. */
export interface ResourceSetDependencyOptions {
  /**
   * Why; becomes the comment behind the entry.
   *
   * @default - no comment
   */
  readonly because?: string;

  /**
   * Whether the object has to be ready, and not only to exist.
   *
   * @default - true with a `readyExpr`; without one it is enough that the object exists
   */
  readonly ready?: boolean;

  /**
   * CEL expression over the object's fields that says when it is ready: `status.phase == 'Bound'`.
   *
   * @default - how Flux judges health: the condition `Ready`, or what Kubernetes' own kinds have
   */
  readonly readyExpr?: string;
}

/**
 * An object, of any kind, that a ResourceSet waits for before anything is applied.
 *
 * @see https://fluxoperator.dev/docs/crd/resourceset/
 */
export class ResourceSetDependency {
  /** An object that the program makes. */
  public static ofObject(object: ApiObject, options: ResourceSetDependencyOptions = {}): ResourceSetDependency {
    return new ResourceSetDependency(() => objectReference(object), options);
  }

  /** An object that something on the cluster makes. */
  public static of(object: ObjectReference, options: ResourceSetDependencyOptions = {}): ResourceSetDependency {
    return new ResourceSetDependency(() => object, options);
  }

  private constructor(
    /** @internal */
    public readonly _object: () => ObjectReference,
    /** @internal */
    public readonly _options: ResourceSetDependencyOptions,
  ) {}
}

/**
 * Providers that a ResourceSet takes inputs from; they are in its namespace.
 *
 * @see https://fluxoperator.dev/docs/crd/resourceset/
 */
export class ResourceSetInputSource {
  /** One provider. */
  public static provider(provider: IResourceSetInputProvider): ResourceSetInputSource {
    return new ResourceSetInputSource(() => provider.resourceSetInputProviderName, undefined);
  }

  /** Every provider whose labels match. */
  public static select(selector: LabelSelector): ResourceSetInputSource {
    return new ResourceSetInputSource(() => undefined, selector);
  }

  private constructor(
    /** @internal */
    public readonly _name: () => string | undefined,
    /** @internal */
    public readonly _selector: LabelSelector | undefined,
  ) {}
}

/** What the permutation of inputs does. */
export interface PermuteOptions {
  /**
   * Whether a provider that has no inputs counts, so that nothing is made.
   *
   * @default false
   */
  readonly includeEmptyProviders?: boolean;
}

/**
 * How the inputs of several providers become the sets of inputs that resources are made from.
 *
 * @see https://fluxoperator.dev/docs/crd/resourceset/
 */
export class ResourceSetInputStrategy {
  /** One list after the other. */
  public static flatten(): ResourceSetInputStrategy {
    return new ResourceSetInputStrategy('Flatten');
  }

  /** Every combination of an input of each provider. */
  public static permute(options: PermuteOptions = {}): ResourceSetInputStrategy {
    return new ResourceSetInputStrategy('Permute', options.includeEmptyProviders);
  }

  private constructor(
    /** `Flatten` or `Permute`. */
    public readonly name: string,
    /** Whether a provider that has no inputs counts. */
    public readonly includeEmptyProviders?: boolean,
  ) {}
}

/** A part of a ResourceSet that is applied, and ready, before the next one. */
export interface ResourceSetStep {
  readonly name: string;

  /**
   * Manifests; their strings may hold templates.
   *
   * @default - none
   */
  readonly resources?: { [field: string]: any }[];

  /**
   * A template of YAML documents.
   *
   * @default - none
   */
  readonly resourcesTemplate?: string;

  /**
   * How long the step may take to become ready.
   *
   * @default - that of the ResourceSet, `reconcileTimeout`
   */
  readonly timeout?: Duration;
}
