import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { CompositeResourceDefinition, CompositeVersion } from './composite-resource-definition';
import { Composition } from './composition';
import { TypedObject } from '../../flux';

export interface CompositeResourceProps {
  /**
   * Name, labels and annotations.
   *
   * @default - named like the construct
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * @default - that of its component
   */
  readonly namespace?: string;

  /** Its fields, as the schema of the definition has them. */
  readonly spec: { [field: string]: any };

  /**
   * Version of the API.
   *
   * @default - the one that Compositions are for
   */
  readonly version?: string;

  /**
   * The Composition that makes it.
   *
   * @default - the only one that there is for the kind
   */
  readonly composition?: Composition;
}

/** Longest value of a label: what belongs to a composite resource has its name as a label. */
const LONGEST_NAME = 63;

/** An object of an API of the platform's own: `definition.instance(…)` makes it. */
export class CompositeResource extends TypedObject {
  private readonly props: CompositeResourceProps;
  private readonly version: CompositeVersion;

  /**
   * @param definition defines the kind
   */
  constructor(scope: Construct, id: string, definition: CompositeResourceDefinition, props: CompositeResourceProps) {
    const { apiVersion, version } = definition._version(props.version);
    const { metadata, namespace } = props;
    super(scope, id, apiVersion, definition.compositeType.kind, namespace === undefined ? metadata : { ...metadata, namespace });
    this.props = props;
    this.version = version;
  }

  /** @internal */
  protected _spec(): object {
    const { spec, composition } = this.props;
    return { ...spec, crossplane: composition && { compositionRef: { name: composition.name } } };
  }

  /** @internal */
  protected _problems(): string[] {
    const { kind } = this.apiObject;
    return [
      ...compositeNameProblem(kind, this.name),
      ...this.version.spec._problems(this.props.spec, 'spec')
        .map(({ given, expected, mend }) => `the ${kind} "${this.name}" ${given}; expected ${expected}: ${mend}.`),
    ];
  }
}

/** What is wrong with the name of a composite resource. @internal */
export function compositeNameProblem(kind: string, name: string): string[] {
  return name.length <= LONGEST_NAME ? [] : [
    `the ${kind} "${name}" has a name of ${name.length} characters; expected at most ${LONGEST_NAME}, because Crossplane makes a label of it: shorten `
      + 'the name.',
  ];
}
