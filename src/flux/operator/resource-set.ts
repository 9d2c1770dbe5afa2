import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { celSyntaxError } from '../../synth/cel';
import { commonMetadataField } from '../common-fields';
import { dependencyComments } from '../dependency';
import { goDuration } from '../duration';
import { FluxObject } from '../flux-object';
import { operatorMetadata } from './operator-metadata';
import { OperatorOptions } from './operator-options';
import { filled, labelSelectorFields, list } from '../reference';
import { ResourceSetDependency, ResourceSetInputSource, ResourceSetInputStrategy, ResourceSetStep } from './resource-set-options';
import { labelNameProblem } from '../../synth/kubernetes-names';
import { CommonMetadata } from '../common-metadata';

export interface ResourceSetProps extends OperatorOptions {
  /**
   * Metadata of the object.
   *
   * @default - named like the construct, in the namespace of its component, or in `flux-system` where that has none
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * Objects that have to exist, or be ready, first.
   *
   * @default - none
   */
  readonly dependsOn?: ResourceSetDependency[];

  /**
   * ServiceAccount of the same namespace that the operator acts as.
   *
   * @default - the operator's own
   */
  readonly serviceAccountName?: string;

  /**
   * Whether the ResourceSet is ready only once everything that it applied is. Steps are waited for in any case.
   *
   * @default false
   */
  readonly wait?: boolean;

  /**
   * Labels and annotations for every object.
   *
   * @default - none
   */
  readonly commonMetadata?: CommonMetadata;

  /**
   * How the inputs of several providers come together.
   *
   * @default ResourceSetInputStrategy.flatten()
   */
  readonly inputStrategy?: ResourceSetInputStrategy;

  /**
   * Sets of values; the resources are made once from each.
   *
   * @default - none
   */
  readonly inputs?: { [name: string]: any }[];

  /**
   * Providers of further sets of values.
   *
   * @default - none
   */
  readonly inputsFrom?: ResourceSetInputSource[];

  /**
   * Manifests; their strings may hold templates, such as `<< inputs.tenant >>`.
   *
   * @default - none
   */
  readonly resources?: { [field: string]: any }[];

  /**
   * A template of YAML documents, for what needs conditions and loops.
   *
   * @default - none
   */
  readonly resourcesTemplate?: string;

  /**
   * Parts that are applied one after the other, instead of `resources` and `resourcesTemplate`. There may be 20.
   *
   * @default - none
   */
  readonly steps?: ResourceSetStep[];
}

/**
 * Objects that the Flux Operator makes from templates, once for each set of inputs.
 *
 * @see https://fluxoperator.dev/docs/crd/resourceset/
 */
export class ResourceSet extends FluxObject {
  private readonly props: ResourceSetProps;
  private readonly dependencies: ResourceSetDependency[];
  private readonly inputs: { [name: string]: any }[];
  private readonly resources: { [field: string]: any }[];
  private readonly steps: ResourceSetStep[];

  constructor(scope: Construct, id: string, props: ResourceSetProps) {
    super(scope, id, 'fluxcd.controlplane.io/v1', 'ResourceSet', operatorMetadata(props));
    this.props = props;
    this.dependencies = [...props.dependsOn ?? []];
    this.inputs = [...props.inputs ?? []];
    this.resources = [...props.resources ?? []];
    this.steps = [...props.steps ?? []];
  }

  /** Waits for further objects before anything is applied. */
  public addDependency(...dependencies: ResourceSetDependency[]): void {
    this.dependencies.push(...dependencies);
  }

  /** Makes the resources from a further set of values. */
  public addInput(input: { [name: string]: any }): void {
    this.inputs.push(input);
  }

  /** Adds a manifest; its strings may hold templates. */
  public addResource(resource: { [field: string]: any }): void {
    this.resources.push(resource);
  }

  /** Adds a part that is applied after the ones before it. */
  public addStep(step: ResourceSetStep): void {
    this.steps.push(step);
  }

  /** @internal */
  protected _comments(): Record<string, string> {
    return dependencyComments(this.dependencies.map(({ _options }) => _options));
  }

  /** @internal */
  protected _spec(): object {
    const { serviceAccountName, wait, inputStrategy, inputsFrom, resourcesTemplate, ...props } = this.props;
    return {
      dependsOn: list(this.dependencies, ({ _object, _options: { ready, readyExpr } }) => {
        const { apiVersion, kind, name, namespace } = _object();
        return { apiVersion, kind, name, namespace, ready: ready ?? (readyExpr === undefined ? undefined : true), readyExpr };
      }),
      serviceAccountName,
      wait,
      commonMetadata: commonMetadataField(props.commonMetadata),
      inputStrategy: inputStrategy && { name: inputStrategy.name, includeEmptyProviders: inputStrategy.includeEmptyProviders },
      inputs: filled(this.inputs),
      inputsFrom: list(inputsFrom, ({ _name, _selector }) => ({
        apiVersion: 'fluxcd.controlplane.io/v1',
        kind: 'ResourceSetInputProvider',
        name: _name(),
        selector: _selector && labelSelectorFields(_selector),
      })),
      resources: filled(this.resources),
      resourcesTemplate,
      steps: list(this.steps, step => ({
        name: step.name,
        timeout: step.timeout && goDuration(step.timeout),
        resources: filled(step.resources),
        resourcesTemplate: step.resourcesTemplate,
      })),
    };
  }

  /** @internal */
  protected _problems(): string[] {
    return [
      ...this.dependencies.flatMap(dependencyProblems),
      ...contentProblems(this.resources.length > 0 || this.props.resourcesTemplate !== undefined, this.steps.length > 0),
      ...stepsProblems(this.steps),
    ];
  }
}

function dependencyProblems({ _object, _options: { ready, readyExpr } }: ResourceSetDependency): string[] {
  const { kind, name } = _object();
  const error = readyExpr === undefined ? undefined : celSyntaxError(readyExpr);
  return [
    ...error === undefined ? [] : [
      `the ready expression for its dependency ${kind} "${name}" is "${readyExpr}", which does not parse (${error}); `
      + 'expected an expression in CEL such as status.phase == \'Bound\': correct it.',
    ],
    ...readyExpr === undefined || ready !== false ? [] : [
      `says when its dependency ${kind} "${name}" is ready, and that it does not have to be; expected one of the two: leave out ready or readyExpr.`,
    ],
  ];
}

function contentProblems(hasResources: boolean, hasSteps: boolean): string[] {
  if (hasResources && hasSteps) {
    return ['has steps and, beside them, resources or a resourcesTemplate; expected one of the two: move the resources to a step.'];
  }
  return hasResources || hasSteps ? [] : ['has nothing to apply; expected resources, a resourcesTemplate or steps: add one.'];
}

const MOST_STEPS = 20;

function stepsProblems(steps: readonly ResourceSetStep[]): string[] {
  const names = steps.map(({ name }) => name);
  const repeated = new Set(names.filter((name, i) => names.indexOf(name) !== i));
  return [
    ...steps.length <= MOST_STEPS ? [] : [`has ${steps.length} steps; expected at most ${MOST_STEPS}: put some of them together.`],
    ...[...repeated].map(name => `has more than one step named "${name}"; expected every name once: rename one of them.`),
    ...names.flatMap(name => labelNameProblem('a step', name) ?? []),
    ...steps.filter(({ resources = [], resourcesTemplate }) => resources.length === 0 && resourcesTemplate === undefined)
      .map(({ name }) => `has the step "${name}", which applies nothing; expected resources or a resourcesTemplate in it: add one, or take the step away.`),
  ];
}
