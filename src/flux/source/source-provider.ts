/** How Flux authenticates to a registry or a bucket. */
export enum SourceProvider {
  /** With the credentials in the Secret, or with none. */
  GENERIC = 'generic',
  /** With the identity of the controller or of a ServiceAccount, as the other two. */
  AWS = 'aws',
  AZURE = 'azure',
  GCP = 'gcp',
}
