import { ApiObjectMetadata, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { CompositeResourceDefinition, CompositeScope, CompositeVersion } from './composite-resource-definition';
import { Composition } from './composition';
import { TypedObject } from '../../flux';

export interface CompositeResourceProps {
  /** Defines the kind. */
  readonly definition: CompositeResourceDefinition;

  /**
   * Name, labels and annotations.
   *
   * @default - named like the construct
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * @default - that of its component; none where the kind is one of the cluster
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

/** An object of an API of the platform's own, which synth holds to its schema. */
export class CompositeResource extends TypedObject {
  private readonly props: CompositeResourceProps;
  private readonly version: CompositeVersion;

  /**
   * @param scope the component that the object belongs to
   * @param id name of the construct, and of the object if nothing else is said
   * @param props its kind, its namespace and its spec
   * @throws where the kind has no such version
   */
  constructor(scope: Construct, id: string, props: CompositeResourceProps) {
    const { definition, metadata, namespace } = props;
    const { apiVersion, version } = definition._version(props.version);
    super(scope, id, apiVersion, definition.compositeType.kind, namespace === undefined ? metadata : { ...metadata, namespace });
    this.props = props;
    this.version = version;
    if (definition.scope === CompositeScope.CLUSTER && this.apiObject.metadata.namespace !== undefined) {
      // cdk8s hands the namespace of a component to every object.
      this.apiObject.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    }
  }

  /** @internal */
  protected _spec(): object {
    const { spec, composition } = this.props;
    return { ...spec, crossplane: composition && { compositionRef: { name: composition.name } } };
  }

  /** @internal */
  protected _problems(): string[] {
    const { kind } = this.apiObject;
    const schema = this.version.spec._problems(this.props.spec, 'spec')
      .map(({ given, expected, mend }) => `the ${kind} "${this.name}" ${given}; expected ${expected}: ${mend}.`);
    return [...compositeNameProblem(kind, this.name), ...this.namespaceProblems(), ...schema, ...this.compositionProblems()];
  }

  private namespaceProblems(): string[] {
    const { definition, metadata, namespace = metadata?.namespace } = this.props;
    return definition.scope === CompositeScope.CLUSTER && namespace !== undefined ? [
      `the ${this.apiObject.kind} "${this.name}" is given the namespace "${namespace}", and is an object of the cluster; expected none: leave it out.`,
    ] : [];
  }

  private compositionProblems(): string[] {
    const { definition, composition } = this.props;
    return composition === undefined || composition.definition === definition ? [] : [
      `the ${this.apiObject.kind} "${this.name}" is to be made by the Composition "${composition.name}", which is for ${composition.definition.name}; `
        + `expected one for ${definition.name}: name another, or leave it out.`,
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
