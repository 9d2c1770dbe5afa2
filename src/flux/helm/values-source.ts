/** What is taken of a ConfigMap or Secret, and where in the values it goes. */
export interface ValuesSourceOptions {
  /**
   * The key that holds the values.
   *
   * @default - `values.yaml`
   */
  readonly valuesKey?: string;

  /**
   * Path in the values at which the text of the key is put, for example `tls.crt`. There it wins over everything, the values of
   * the HelmRelease included.
   *
   * @default - none: the key holds YAML, which is merged into the values
   */
  readonly targetPath?: string;

  /**
   * Whether the release goes on where the object does not exist.
   *
   * @default false
   */
  readonly optional?: boolean;

  /**
   * Whether the text is put at `targetPath` as it is, without Helm's reading of commas, dots and brackets in it. Needs Flux 2.9.
   *
   * @default false
   */
  readonly literal?: boolean;
}

/**
 * A ConfigMap or Secret with values for a chart, in the namespace of the HelmRelease. A later one wins over an earlier one, and the
 * values of the HelmRelease over them all.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#values-references
 */
export class ValuesSource {
  public static configMap(name: string, options: ValuesSourceOptions = {}): ValuesSource {
    return new ValuesSource('ConfigMap', name, options);
  }

  public static secret(name: string, options: ValuesSourceOptions = {}): ValuesSource {
    return new ValuesSource('Secret', name, options);
  }

  private constructor(
    /** `ConfigMap` or `Secret`. */
    public readonly kind: string,
    public readonly name: string,
    /** What is taken of it. */
    public readonly options: ValuesSourceOptions,
  ) {}
}
