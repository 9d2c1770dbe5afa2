import { Duration } from 'cdk8s';
import { HelmActionStrategy, HelmInstallRemediation, HelmUpgradeRemediation } from './helm-remediation';

/** What becomes of the definitions in a chart's `crds` directory. */
export enum HelmCrdsPolicy {
  SKIP = 'Skip',
  /** Makes those that are not there. */
  CREATE = 'Create',
  /** Makes those that are not there, and replaces those that are. */
  CREATE_REPLACE = 'CreateReplace',
}

/** Whether objects are applied on the server. */
export enum HelmServerSideApply {
  ENABLED = 'enabled',
  DISABLED = 'disabled',
  /** As the release was applied before. */
  AUTO = 'auto',
}

/** What becomes of a release when its chart gets another name. */
export enum ChartNameChangeStrategy {
  /** The release is uninstalled, and the other chart installed. */
  REINSTALL = 'Reinstall',
  IN_PLACE_UPDATE = 'InPlaceUpdate',
}

/** In which order objects and what belongs to them are deleted. */
export enum HelmDeletionPropagation {
  BACKGROUND = 'background',
  FOREGROUND = 'foreground',
  ORPHAN = 'orphan',
}

/** What can be said of everything that Helm does with a release. */
export interface HelmAction {
  /**
   * How long each of its steps may take.
   *
   * @default - the timeout of the HelmRelease
   */
  readonly timeout?: Duration;

  /**
   * Whether the chart's hooks are left out.
   *
   * @default false
   */
  readonly disableHooks?: boolean;

  /**
   * Whether it is done before its objects are healthy, or gone.
   *
   * @default false
   */
  readonly disableWait?: boolean;
}

/** What can be said of an install and of an upgrade. */
export interface HelmReleaseAction extends HelmAction {
  /**
   * What Flux does when it fails. Flux's own default gives up after the first failure. An install that is tried again is an
   * upgrade: what is said here for one of them alone does not help the other.
   *
   * @default - tries again until it succeeds
   */
  readonly strategy?: HelmActionStrategy;

  /**
   * Whether it is done before the chart's Jobs are.
   *
   * @default false
   */
  readonly disableWaitForJobs?: boolean;

  /**
   * Whether manifests go unchecked against the API of the cluster.
   *
   * @default false
   */
  readonly disableOpenApiValidation?: boolean;

  /**
   * Whether values go unchecked against the chart's schema.
   *
   * @default false
   */
  readonly disableSchemaValidation?: boolean;

  /**
   * Whether objects that are there without belonging to the release make it fail; they are taken over otherwise.
   *
   * @default false
   */
  readonly disableTakeOwnership?: boolean;
}

/** How Helm installs a chart. */
export interface HelmInstall extends HelmReleaseAction {
  /**
   * How a failed install is tried again with the strategy `REMEDIATE_ON_FAILURE`.
   *
   * @default - not at all
   */
  readonly remediation?: HelmInstallRemediation;

  /**
   * @default HelmCrdsPolicy.CREATE
   */
  readonly crds?: HelmCrdsPolicy;

  /**
   * @default - not written
   * @deprecated by Flux: use `crds` with `HelmCrdsPolicy.SKIP`
   */
  readonly skipCrds?: boolean;

  /**
   * Whether Helm makes the target namespace where it is not there.
   *
   * @default false
   */
  readonly createNamespace?: boolean;

  /**
   * Whether the name of a release may be used again that was uninstalled and is still in the history.
   *
   * @default false
   */
  readonly replace?: boolean;

  /**
   * Whether objects are applied on the server.
   *
   * @default true
   */
  readonly serverSideApply?: boolean;
}

/** How Helm upgrades a release. */
export interface HelmUpgrade extends HelmReleaseAction {
  /**
   * How a failed upgrade is undone and tried again with the strategy `REMEDIATE_ON_FAILURE`.
   *
   * @default - not at all
   */
  readonly remediation?: HelmUpgradeRemediation;

  /**
   * @default HelmCrdsPolicy.SKIP
   */
  readonly crds?: HelmCrdsPolicy;

  /**
   * @default ChartNameChangeStrategy.REINSTALL
   */
  readonly chartNameChangeStrategy?: ChartNameChangeStrategy;

  /**
   * Whether objects that a failed upgrade made are deleted.
   *
   * @default false
   */
  readonly cleanupOnFail?: boolean;

  /**
   * Whether objects are replaced instead of merged. With server-side apply it does not count.
   *
   * @default false
   */
  readonly force?: boolean;

  /**
   * Whether the values of the last release stay where no others are given. What is installed then depends on the past.
   *
   * @default false
   */
  readonly preserveValues?: boolean;

  /**
   * @default HelmServerSideApply.AUTO
   */
  readonly serverSideApply?: HelmServerSideApply;
}

/** How Helm goes back to the release before. */
export interface HelmRollback extends HelmAction {
  /**
   * Whether it is done before the chart's Jobs are.
   *
   * @default false
   */
  readonly disableWaitForJobs?: boolean;

  /**
   * Whether objects that a failed rollback made are deleted.
   *
   * @default false
   */
  readonly cleanupOnFail?: boolean;

  /**
   * Whether objects are replaced instead of merged. With server-side apply it does not count.
   *
   * @default false
   */
  readonly force?: boolean;

  /**
   * @default - not written
   * @deprecated by Flux, where it has no effect any more
   */
  readonly recreate?: boolean;

  /**
   * @default HelmServerSideApply.AUTO
   */
  readonly serverSideApply?: HelmServerSideApply;
}

/** How Helm uninstalls a release. */
export interface HelmUninstall extends HelmAction {
  /**
   * Whether the history of the release is kept.
   *
   * @default false
   */
  readonly keepHistory?: boolean;

  /**
   * @default HelmDeletionPropagation.BACKGROUND
   */
  readonly deletionPropagation?: HelmDeletionPropagation;
}

/** A test of the chart. */
export interface HelmTestFilter {
  readonly name: string;

  /**
   * Whether it is the one that does not run, instead of the one that does.
   *
   * @default false
   */
  readonly exclude?: boolean;
}

/** The chart's tests, run after each install and upgrade. */
export interface HelmTest {
  /**
   * @default false
   */
  readonly enable?: boolean;

  /**
   * How long each of its steps may take.
   *
   * @default - the timeout of the HelmRelease
   */
  readonly timeout?: Duration;

  /**
   * Which tests run.
   *
   * @default - all
   */
  readonly filters?: HelmTestFilter[];

  /**
   * Whether a failed test counts for nothing.
   *
   * @default false
   */
  readonly ignoreFailures?: boolean;
}
