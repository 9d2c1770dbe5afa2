import { Construct } from 'constructs';
import { Component } from './component';
import { HealthCheck } from '../flux/health-check';
import { HealthCheckExpression } from '../flux/health-check-expression';
import { Kustomization } from '../flux/kustomize/kustomization';
import { KustomizationOptions } from '../flux/kustomize/kustomization-options';
import { PostBuild } from '../flux/kustomize/post-build';
import { ISource } from '../flux/source/source';

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

/** A kind whose objects have to be healthy before the stage is ready. */
interface Gate {
  readonly check: HealthCheck;
  readonly judgedBy?: HealthCheckExpression;
}

/** What the synthesis of the whole platform finds out about a stage. @internal */
export interface StagePlan {
  readonly directory: string;
  /** Of the whole repository. */
  readonly source: ISource;
  readonly postBuild?: PostBuild;
}

/** One Kustomization of a layer. Most layers have one; a layer has more where a part needs what another installs. */
export class Stage extends Kustomization {
  /** Directory that was asked for. @internal */
  public readonly _directory?: string;

  private readonly delivered: Component[];
  private readonly stageProps: StageProps;
  private readonly gates: Gate[] = [];
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

  /**
   * Makes the stage ready only once every object of a kind that it delivers is healthy: a health check for each of them. Health
   * checks that were given in the props take the place of all gates, and with `wait` everything is checked anyway.
   *
   * @param apiVersion `group/version`; objects of another version of the group count, too
   * @param kind the kind
   * @param judgedBy how its health is judged, unless the props say it: by Flux's own rules if nothing is said
   */
  public addGate(apiVersion: string, kind: string, judgedBy?: HealthCheckExpression): void {
    // The list itself, not a copy: components may be added later.
    this.gates.push({ check: HealthCheck.everyObject(apiVersion, kind, this.delivered), judgedBy });
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
  protected _healthChecks(): HealthCheck[] {
    const { wait, healthChecks } = this.stageProps;
    return [...super._healthChecks(), ...wait || healthChecks ? [] : this.gates.map(gate => gate.check)];
  }

  /** Where nothing of a kind is checked, an expression for it would be dead. @internal */
  protected _healthCheckExpressions(): HealthCheckExpression[] {
    const own = super._healthCheckExpressions();
    const checked = this._healthCheckReferences();
    const needed = this.gates.flatMap(({ check, judgedBy }) => judgedBy ? [{ check, judgedBy }] : []).filter(({ check, judgedBy }) =>
      (this.stageProps.wait ? check.references().length > 0 : checked.some(reference => judgedBy.judges(reference)))
      && !own.some(expression => expression.judgesSameAs(judgedBy)));
    return [...own, ...needed.map(({ judgedBy }) => judgedBy)];
  }

  /** @internal */
  public _source(): ISource {
    return this.stageProps.source ?? this.plan?.source ?? super._source();
  }

  /** @internal */
  protected _postBuild(): PostBuild | undefined {
    return this.plan?.postBuild ?? this._ownPostBuild;
  }
}
