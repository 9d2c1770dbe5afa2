import { Duration } from 'cdk8s';

/** What Flux does when an install or upgrade fails. */
export enum HelmActionStrategyName {
  /** Undoes it and tries again, as often as the remediation says: without one never. */
  REMEDIATE_ON_FAILURE = 'RemediateOnFailure',
  /** Leaves it and tries to upgrade until that succeeds. */
  RETRY_ON_FAILURE = 'RetryOnFailure',
}

/** What Flux does when an install or upgrade fails. */
export interface HelmActionStrategy {
  /**
   * @default HelmActionStrategyName.RETRY_ON_FAILURE
   */
  readonly name?: HelmActionStrategyName;

  /**
   * How soon it tries again; with `RETRY_ON_FAILURE` alone.
   *
   * @default - 5 minutes
   */
  readonly retryInterval?: Duration;
}

/** How a failed install is undone and tried again: Flux uninstalls it. */
export interface HelmInstallRemediation {
  /**
   * How often it is tried again; without end where it is negative.
   *
   * @default 0
   */
  readonly retries?: number;

  /**
   * Whether a failed test of the chart counts for nothing. The one field that counts with `RETRY_ON_FAILURE`, too.
   *
   * @default - as `test` says
   */
  readonly ignoreTestFailures?: boolean;

  /**
   * Whether the last failure is undone, too.
   *
   * @default - not after an install; after an upgrade where there are retries
   */
  readonly remediateLastFailure?: boolean;
}

/** How a failed upgrade is undone. */
export enum HelmRemediationStrategy {
  ROLLBACK = 'rollback',
  /** Uninstalls the release, and installs it again. */
  UNINSTALL = 'uninstall',
}

/** How a failed upgrade is undone and tried again. */
export interface HelmUpgradeRemediation extends HelmInstallRemediation {
  /**
   * @default HelmRemediationStrategy.ROLLBACK
   */
  readonly strategy?: HelmRemediationStrategy;
}
