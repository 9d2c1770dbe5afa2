import { ApiObject, ApiObjectMetadata, Lazy, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { FLUX_NAMESPACE } from './flux-namespace';
import { provideComments } from '../synth/comments';

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
