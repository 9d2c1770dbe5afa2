import { IChartArtifact, ISource, Source } from './source';
import { SourceReference } from '../source-reference';

/** An ExternalArtifact, which a controller makes. */
export interface IExternalArtifact extends ISource, IChartArtifact {
  readonly externalArtifactName: string;
}

/**
 * What a controller other than Flux's source-controller has made of its sources: an `ArtifactGenerator`'s, or one of a third
 * party. No one writes it, so it is known by its name. The controllers read it only with the feature gate `ExternalArtifact`.
 *
 * @see https://fluxcd.io/flux/components/source/externalartifacts/
 */
export class ExternalArtifact implements IExternalArtifact {
  /** The ExternalArtifact of this name. */
  public static fromName(name: string, namespace?: string): ExternalArtifact {
    return new ExternalArtifact(Source.externalArtifact(name, namespace).sourceReference);
  }

  private constructor(public readonly sourceReference: SourceReference) {}

  public get externalArtifactName(): string {
    return this.sourceReference.name;
  }

  public get chartReference(): SourceReference {
    return this.sourceReference;
  }
}
