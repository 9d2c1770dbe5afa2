import { Construct } from 'constructs';
import { Component } from './component';
import { HealthCheck } from '../flux/health-check';
import { Kustomization } from '../flux/kustomization';
import { KustomizationOptions } from '../flux/kustomization-options';
import { PostBuild } from '../flux/post-build';

export interface StageProps extends KustomizationOptions {
  /**
   * What the stage delivers.
   *
   * @default - none; a stage that delivers nothing is refused when the platform is synthesized
   */
  readonly components?: Component[];

  /**
   * Directory that the Kustomization reads, where the `kustomization.yaml` lists what the stage delivers.
   *
   * @default - the directory of its one shared component, otherwise `<area>/<cluster>`
   */
  readonly directory?: string;
}

/** What the synthesis of the whole platform finds out about a stage. @internal */
export interface StagePlan {
  readonly directory: string;
  readonly postBuild?: PostBuild;
}

/** One Kustomization of a layer. Most layers have one; a layer has more where a part needs what another installs. */
export class Stage extends Kustomization {
  /** Directory that was asked for. @internal */
  public readonly _directory?: string;

  private readonly delivered: Component[];
  private readonly fieldComments: { [pointer: string]: string } = {};
  private readonly stageProps: StageProps;
  private plan?: StagePlan;

  constructor(scope: Construct, id: string, props: StageProps) {
    super(scope, id, { ...props, path: '' });
    this.stageProps = props;
    this.delivered = [...props.components ?? []];
    this._directory = props.directory;
  }

  /** What the stage delivers. */
  public get components(): Component[] {
    return [...this.delivered];
  }

  /** Directory in the source; known once the platform is synthesized, because it follows from what else there is. */
  public get path(): string {
    return this.plan ? `./${this.plan.directory}` : '';
  }

  /** Delivers one more component. */
  public addComponent(...components: Component[]): void {
    this.delivered.push(...components);
  }

  /** Checks the health of every object of a kind that the stage delivers, one entry for each. */
  public addHealthCheckOfEvery(apiVersion: string, kind: string): void {
    // The list itself, not a copy: components may be added later.
    this.addHealthCheck(HealthCheck.everyObject(apiVersion, kind, this.delivered));
  }

  /** Writes a comment behind a field, given by its JSON pointer: `/spec/prune`. */
  public addComment(pointer: string, text: string): void {
    this.fieldComments[pointer] = text;
  }

  /** What was said about substitution, before the synthesis adds to it. @internal */
  public get _ownPostBuild(): PostBuild | undefined {
    return this.stageProps.postBuild;
  }

  /** @internal */
  public get _options(): KustomizationOptions {
    return this.stageProps;
  }

  /** @internal */
  public _setPlan(plan: StagePlan): void {
    this.plan = plan;
  }

  /** @internal */
  protected _postBuild(): PostBuild | undefined {
    return this.plan?.postBuild ?? this._ownPostBuild;
  }

  /** @internal */
  protected _comments(): Record<string, string> {
    return { ...this.fieldComments };
  }
}
