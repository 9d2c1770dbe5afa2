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
}
