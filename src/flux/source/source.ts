import { SourceReference } from '../source-reference';

/** What a Kustomization can read: a GitRepository, an OCIRepository, a Bucket, or an ExternalArtifact. */
export interface ISource {
  readonly sourceReference: SourceReference;
}

/** What a chart can be taken from by its name: a HelmRepository, a GitRepository, or a Bucket. */
export interface IChartSource {
  readonly chartSourceReference: SourceReference;
}

/** What is a chart by itself: an OCIRepository, a HelmChart, or an ExternalArtifact. */
export interface IChartArtifact {
  readonly chartReference: SourceReference;
}

/**
 * A source that exists on the cluster without being made by the program: by the bootstrap, for example.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#source-reference
 */
export class Source implements ISource {
  /** A GitRepository. */
  public static git(name: string, namespace?: string): Source {
    return new Source({ kind: 'GitRepository', name, namespace });
  }

  /** An OCIRepository. */
  public static oci(name: string, namespace?: string): Source {
    return new Source({ kind: 'OCIRepository', name, namespace });
  }

  /** A Bucket. */
  public static bucket(name: string, namespace?: string): Source {
    return new Source({ kind: 'Bucket', name, namespace });
  }

  /** An ExternalArtifact. The controllers read it only with the feature gate `ExternalArtifact`. */
  public static externalArtifact(name: string, namespace?: string): Source {
    return new Source({ apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'ExternalArtifact', name, namespace });
  }

  private constructor(public readonly sourceReference: SourceReference) {}
}
