import { App, AppProps } from 'cdk8s';
import { synthesize } from './synthesis';
import { Delivery } from '../delivery/delivery';
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
}

/** A platform: a cdk8s app whose output is the Git repository that Flux reconciles. */
export class Platform extends App {
  constructor(props: PlatformProps = {}) {
    super({ outdir: props.outdir ?? process.env.CDK8S_OUTDIR ?? 'gitops' } satisfies AppProps);
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
    const { files, problems } = synthesize(this);
    if (problems.length > 0) {
      throw problemsError(problems);
    }
    return { ...files };
  }

  /**
   * What is delivered to each cluster, sorted by the cluster's name.
   *
   * @throws as `synth` does
   */
  public deliveries(): Delivery[] {
    const { deliveries, problems } = synthesize(this);
    if (problems.length > 0) {
      throw problemsError(problems);
    }
    return deliveries;
  }
}
