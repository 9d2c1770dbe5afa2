import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { generatorProblems, givesArtifact } from './artifact-problems';
import { commonMetadataField } from '../common-fields';
import { ExternalArtifact, IExternalArtifact } from './external-artifact';
import { FluxObject } from '../flux-object';
import { IHelmChart } from './helm-chart';
import { CommonMetadata } from '../common-metadata';
import { filled } from '../reference';
import { ISource } from './source';
import { SourceReference } from '../source-reference';
import { either } from './source-problems';

/** A source of an ArtifactGenerator, and what its paths begin with. */
export class ArtifactSource {
  /**
   * A GitRepository, an OCIRepository, a Bucket, or an ExternalArtifact.
   *
   * @param alias lower-case letters, digits, `-` and `_`
   * @param source in any namespace
   */
  public static of(alias: string, source: ISource): ArtifactSource {
    return new ArtifactSource(alias, () => source.sourceReference);
  }

  /**
   * A chart.
   *
   * @param alias lower-case letters, digits, `-` and `_`
   * @param chart in any namespace
   */
  public static helmChart(alias: string, chart: IHelmChart): ArtifactSource {
    return new ArtifactSource(alias, () => chart.chartReference);
  }

  private constructor(
    /** What stands for the source in paths: `repo` in `@repo/deploy/**`. */
    public readonly alias: string,
    /** @internal */
    public readonly _reference: () => SourceReference,
  ) {}
}

/** What becomes of a file that is there already. */
export enum CopyStrategy {
  /** The later one takes its place. */
  OVERWRITE = 'Overwrite',
  /** The later one is put on top of it, as Helm does with values: mappings are merged, lists replaced. YAML alone. */
  MERGE = 'Merge',
  /** The files are archives (`.tar.gz`, `.tgz`), and what is in them is copied. */
  EXTRACT = 'Extract',
}

/**
 * Files of a source that become files of an artifact, as `cp` copies them. Where an operation matches no file, its artifact and
 * the generator's others after it are not made.
 */
export interface ArtifactCopy {
  /**
   * `@<alias>/<pattern>`: `@repo/deploy/app.yaml`, `@repo/deploy/*.yaml`, `@repo/deploy/` for the directory,
   * `@repo/deploy/**` for all that is in it.
   */
  readonly from: string;

  /** `@artifact/<path>`: a file, or with a `/` at its end a directory. */
  readonly to: string;

  /**
   * Patterns of what is left out: `*.md`, `testdata/**`; at most 100.
   *
   * @default - none
   */
  readonly exclude?: string[];

  /**
   * @default CopyStrategy.OVERWRITE
   */
  readonly strategy?: CopyStrategy;
}

/** An ExternalArtifact that a generator makes. */
export interface GeneratedArtifact {
  /** Name of the ExternalArtifact; with a path pattern, `{…}` stands for what was found: `{app}-{env}`. */
  readonly name: string;

  /** What it is made of, in this order: a later file takes the place of one before it. */
  readonly copy: ArtifactCopy[];

  /**
   * The source whose revision the artifact has: `@repo`. It has another one with each of the source's then, whatever changed.
   *
   * @default - the digest of its files: another revision where one of them changed
   */
  readonly revision?: string;

  /**
   * The source whose origin, a commit for example, is told with the artifact: `@repo`. It does not change the revision.
   *
   * @default - none
   */
  readonly originRevision?: string;
}

/** An ArtifactGenerator, made by the program or known by its name. */
export interface IArtifactGenerator {
  readonly artifactGeneratorName: string;

  /**
   * The ExternalArtifact of this name that the generator makes.
   *
   * @param name its name on the cluster
   */
  artifact(name: string): IExternalArtifact;
}

export interface ArtifactGeneratorProps {
  /**
   * Metadata of the object.
   *
   * @default - named like the construct, in the namespace of its component, or in `flux-system` where that has none
   */
  readonly metadata?: ApiObjectMetadata;

  /** Where files come from. */
  readonly sources: ArtifactSource[];

  /** What is made of them. */
  readonly artifacts: GeneratedArtifact[];

  /**
   * Directories of a source for each of which the artifacts are made: `@repo/apps/{app}/envs/{env}`. What stands in the place
   * of `{app}` can be used in the names and paths of the artifacts, in names with lower-case letters.
   *
   * @default - none: each artifact once
   */
  readonly pathPattern?: string;

  /**
   * Labels and annotations for every ExternalArtifact.
   *
   * @default - none
   */
  readonly commonMetadata?: CommonMetadata;
}

/**
 * Makes ExternalArtifacts of the files of sources: splits one, or puts several together. An artifact has a new revision only
 * where its own files changed, so that a change is applied by the Kustomizations that it is for and by no other.
 *
 * It needs Flux's source-watcher, and the controllers that read the artifacts need the feature gate `ExternalArtifact`. A
 * FluxInstance switches the gate on when source-watcher is among its components.
 *
 * @see https://fluxcd.io/flux/components/source/artifactgenerators/
 */
export class ArtifactGenerator extends FluxObject implements IArtifactGenerator {
  /** An ArtifactGenerator that the program does not make. */
  public static fromName(name: string, namespace?: string): IArtifactGenerator {
    return { artifactGeneratorName: name, artifact: artifact => ExternalArtifact.fromName(artifact, namespace) };
  }

  private readonly props: ArtifactGeneratorProps;

  constructor(scope: Construct, id: string, props: ArtifactGeneratorProps) {
    super(scope, id, 'source.extensions.fluxcd.io/v1beta1', 'ArtifactGenerator', props.metadata);
    this.props = props;
  }

  public get artifactGeneratorName(): string {
    return this.name;
  }

  /**
   * The ExternalArtifact of this name that the generator makes.
   *
   * @param name its name on the cluster; with a path pattern, one that the pattern can give: `web-production`
   * @throws where it makes none of this name
   */
  public artifact(name: string): IExternalArtifact {
    const names = this.props.artifacts.map(artifact => artifact.name);
    if (!names.some(known => givesArtifact(known, name, this.props.pathPattern))) {
      throw new Error(`${this.node.path} is asked for the artifact "${name}", which it does not make; `
        + `expected ${either(names.map(known => `"${known}"`))}: correct the name, or add it to the artifacts.`);
    }
    return ExternalArtifact.fromName(name, this.namespace);
  }

  /** @internal */
  protected _spec(): object {
    const { sources, pathPattern, artifacts, commonMetadata } = this.props;
    return {
      sources: sources.map(({ alias, _reference }) => {
        const { kind, name, namespace } = _reference();
        return { alias, kind, name, namespace: namespace === this.namespace ? undefined : namespace };
      }),
      pathPattern,
      artifacts: artifacts.map(({ name, revision, originRevision, copy }) => ({
        name,
        revision,
        originRevision,
        copy: copy.map(({ from, to, exclude, strategy }) => ({ from, to, exclude: filled(exclude), strategy })),
      })),
      commonMetadata: commonMetadataField(commonMetadata),
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { sources, pathPattern, artifacts } = this.props;
    return generatorProblems(sources.map(({ alias, _reference }) => ({ alias, ..._reference() })), artifacts, pathPattern);
  }
}
