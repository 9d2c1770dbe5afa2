import { ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { commonMetadataField, healthCheckExprsField, ignoreField, kubeConfigField, repeatedExpressions } from '../common-fields';
import { dependencyComments, eachOnce, readyExprProblem } from '../dependency';
import { goDuration } from '../duration';
import { FluxObject } from '../flux-object';
import { failureProblems, installField, rollbackField, testField, uninstallField, upgradeField } from './helm-action-fields';
import { HelmChartReference } from './helm-chart-reference';
import { DriftDetectionMode, HelmReleaseOptions } from './helm-release-options';
import { markNulls } from '../../synth/null-mark';
import { variableUses } from '../../synth/substitution';
import { ProvidedApi } from '../provided-api';
import { filled, list, nameRef } from '../reference';

/** A HelmRelease, made by the program or known by its name. */
export interface IHelmRelease {
  readonly helmReleaseName: string;
  readonly helmReleaseNamespace: string;
}

/** What a HelmRelease waits for before it is installed or upgraded. */
export interface HelmReleaseDependencyOptions {
  /**
   * Why; becomes the comment behind the entry.
   *
   * @default - no comment
   */
  readonly because?: string;

  /**
   * CEL expression over `self` and `dep` that says when the dependency is ready, instead of Flux's own checks.
   *
   * @default - the dependency's `Ready` condition, for its newest generation
   */
  readonly readyExpr?: string;
}

/** An entry of `dependsOn`. */
export interface HelmReleaseDependency extends HelmReleaseDependencyOptions {
  readonly on: IHelmRelease;
}

export interface HelmReleaseProps extends HelmReleaseOptions {
  /**
   * Metadata of the object.
   *
   * @default - named like the construct, in the namespace of its component, or in `flux-system` where that has none
   */
  readonly metadata?: ApiObjectMetadata;

  /** The chart. */
  readonly chart: HelmChartReference;

  /**
   * Other HelmReleases that are ready before this one is installed or upgraded.
   *
   * @default - none
   */
  readonly dependsOn?: HelmReleaseDependency[];
}

/**
 * Flux's HelmRelease: installs a chart, and keeps it as it was said.
 *
 * Installs and upgrades are tried again until they succeed, and drift is corrected. With Flux's own defaults a release that fails once,
 * because something it needs is there only a minute later, stays failed.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/
 */
export class HelmRelease extends FluxObject implements IHelmRelease {
  /** A HelmRelease that the program does not make. */
  public static fromName(name: string, namespace: string): IHelmRelease {
    return { helmReleaseName: name, helmReleaseNamespace: namespace };
  }

  private readonly props: HelmReleaseProps;
  private readonly dependencies: HelmReleaseDependency[];

  constructor(scope: Construct, id: string, props: HelmReleaseProps) {
    super(scope, id, 'helm.toolkit.fluxcd.io/v2', 'HelmRelease', props.metadata);
    this.props = props;
    this.dependencies = [...props.dependsOn ?? []];
  }

  public get helmReleaseName(): string {
    return this.name;
  }

  public get helmReleaseNamespace(): string {
    return this.namespace;
  }

  /** The APIs that the chart installs, as far as they were said. */
  public get providedApis(): ProvidedApi[] {
    return [...this.props.provides ?? []];
  }

  /** Installs and upgrades this release only when another is ready. */
  public addDependency(release: IHelmRelease, options: HelmReleaseDependencyOptions = {}): void {
    this.dependencies.push({ on: release, ...options });
  }

  /** Dependencies as they are written, each once. @internal */
  public _dependencies(): HelmReleaseDependency[] {
    return eachOnce(this.dependencies, ({ on }) => `${on.helmReleaseNamespace}/${on.helmReleaseName}`);
  }

  /** @internal */
  protected _spec(): object {
    const { props } = this;
    return {
      interval: goDuration(props.interval ?? Duration.minutes(10)),
      timeout: props.timeout && goDuration(props.timeout),
      releaseName: props.releaseName,
      targetNamespace: props.targetNamespace,
      storageNamespace: props.storageNamespace,
      ...props.chart._fields(this.namespace),
      dependsOn: list(this._dependencies(), ({ on, readyExpr }) => ({
        name: on.helmReleaseName,
        namespace: on.helmReleaseNamespace === this.namespace ? undefined : on.helmReleaseNamespace,
        readyExpr,
      })),
      install: installField(props.install),
      upgrade: upgradeField(props.upgrade),
      test: testField(props.test),
      rollback: rollbackField(props.rollback),
      uninstall: uninstallField(props.uninstall),
      driftDetection: {
        mode: props.driftDetection?.mode ?? DriftDetectionMode.ENABLED,
        ignore: ignoreField(props.driftDetection?.ignore),
      },
      waitStrategy: nameRef(props.waitStrategy),
      healthCheckExprs: healthCheckExprsField(props.healthCheckExprs ?? []),
      maxHistory: props.maxHistory,
      persistentClient: props.persistentClient,
      serviceAccountName: props.serviceAccountName,
      kubeConfig: kubeConfigField(props.kubeConfig),
      suspend: props.suspend,
      commonMetadata: commonMetadataField(props.commonMetadata),
      postRenderStrategy: props.postRenderStrategy,
      postRenderers: list(props.postRenderers, renderer => renderer._field()),
      valuesFrom: list(props.valuesFrom, ({ kind, name, options: { valuesKey, targetPath, optional, literal } }) => ({
        kind, name, valuesKey, targetPath, optional, literal,
      })),
      // In Helm, null takes away what the chart has by default.
      values: markNulls(filled(props.values)),
    };
  }

  /** The reasons of the dependencies. @internal */
  protected _comments(): Record<string, string> {
    return dependencyComments(this._dependencies());
  }

  /** @internal */
  protected _problems(): string[] {
    const { chart, install, upgrade, healthCheckExprs = [] } = this.props;
    return [
      ...chart._problems,
      ...this.releaseNameProblem(),
      ...failureProblems('install', install),
      ...failureProblems('upgrade', upgrade),
      ...healthCheckExprs.flatMap(expression => expression.validate()),
      ...repeatedExpressions(healthCheckExprs),
      ...this._dependencies().flatMap(({ on, readyExpr }) =>
        readyExprProblem(on.helmReleaseName, readyExpr, 'dep.status.observedGeneration == dep.metadata.generation')),
    ];
  }

  /** Flux's API refuses a release name that is too long. One that Flux makes itself it would cut, and end with a hash. */
  private releaseNameProblem(): string[] {
    const { releaseName, targetNamespace } = this.props;
    const name = releaseName ?? [targetNamespace, this.name].filter(part => part !== undefined).join('-');
    // How long a variable's value is, only the cluster knows.
    if (name.length <= LONGEST_RELEASE_NAME || variableUses(name).length > 0) {
      return [];
    }
    return [releaseName === undefined
      ? `makes the release "${name}", whose name has ${name.length} characters and would be cut by Flux and end with a hash; `
        + `expected at most ${LONGEST_RELEASE_NAME}: name it with releaseName.`
      : `makes the release "${name}", whose name has ${name.length} characters; expected at most ${LONGEST_RELEASE_NAME}: shorten it.`];
  }
}

const LONGEST_RELEASE_NAME = 53;
