/** Access to a remote cluster. */
export class KubeConfig {
  /**
   * A kubeconfig in a Secret.
   *
   * @param name the Secret, in the namespace of the object that names it
   * @param key the key that holds it; Flux looks at `value` and then `value.yaml` without one
   */
  public static fromSecret(name: string, key?: string): KubeConfig {
    return new KubeConfig(name, key, undefined);
  }

  /** Provider, cluster and address in a ConfigMap; the access itself is the workload identity of the controller. */
  public static fromConfigMap(name: string): KubeConfig {
    return new KubeConfig(undefined, undefined, name);
  }

  private constructor(
    public readonly secretName?: string,
    public readonly secretKey?: string,
    public readonly configMapName?: string,
  ) {}
}
