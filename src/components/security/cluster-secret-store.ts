import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { ISecretStore } from './secret-store';
import { SecretStoreProvider } from './secret-store-provider';
import { TypedObject } from '../../flux';

export interface ClusterSecretStoreProps {
  /**
   * @default - named like the construct
   */
  readonly metadata?: ApiObjectMetadata;

  /** Where the values are. */
  readonly provider: SecretStoreProvider;

  /**
   * Namespaces whose ExternalSecrets may read from it.
   *
   * @default - every one
   */
  readonly namespaces?: string[];
}

/**
 * A store of secrets that the ExternalSecrets of every namespace can read from.
 *
 * @see https://external-secrets.io/latest/api/clustersecretstore/
 */
export class ClusterSecretStore extends TypedObject implements ISecretStore {
  /** A store that the program does not make. */
  public static fromName(name: string): ISecretStore {
    return { secretStoreName: name, secretStoreKind: 'ClusterSecretStore' };
  }

  public readonly secretStoreKind = 'ClusterSecretStore';

  private readonly props: ClusterSecretStoreProps;

  constructor(scope: Construct, id: string, props: ClusterSecretStoreProps) {
    super(scope, id, 'external-secrets.io/v1', 'ClusterSecretStore', props.metadata);
    this.props = props;
  }

  public get secretStoreName(): string {
    return this.name;
  }

  /** @internal */
  protected _spec(): object {
    return {
      provider: this.props.provider._toJson(),
      conditions: this.props.namespaces && [{ namespaces: this.props.namespaces }],
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { namespaces, provider } = this.props;
    const start = `the ClusterSecretStore "${this.name}"`;
    return [
      ...namespaces?.length === 0 ? [`${start} is for no namespace; expected at least one: name it, or leave namespaces out for every one.`] : [],
      ...provider._problems(start),
    ];
  }
}
