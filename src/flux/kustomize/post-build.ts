/** What a variable source may say of itself. */
export interface VariableSourceOptions {
  /**
   * Whether the build goes on where the object does not exist.
   *
   * @default - not written; Flux fails the build
   */
  readonly optional?: boolean;

  /**
   * Names of the variables that the object holds, for an object that the program does not make. What is not named here
   * counts as undefined.
   *
   * @default - none
   */
  readonly variables?: string[];
}

/**
 * A ConfigMap or Secret that gives variables their values. It lives in the namespace of the Kustomization. Where two
 * sources give the same variable, the later one wins; a value written inline (`substitute`) beats both.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export class VariableSource {
  public static configMap(name: string, options: VariableSourceOptions = {}): VariableSource {
    return new VariableSource('ConfigMap', name, options.variables ?? [], options.optional);
  }

  /** The values of a Secret; written with `stringData`, or by the External Secrets Operator. */
  public static secret(name: string, options: VariableSourceOptions = {}): VariableSource {
    return new VariableSource('Secret', name, options.variables ?? [], options.optional);
  }

  private constructor(
    /** `ConfigMap` or `Secret`. */
    public readonly kind: string,
    public readonly name: string,
    /** Names of the variables that it is known to hold. */
    public readonly variables: string[],
    public readonly optional?: boolean,
  ) {}
}

/** Which objects Flux substitutes variables in. */
export enum SubstituteStrategy {
  /** Only where at least one variable is defined. */
  WITH_VARIABLES = 'WithVariables',
  /** Always, so that defaults apply and escapes are removed without any variable. */
  ALWAYS = 'Always',
}

/** What happens to the built manifests before they are applied. */
export interface PostBuild {
  /**
   * Values of variables, by name. They win over every source.
   *
   * @default - none
   */
  readonly substitute?: { [name: string]: string };

  /**
   * Where further values come from.
   *
   * @default - none
   */
  readonly substituteFrom?: VariableSource[];

  /**
   * When Flux substitutes. Needs Flux 2.9.
   *
   * @default - not written; Flux substitutes where at least one variable is defined
   */
  readonly substituteStrategy?: SubstituteStrategy;
}
