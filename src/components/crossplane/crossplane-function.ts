import { IConstruct } from 'constructs';
import { System } from '../system';

/** A function of Crossplane: a program that a step of a Composition runs. */
export class CrossplaneFunction {
  /**
   * Calls the composite resource ready once everything that it is composed of is.
   *
   * @see https://github.com/crossplane-contrib/function-auto-ready
   */
  public static readonly AUTO_READY = CrossplaneFunction.ofSystem(System.CROSSPLANE_FUNCTION_AUTO_READY, 'function-auto-ready');

  /**
   * Gives the steps after it what EnvironmentConfigs hold.
   *
   * @see https://github.com/crossplane-contrib/function-environment-configs
   */
  public static readonly ENVIRONMENT_CONFIGS =
    CrossplaneFunction.ofSystem(System.CROSSPLANE_FUNCTION_ENVIRONMENT_CONFIGS, 'function-environment-configs');

  /**
   * Composes what Go templates say.
   *
   * @see https://github.com/crossplane-contrib/function-go-templating
   */
  public static readonly GO_TEMPLATING = CrossplaneFunction.ofSystem(System.CROSSPLANE_FUNCTION_GO_TEMPLATING, 'function-go-templating');

  /**
   * Another function.
   *
   * @param name name of the Function
   * @param functionPackage its package with registry and version: `xpkg.crossplane.io/crossplane-contrib/function-kcl:v0.12.1`
   */
  public static fromPackage(name: string, functionPackage: string): CrossplaneFunction {
    return new CrossplaneFunction(name, () => functionPackage);
  }

  private static ofSystem(system: System, name: string): CrossplaneFunction {
    return new CrossplaneFunction(name, scope => system.package(scope, name));
  }

  private constructor(
    /** Name of the Function. */
    public readonly name: string,
    /** Its package in a platform. @internal */
    public readonly _packageIn: (scope: IConstruct) => string,
  ) {}
}
