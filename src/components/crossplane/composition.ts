import { ApiObjectMetadata } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { CompositeResourceDefinition } from './composite-resource-definition';
import { CompositionStep } from './composition-step';
import { CrossplaneFunction } from './crossplane-function';
import { ManagedResource } from './managed-resource';
import { TypedObject } from '../../flux';

const COMPOSITION = Symbol.for('cdk8s-strata.Composition');

/** A managed resource of AWS in the text of a step. */
const AWS_API = /\b([a-z0-9]+\.aws\.m\.upbound\.io)\/v/g;

/** By which a template says itself whether a resource is ready. */
const READY_ANNOTATION = 'gotemplating.fn.crossplane.io/ready';

export interface CompositionProps {
  /**
   * Name, labels and annotations.
   *
   * @default - named like the definition of the kind
   */
  readonly metadata?: ApiObjectMetadata;

  /** Defines the kind that it is for. */
  readonly definition: CompositeResourceDefinition;

  /** Its steps, in order. Of the resources that a template makes, one of them has to say when they are ready: `CompositionStep.autoReady()`. */
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
    const metadata = { ...props.metadata, name: props.metadata?.name ?? props.definition.name };
    super(scope, id, 'apiextensions.crossplane.io/v1', 'Composition', metadata);
    Object.defineProperty(this, COMPOSITION, { value: true });
    this.props = props;
  }

  /** Defines the kind that it is for. */
  public get definition(): CompositeResourceDefinition {
    return this.props.definition;
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
    const { definition, steps } = this.props;
    return { compositeTypeRef: definition.compositeType, mode: 'Pipeline', pipeline: steps.map(step => step._toJson()) };
  }

  /** @internal */
  protected _problems(): string[] {
    const names = this.props.steps.map(step => step.name);
    const repeated = new Set(names.filter((name, i) => names.indexOf(name) < i));
    return [
      ...names.length > 0 ? [] : ['has no step; expected at least one: add it to steps.'],
      ...[...repeated].map(name => `has two steps "${name}"; expected every name once: rename one of them.`),
      ...this.undeclaredGroups().map(group =>
        `makes resources of ${group} and does not say which; expected each kind in composes, because no other is active: name them.`),
      ...this.neverReady() ? ['makes resources that no step calls ready, and nothing that is made of it would become ready; expected a step that does: '
        + 'add CompositionStep.autoReady() as the last one.'] : [],
    ].map(problem => `the Composition "${this.name}" ${problem}`);
  }

  /** API groups of AWS that the steps name, and of which no kind is composed. */
  private undeclaredGroups(): string[] {
    const told = JSON.stringify(this.props.steps.map(step => step._toJson().input ?? {}));
    const groups = new Set([...told.matchAll(AWS_API)].map(([, group]) => group));
    return [...groups].filter(group => !this.composes.some(resource => resource.group === group));
  }

  /** Whether a template's resources stay unready: Crossplane calls none of them ready that no function does. */
  private neverReady(): boolean {
    const functions = this.props.steps.map(({ runs }) => runs.name);
    const { GO_TEMPLATING, ENVIRONMENT_CONFIGS } = CrossplaneFunction;
    const last = functions.lastIndexOf(GO_TEMPLATING.name);
    const judges = functions.slice(last + 1).some(name => name !== ENVIRONMENT_CONFIGS.name);
    return last >= 0 && !judges && !JSON.stringify(this.props.steps[last]._toJson().input).includes(READY_ANNOTATION);
  }
}
