import { CrossplaneFunction } from './crossplane-function';
import { EnvironmentConfig } from './environment-config';
import { Variable } from '../../platform';

/** A step of a Composition: a function, and what it is told. */
export class CompositionStep {
  /**
   * Composes what Go templates say: YAML documents, each with an annotation that names it among the composed ones,
   * `{{ setResourceNameAnnotation "bucket" }}`.
   *
   * @param template the template; `$` is left as it is, a `Variable` in it is replaced
   * @see https://github.com/crossplane-contrib/function-go-templating
   */
  public static goTemplate(template: string, name: string = 'resources'): CompositionStep {
    return CompositionStep.run(CrossplaneFunction.GO_TEMPLATING, name, {
      apiVersion: 'gotemplating.fn.crossplane.io/v1beta1',
      kind: 'GoTemplate',
      source: 'Inline',
      inline: { template: Variable.literal(template) },
    });
  }

  /**
   * Gives the steps after it what EnvironmentConfigs hold; of two with the same field the later one counts.
   *
   * @see https://github.com/crossplane-contrib/function-environment-configs
   */
  public static environmentConfigs(configs: EnvironmentConfig[], name: string = 'environment'): CompositionStep {
    return CompositionStep.run(CrossplaneFunction.ENVIRONMENT_CONFIGS, name, {
      apiVersion: 'environmentconfigs.fn.crossplane.io/v1beta1',
      kind: 'Input',
      spec: { environmentConfigs: configs.map(config => ({ type: 'Reference', ref: { name: config.name } })) },
    });
  }

  /** Calls the composite resource ready once everything that it is composed of is. Comes last. */
  public static autoReady(name: string = 'ready'): CompositionStep {
    return CompositionStep.run(CrossplaneFunction.AUTO_READY, name);
  }

  /**
   * Any function.
   *
   * @param runs the function
   * @param name name of the step
   * @param input what the function is told, as its documentation has it
   */
  public static run(runs: CrossplaneFunction, name: string, input?: { [key: string]: any }): CompositionStep {
    return new CompositionStep(runs, name, input);
  }

  private constructor(
    /** The function. */
    public readonly runs: CrossplaneFunction,
    /** Name of the step. */
    public readonly name: string,
    private readonly input?: { [key: string]: any },
  ) {}

  /** As a Composition has it. @internal */
  public _toJson(): any {
    return { step: this.name, functionRef: { name: this.runs.name }, input: this.input };
  }
}
