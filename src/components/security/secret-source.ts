import { Construct } from 'constructs';
import { ExternalSecret, ISecretReference } from './external-secret';
import { ISecretStore } from './secret-store';

/** What a component needs of a Secret. @internal */
export interface SecretNeed {
  /** Name that the Secret gets where the component makes it. */
  readonly name: string;
  /** Keys that the component reads. */
  readonly keys: readonly string[];
  /** Labels that it has to have. */
  readonly labels?: { [label: string]: string };
  /** Namespace, where it is not the component's. */
  readonly namespace?: string;
}

/** Where a component has a Secret from. No value of it is ever in the repository. */
export class SecretSource {
  /**
   * Values of a store, one for each key: the component makes an ExternalSecret.
   *
   * @param store the store
   * @param data keys of the Secret, and where each value is in the store: `path`, or `path#property`
   */
  public static fromStore(store: ISecretStore, data: { [key: string]: string }): SecretSource {
    return new SecretSource(() => Object.keys(data), { store, data });
  }

  /**
   * A value of a store that is a JSON object: the component makes an ExternalSecret that takes over each of its properties as a key.
   *
   * @param store the store
   * @param path path of the value
   */
  public static extractFromStore(store: ISecretStore, path: string): SecretSource {
    return new SecretSource(() => undefined, { store, extract: [path] });
  }

  /** A Secret that the program makes, in the namespace of the component: an `ExternalSecret` for example. */
  public static fromSecret(secret: ISecretReference): SecretSource {
    return new SecretSource(() => secret.secretKeys, undefined, () => secret.secretName);
  }

  /** A Secret that something else makes, in the namespace of the component. Say it with `cluster.assume(…)`. */
  public static fromName(secretName: string): SecretSource {
    return new SecretSource(() => undefined, undefined, () => secretName);
  }

  private constructor(
    private readonly keys: () => string[] | undefined,
    /** What an ExternalSecret is made of; none where the Secret is there. */
    private readonly values?: { readonly store: ISecretStore; readonly data?: { [key: string]: string }; readonly extract?: string[] },
    private readonly existing?: () => string,
  ) {}

  /** The name of the Secret, where it is to be `name` if it is made; for what is written before there is a scope to make it in. @internal */
  public _nameOf(name: string): string {
    return this.existing?.() ?? name;
  }

  /**
   * The name of the Secret, which is made in the scope where it has to be.
   *
   * @throws where it is known to lack a key that is needed
   * @internal
   */
  public _bind(scope: Construct, id: string, need: SecretNeed): string {
    const keys = this.keys();
    const missing = keys && need.keys.filter(key => !keys.includes(key));
    if (missing && missing.length > 0) {
      throw new Error(`${scope.node.path} needs the ${missing.length === 1 ? 'key' : 'keys'} ${missing.join(', ')} in its Secret "${need.name}", which has `
        + `${keys.join(', ') || 'none'}; expected ${need.keys.join(', ')}: name each of them.`);
    }
    const { name, labels, namespace } = need;
    if (this.values) {
      new ExternalSecret(scope, id, { metadata: { name, namespace }, secretLabels: labels, ...this.values });
    }
    return this._nameOf(name);
  }
}
