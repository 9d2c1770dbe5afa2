import { ApiObject, ApiObjectMetadata, Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { provideComments } from '../synth/comments';

/** An object of the repository whose fields have props, and whose mistakes are told at synth. */
export abstract class TypedObject extends Construct {
  /** The object behind the construct. */
  public readonly apiObject: ApiObject;

  private readonly fieldComments: { [pointer: string]: string } = {};

  /**
   * @param apiVersion `group/version`
   * @param kind the kind
   * @param metadata named like the construct, in the namespace of its component, if it says nothing else
   * @param field the field that holds what the construct says: `spec` if nothing is said
   */
  protected constructor(scope: Construct, id: string, apiVersion: string, kind: string, metadata: ApiObjectMetadata = {}, field = 'spec') {
    super(scope, id);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion,
      kind,
      metadata: { ...metadata, name: metadata.name ?? id, namespace: metadata.namespace ?? Chart.of(this).namespace },
      [field]: Lazy.any({ produce: () => this._spec() }),
    });
    provideComments(this.apiObject, () => ({ ...this._comments(), ...this.fieldComments }));
    this.node.addValidation({ validate: () => this._problems() });
  }

  /** Name of the object. */
  public get name(): string {
    return this.apiObject.name;
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

  /** What the object says, asked for when it is rendered. @internal */
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
