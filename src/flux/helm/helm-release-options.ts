import { Duration } from 'cdk8s';
import { HealthCheckExpression } from '../health-check-expression';
import { HelmInstall, HelmRollback, HelmTest, HelmUninstall, HelmUpgrade } from './helm-actions';
import { PostRenderer, PostRenderStrategy } from './post-renderer';
import { ValuesSource } from './values-source';
import { CommonMetadata } from '../common-metadata';
import { IgnoreRule } from '../ignore-rule';
import { KubeConfig } from '../kube-config';
import { ProvidedApi } from '../provided-api';

/** What Flux does where objects of a release differ from what the chart renders. */
export enum DriftDetectionMode {
  /** Corrects them. */
  ENABLED = 'enabled',
  /** Tells of them. */
  WARN = 'warn',
  DISABLED = 'disabled',
}

/** What Flux does where objects of a release differ from what the chart renders. */
export interface DriftDetection {
  /**
   * @default DriftDetectionMode.ENABLED
   */
  readonly mode?: DriftDetectionMode;

  /**
   * Fields that may differ, for example those that an autoscaler writes.
   *
   * @default - none
   */
  readonly ignore?: IgnoreRule[];
}

/** How Flux tells that what a chart made is healthy. */
export enum WaitStrategy {
  /** As a Kustomization does it, with health check expressions. */
  POLLER = 'poller',
  /** As Helm 3 did it. */
  LEGACY = 'legacy',
}

/** What can be said of every HelmRelease, whatever its chart. */
export interface HelmReleaseOptions {
  /**
   * How often Flux looks at the release, and corrects what drifted.
   *
   * @default Duration.minutes(10)
   */
  readonly interval?: Duration;

  /**
   * How long each step of an install, upgrade, test, rollback or uninstall may take.
   *
   * @default - 5 minutes, which Flux takes
   */
  readonly timeout?: Duration;

  /**
   * Name of the release, at most 53 characters. Another name uninstalls the release and installs it anew.
   *
   * @default - `<name>`, and with a target namespace `<targetNamespace>-<name>`
   */
  readonly releaseName?: string;

  /**
   * Namespace that the chart is installed in. Another one uninstalls the release and installs it anew.
   *
   * @default - the namespace of the HelmRelease
   */
  readonly targetNamespace?: string;

  /**
   * Namespace that Helm keeps its history in. Another one uninstalls the release and installs it anew.
   *
   * @default - the namespace of the HelmRelease
   */
  readonly storageNamespace?: string;

  /**
   * @default - tried again until it succeeds
   */
  readonly install?: HelmInstall;

  /**
   * @default - tried again until it succeeds
   */
  readonly upgrade?: HelmUpgrade;

  /**
   * The chart's tests.
   *
   * @default - they do not run
   */
  readonly test?: HelmTest;

  /** @default - as Helm does it */
  readonly rollback?: HelmRollback;

  /** @default - as Helm does it */
  readonly uninstall?: HelmUninstall;

  /**
   * @default - drift is corrected in every field; Flux's own default is not to look
   */
  readonly driftDetection?: DriftDetection;

  /**
   * @default WaitStrategy.POLLER
   */
  readonly waitStrategy?: WaitStrategy;

  /**
   * How the health of kinds is judged that have no `Ready` condition, or another meaning of it. With the wait strategy `POLLER`.
   *
   * @default - none
   */
  readonly healthCheckExprs?: HealthCheckExpression[];

  /**
   * How many revisions Helm keeps; all of them with 0.
   *
   * @default 5
   */
  readonly maxHistory?: number;

  /**
   * Whether Flux keeps one client for all that it does in a reconciliation. Off for charts that install APIs in a hook.
   *
   * @default true
   */
  readonly persistentClient?: boolean;

  /**
   * ServiceAccount, in the namespace of the HelmRelease, that Flux acts as.
   *
   * @default - the controller's own
   */
  readonly serviceAccountName?: string;

  /** @default - the cluster that Flux runs on */
  readonly kubeConfig?: KubeConfig;

  /**
   * Whether Flux leaves the release alone.
   *
   * @default false
   */
  readonly suspend?: boolean;

  /**
   * Labels and annotations for every object of the chart.
   *
   * @default - none
   */
  readonly commonMetadata?: CommonMetadata;

  /**
   * Which manifests the post-renderers get. Needs Flux 2.9.
   *
   * @default PostRenderStrategy.COMBINED
   */
  readonly postRenderStrategy?: PostRenderStrategy;

  /**
   * Changes to what the chart renders, one after the other.
   *
   * @default - none
   */
  readonly postRenderers?: PostRenderer[];

  /**
   * Where further values come from; `values` win over them.
   *
   * @default - none
   */
  readonly valuesFrom?: ValuesSource[];

  /**
   * Values for the chart.
   *
   * @default - the chart's own
   */
  readonly values?: { [key: string]: any };

  /**
   * The APIs that the chart installs, which nothing in the repository tells.
   *
   * @default - none
   */
  readonly provides?: ProvidedApi[];
}
