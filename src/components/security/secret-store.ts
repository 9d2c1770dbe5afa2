/** A store that ExternalSecrets read from. */
export interface ISecretStore {
  /** Name of the store. */
  readonly secretStoreName: string;

  /** `ClusterSecretStore`, or `SecretStore` for one of the same namespace. */
  readonly secretStoreKind: string;
}
