/** Kinds that an Alert can listen to and a Receiver can have reconciled. */
export enum FluxKind {
  ARTIFACT_GENERATOR = 'ArtifactGenerator',
  BUCKET = 'Bucket',
  EXTERNAL_ARTIFACT = 'ExternalArtifact',
  GIT_REPOSITORY = 'GitRepository',
  HELM_CHART = 'HelmChart',
  HELM_RELEASE = 'HelmRelease',
  HELM_REPOSITORY = 'HelmRepository',
  IMAGE_POLICY = 'ImagePolicy',
  IMAGE_REPOSITORY = 'ImageRepository',
  IMAGE_UPDATE_AUTOMATION = 'ImageUpdateAutomation',
  KUSTOMIZATION = 'Kustomization',
  OCI_REPOSITORY = 'OCIRepository',
}

/** What narrows down which objects of a kind are meant. */
export interface ObjectSelectionOptions {
  /**
   * Their namespace; `*` stands for nothing here.
   *
   * @default - the namespace of the object that selects
   */
  readonly namespace?: string;

  /**
   * Labels that they have.
   *
   * @default - any
   */
  readonly matchLabels?: { [label: string]: string };

  /**
   * Version of their API.
   *
   * @default - the one that Flux serves for the kind
   */
  readonly apiVersion?: string;
}
