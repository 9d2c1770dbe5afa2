import { ApiObject, ApiObjectMetadata, Lazy } from 'cdk8s';
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { provideComments } from '../synth/comments';

/** The namespace that Flux runs in. */
export const FLUX_NAMESPACE = 'flux-system';

/** What can be said of every object of Flux's kinds. */
export interface FluxObjectProps {
  /**
   * Metadata of the object.
   *
   * @default - named like the construct, in the namespace of its component, or in `flux-system` where that has none
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * Whether Flux leaves the object alone.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/** An object of one of Flux's kinds. */
export abstract class FluxObject extends Construct {
  /** The object behind the construct. */
  public readonly apiObject: ApiObject;

  private readonly fieldComments: { [pointer: string]: string } = {};

  protected constructor(scope: Construct, id: string, apiVersion: string, kind: string, metadata: ApiObjectMetadata = {}) {
    super(scope, id);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion,
      kind,
      metadata: { ...metadata, name: metadata.name ?? id, namespace: metadata.namespace ?? Chart.of(this).namespace ?? FLUX_NAMESPACE },
      spec: Lazy.any({ produce: () => this._spec() }),
    });
    provideComments(this.apiObject, () => ({ ...this._comments(), ...this.fieldComments }));
    this.node.addValidation({ validate: () => this._problems() });
  }

  /** Name of the object. */
  public get name(): string {
    return this.apiObject.name;
  }

  /** Namespace of the object. */
  public get namespace(): string {
    return this.apiObject.metadata.namespace!;
  }

  /**
   * Writes a comment behind a field.
   *
   * @param pointer JSON pointer of the field: `/spec/prune`
   * @param text becomes one line
   */
  public addComment(pointer: string, text: string): void {
    this.fieldComments[pointer] = text;
  }

  /** The `spec`, asked for when the object is rendered. @internal */
  protected abstract _spec(): object;

  /** Comments that follow from the construct, by JSON pointer. @internal */
  protected _comments(): Record<string, string> {
    return {};
  }

  /** What is wrong with the object, a sentence each. @internal */
  protected _problems(): string[] {
    return [];
  }
}
