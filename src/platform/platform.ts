import { App, AppProps } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Cluster } from './cluster';
import { Mirror } from './mirror';
import { Synthesis, synthesize } from './synthesis/synthesize';
import { SystemVersions } from './system-versions';
import { Acceptance, Finding, ICheck } from '../checks/check';
import { examine, isFatal } from '../checks/examine';
import { Delivery } from '../delivery/delivery';
import { ReferenceRule } from '../delivery/reference-rule';
import { FLUX_NAMESPACE } from '../flux/flux-namespace';
import { ISource, Source } from '../flux/source/source';
import { findingsError } from '../report/findings';
import { summarize } from '../report/summary';
import { problemsError } from '../synth/problem';
import { writeRepository } from '../synth/write';

export interface PlatformProps {
  /**
   * Directory that the repository is written to. It belongs to synth: what no synth wrote is refused, what is no longer wanted is
   * removed.
   *
   * @default - `CDK8S_OUTDIR`, which `cdk8s synth` sets, otherwise `gitops`
   */
  readonly outdir?: string;

  /**
   * The source of this repository, which the layers' Kustomizations read.
   *
   * @default - the GitRepository `flux-system` in `flux-system`, which the bootstrap makes
   */
  readonly source?: ISource;

  /**
   * Rewrites the URLs of sources, images and packages. Where several prefixes fit, the longest counts.
   *
   * @default - none
   */
  readonly mirrors?: Mirror[];

  /**
   * Versions of the catalogue's systems, by their names (`components.System`), where they are to be others than those that the
   * catalogue was written for: `{ kyverno: { chart: '3.8.3', app: 'v1.18.3' } }`.
   *
   * @default - the catalogue's
   */
  readonly versions?: { [system: string]: SystemVersions };

  /**
   * Whether synth adds the dependencies and health checks between Kustomizations that the order of things needs and that the program does
   * not name. Otherwise it refuses where one is missing, and says which.
   *
   * @default - true, unless the program is run with `--no-infer`
   */
  readonly inferDependencies?: boolean;

  /**
   * Whether the repository is only a part of what the clusters have: what it refers to and does not deliver is then taken to be there.
   * Otherwise `cluster.assume(…)` has to say so of each thing.
   *
   * @default false
   */
  readonly partial?: boolean;
}

const PLATFORM = Symbol.for('cdk8s-strata.Platform');

/** A platform: a cdk8s app whose output is the Git repository that Flux reconciles. */
export class Platform extends App {
  /** Whether a construct is a platform. */
  public static isPlatform(construct: IConstruct): construct is Platform {
    return PLATFORM in construct;
  }

  /** The source of this repository. */
  public readonly source: ISource;

  /** Versions that take the place of the catalogue's, by system. */
  public readonly versions: { [system: string]: SystemVersions };

  private readonly mirrors: Mirror[];
  private readonly infer: boolean;
  private readonly partial: boolean;
  private readonly references: ReferenceRule[] = [];
  private readonly checks: ICheck[] = [];
  private readonly accepted: Acceptance[] = [];

  constructor(props: PlatformProps = {}) {
    super({ outdir: props.outdir ?? process.env.CDK8S_OUTDIR ?? 'gitops' } satisfies AppProps);
    this.source = props.source ?? Source.git(FLUX_NAMESPACE, FLUX_NAMESPACE);
    Object.defineProperty(this, PLATFORM, { value: true });
    this.mirrors = [...props.mirrors ?? []];
    this.versions = { ...props.versions };
    this.infer = props.inferDependencies ?? !process.argv.includes('--no-infer');
    this.partial = props.partial ?? false;
  }

  /**
   * Writes the repository to `outdir`.
   *
   * @throws one error that tells every mistake in the program; nothing is written then
   */
  public synth(): void {
    writeRepository(this.outdir, this.files());
  }

  /**
   * The repository as one YAML text, a document for each file.
   *
   * @throws as `synth` does
   */
  public synthYaml(): string {
    return Object.values(this.files()).join('---\n');
  }

  /**
   * The repository in memory: path → content, sorted by path.
   *
   * @throws as `synth` does
   */
  public files(): { [path: string]: string } {
    return { ...this.checked().files };
  }

  /**
   * What is delivered to each cluster, sorted by the cluster's name, and what is proved of it.
   *
   * @throws where the program has mistakes; not where checks find something
   */
  public deliveries(): Delivery[] {
    return this.withoutProblems().deliveries;
  }

  /**
   * What is delivered to a cluster, and what is proved of it.
   *
   * @param cluster name of the cluster
   * @throws where there is no such cluster, or the program has mistakes; not where checks find something
   */
  public delivery(cluster: string): Delivery {
    const deliveries = this.deliveries();
    const found = deliveries.find(delivery => delivery.cluster === cluster);
    if (!found) {
      throw new Error(`the platform has no cluster "${cluster}"; expected one of ${deliveries.map(delivery => delivery.cluster).join(', ')}.`);
    }
    return found;
  }

  /**
   * What the checks find on the clusters, what was accepted included: errors first.
   *
   * @throws where the program has mistakes
   */
  public findings(): Finding[] {
    return examine(this.deliveries(), this.checks, this.accepted);
  }

  /** Says which fields of one's own kinds refer to other objects, so that they count in the order of things. */
  public addReference(...rules: ReferenceRule[]): void {
    this.references.push(...rules);
  }

  /** Adds a check of one's own: synth runs it on every cluster, and refuses where it finds an error. */
  public addCheck(...checks: ICheck[]): void {
    this.checks.push(...checks);
  }

  /** Takes findings as they are: they are told as accepted, and keep nothing from being written. */
  public accept(...acceptances: Acceptance[]): void {
    this.accepted.push(...acceptances);
  }

  /**
   * What the repository holds, and what each cluster needs before Flux starts there, as text for a person.
   *
   * @throws as `synth` does
   */
  public summary(): string {
    const { files, deliveries, findings } = this.checked();
    const clusters = this.node.findAll().filter(Cluster.isCluster);
    const prerequisites = Object.fromEntries(clusters.map(cluster => [cluster.clusterName, cluster.prerequisites]));
    return summarize({ outdir: this.outdir, files, deliveries, prerequisites, findings, color: process.stderr.isTTY });
  }

  private checked(): Synthesis & { readonly findings: Finding[] } {
    const synthesis = this.withoutProblems();
    const findings = examine(synthesis.deliveries, this.checks, this.accepted);
    const fatal = findings.filter(isFatal);
    if (fatal.length > 0) {
      throw findingsError(fatal, { color: process.stderr.isTTY });
    }
    return { ...synthesis, findings };
  }

  private withoutProblems(): Synthesis {
    const { source, mirrors, infer, partial, references } = this;
    const synthesis = synthesize(this, { source, mirrors, infer, partial, references });
    if (synthesis.problems.length > 0) {
      throw problemsError(synthesis.problems);
    }
    return synthesis;
  }
}
