import { CLOSE, defaultValueProblem, DOLLAR, OPEN, variableNameProblem } from '../synth/substitution';

/** Options of a variable's use. */
export interface VariableOptions {
  /**
   * The value where a cluster does not define the variable, or defines it empty.
   *
   * @default - every cluster that receives the component has to define it
   */
  readonly defaultValue?: string;
}

/**
 * A value that differs between clusters. In a component it stands inside strings, or as a value of its own:
 *
 * ```ts
 * const domain = Variable.of('domain');
 * hostname: `*.${domain}`
 * ```
 *
 * The repository holds `${domain}`, and Flux puts the cluster's value in. What is written without a `Variable` stays text,
 * except that `${domain}` typed by hand counts where the clusters define `domain`.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export class Variable {
  /**
   * A variable of the clusters.
   *
   * @param name letters, digits and underscores, with no digit first
   * @throws where Flux would refuse the name, or could not hold the default
   */
  public static of(name: string, options: VariableOptions = {}): Variable {
    const problem = variableNameProblem(name) ?? (options.defaultValue === undefined ? undefined : defaultValueProblem(options.defaultValue));
    if (problem) {
      throw new Error(problem);
    }
    return new Variable(name, options.defaultValue);
  }

  /**
   * Text that Flux leaves as it is, `${…}` included: a dashboard, a script, a template of another tool.
   *
   * @returns a string for use in a component only; it carries marks that synth takes out
   */
  public static literal(text: string): string {
    return text.replace(/\$/g, DOLLAR);
  }

  private constructor(public readonly name: string, public readonly defaultValue?: string) {}

  /** The variable inside a string. */
  public toString(): string {
    return `${OPEN}${this.name}${this.defaultValue === undefined ? '' : `:=${this.defaultValue}`}${CLOSE}`;
  }

  /** The variable as a value; called by cdk8s. */
  public resolve(): any {
    return this.toString();
  }

  /** The variable in JSON, for strings that the program makes with `JSON.stringify`. */
  public toJSON(): any {
    return this.toString();
  }
}
