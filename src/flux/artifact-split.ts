import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { FluxInstance } from './operator/flux-instance';
import { FluxComponent } from './operator/flux-instance-options';
import { ArtifactGenerator, ArtifactSource } from './source/artifact-generator';
import { ISource } from './source/source';

export interface ArtifactSplitProps {
  /**
   * Metadata of the ArtifactGenerator. Its namespace is that of the artifacts, too.
   *
   * @default - named like the construct, in the namespace of its component, or in `flux-system` where that has none
   */
  readonly metadata?: ApiObjectMetadata;

  /** The repository. */
  readonly source: ISource;

  /** Its top-level folders that become artifacts of their names. Where one does not exist, it and those after it are not made. */
  readonly areas: string[];

  /**
   * The FluxInstance that installs Flux; gets source-watcher, and with it the feature gate.
   *
   * @default - none: Flux is installed with it by other means
   */
  readonly instance?: FluxInstance;
}

/**
 * Gives every area of a repository an ExternalArtifact of its own, so that a commit is applied by the Kustomizations of the
 * areas that it changed and by no other. Paths stay what they are in the repository: that of a Kustomization is
 * `./infrastructure/base/cilium` with either source. An area's files can refer to files of the same area only.
 *
 * With one source, a Kustomization that depends on another waits until that one has applied the same commit. Between different
 * sources there is no such barrier: `dependsOn` waits until the other is ready, with whichever revision. A commit that changes
 * two areas may be applied in either order; the summary of the platform tells which dependencies are of that kind.
 *
 * It needs Flux's source-watcher, and the controllers that read the artifacts need the feature gate `ExternalArtifact`. A
 * FluxInstance switches the gate on when source-watcher is among its components.
 *
 * @see https://fluxcd.io/flux/components/source/artifactgenerators/#source-decomposition-example
 */
export class ArtifactSplit extends Construct {
  /** What makes the artifacts. */
  public readonly generator: ArtifactGenerator;

  constructor(scope: Construct, id: string, props: ArtifactSplitProps) {
    super(scope, id);
    props.instance?.addComponent(FluxComponent.SOURCE_WATCHER);
    this.generator = new ArtifactGenerator(this, 'Resource', {
      metadata: { ...props.metadata, name: props.metadata?.name ?? id },
      sources: [ArtifactSource.of('repo', props.source)],
      artifacts: props.areas.map(area => ({
        name: area,
        originRevision: '@repo',
        copy: [{ from: `@repo/${area}/**`, to: `@artifact/${area}/` }],
      })),
    });
  }

  /**
   * The source of an area.
   *
   * @throws where it is none of the areas
   */
  public artifact(area: string): ISource {
    return this.generator.artifact(area);
  }
}
