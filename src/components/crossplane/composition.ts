import { ApiObjectMetadata } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { CompositeResourceDefinition } from './composite-resource-definition';
import { CompositionStep } from './composition-step';
import { ManagedResource } from './managed-resource';
import { TypedObject } from '../../flux';

const COMPOSITION = Symbol.for('cdk8s-strata.Composition');

/** A managed resource of AWS in the text of a step. */
const AWS_API = /\b([a-z0-9]+\.aws\.m\.upbound\.io)\/v/g;

export interface CompositionProps {
  /**
   * @default - named like the definition of the kind
   */
  readonly metadata?: ApiObjectMetadata;

  /** Defines the kind that it is for. */
  readonly definition: CompositeResourceDefinition;

  /** Its steps, in order. */
  readonly steps: CompositionStep[];

  /**
   * The managed resources that the steps make. `CrossplaneProviders` activates them.
   *
   * @default - none
   */
  readonly composes?: ManagedResource[];
}

/**
 * What is made of the objects of an API of the platform's own.
 *
 * @see https://docs.crossplane.io/latest/composition/compositions/
 */
export class Composition extends TypedObject {
  /** Whether a construct is a Composition. */
  public static isComposition(construct: IConstruct): construct is Composition {
    return COMPOSITION in construct;
  }

  private readonly props: CompositionProps;

  constructor(scope: Construct, id: string, props: CompositionProps) {
    super(scope, id, 'apiextensions.crossplane.io/v1', 'Composition', { ...props.metadata, name: props.metadata?.name ?? props.definition.name });
    Object.defineProperty(this, COMPOSITION, { value: true });
    this.props = props;
  }

  /** The managed resources that it makes. */
  public get composes(): ManagedResource[] {
    return [...this.props.composes ?? []];
  }

  /** Its steps. */
  public get steps(): CompositionStep[] {
    return [...this.props.steps];
  }

  /** @internal */
  protected _spec(): object {
    return { compositeTypeRef: this.props.definition.compositeType, mode: 'Pipeline', pipeline: this.props.steps.map(step => step._toJson()) };
  }

  /** @internal */
  protected _problems(): string[] {
    const names = this.props.steps.map(step => step.name);
    const repeated = new Set(names.filter((name, i) => names.indexOf(name) < i));
    const told = JSON.stringify(this.props.steps.map(step => step._toJson().input ?? {}));
    const groups = new Set([...told.matchAll(AWS_API)].map(([, group]) => group));
    return [
      ...names.length > 0 ? [] : [`the Composition "${this.name}" has no step; expected at least one: add it to steps.`],
      ...[...repeated].map(name => `the Composition "${this.name}" has two steps "${name}"; expected every name once: rename one of them.`),
      ...[...groups].filter(group => !this.composes.some(resource => resource.group === group)).map(group =>
        `the Composition "${this.name}" makes resources of ${group} and does not say which; expected each kind in composes, because no other is active: `
        + 'name them.'),
    ];
  }
}
