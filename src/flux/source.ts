/** The kinds of source that a Kustomization reads. */
export enum SourceKind {
  GIT_REPOSITORY = 'GitRepository',
  OCI_REPOSITORY = 'OCIRepository',
  BUCKET = 'Bucket',
  /** Needs the controllers' feature gate `ExternalArtifact`. */
  EXTERNAL_ARTIFACT = 'ExternalArtifact',
}

/** What Flux fetches the manifests from. */
export interface ISource {
  /** Kind of the source. */
  readonly sourceKind: SourceKind;

  /** Name of the source. */
  readonly sourceName: string;

  /**
   * Namespace of the source.
   *
   * @default - the namespace of the object that refers to it
   */
  readonly sourceNamespace?: string;
}

/**
 * A source that exists on the cluster, by its name: made by the bootstrap, or by an object of the repository.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#source-reference
 */
export class Source implements ISource {
  /** A GitRepository. */
  public static fromGitRepositoryName(name: string, namespace?: string): Source {
    return new Source(SourceKind.GIT_REPOSITORY, name, namespace);
  }

  /** An OCIRepository. */
  public static fromOciRepositoryName(name: string, namespace?: string): Source {
    return new Source(SourceKind.OCI_REPOSITORY, name, namespace);
  }

  /** A Bucket. */
  public static fromBucketName(name: string, namespace?: string): Source {
    return new Source(SourceKind.BUCKET, name, namespace);
  }

  /** An ExternalArtifact. The controllers read it only with the feature gate `ExternalArtifact`. */
  public static fromExternalArtifactName(name: string, namespace?: string): Source {
    return new Source(SourceKind.EXTERNAL_ARTIFACT, name, namespace);
  }

  private constructor(
    public readonly sourceKind: SourceKind,
    public readonly sourceName: string,
    public readonly sourceNamespace?: string,
  ) {}
}
