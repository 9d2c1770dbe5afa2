import { goDuration } from '../duration';
import { HelmAction, HelmInstall, HelmReleaseAction, HelmRollback, HelmTest, HelmUninstall, HelmUpgrade } from './helm-actions';
import { HelmActionStrategyName, HelmUpgradeRemediation } from './helm-remediation';
import { filled, list } from '../reference';

// What Helm does with a release, as a HelmRelease says it.

export function installField(install: HelmInstall = {}): object {
  return {
    ...failureFields(install, install.remediation),
    timeout: timeoutField(install),
    crds: install.crds,
    skipCRDs: install.skipCrds,
    createNamespace: install.createNamespace,
    replace: install.replace,
    ...switches(install),
    serverSideApply: install.serverSideApply,
  };
}

export function upgradeField(upgrade: HelmUpgrade = {}): object {
  return {
    ...failureFields(upgrade, upgrade.remediation),
    timeout: timeoutField(upgrade),
    crds: upgrade.crds,
    chartNameChangeStrategy: upgrade.chartNameChangeStrategy,
    cleanupOnFail: upgrade.cleanupOnFail,
    force: upgrade.force,
    preserveValues: upgrade.preserveValues,
    ...switches(upgrade),
    serverSideApply: upgrade.serverSideApply,
  };
}

export function testField(test: HelmTest = {}): object | undefined {
  return filled({
    enable: test.enable,
    timeout: timeoutField(test),
    filters: list(test.filters, ({ name, exclude }) => ({ name, exclude })),
    ignoreFailures: test.ignoreFailures,
  });
}

export function rollbackField(rollback: HelmRollback = {}): object | undefined {
  return filled({
    timeout: timeoutField(rollback),
    cleanupOnFail: rollback.cleanupOnFail,
    force: rollback.force,
    recreate: rollback.recreate,
    disableHooks: rollback.disableHooks,
    disableWait: rollback.disableWait,
    disableWaitForJobs: rollback.disableWaitForJobs,
    serverSideApply: rollback.serverSideApply,
  });
}

export function uninstallField(uninstall: HelmUninstall = {}): object | undefined {
  return filled({
    timeout: timeoutField(uninstall),
    keepHistory: uninstall.keepHistory,
    deletionPropagation: uninstall.deletionPropagation,
    disableHooks: uninstall.disableHooks,
    disableWait: uninstall.disableWait,
  });
}

/** What is wrong with how a failed install or upgrade is met. */
export function failureProblems(action: string, { strategy, remediation }: HelmInstall | HelmUpgrade = {}): string[] {
  const name = strategy?.name ?? HelmActionStrategyName.RETRY_ON_FAILURE;
  if (name === HelmActionStrategyName.REMEDIATE_ON_FAILURE) {
    return strategy?.retryInterval === undefined ? [] : [
      `has a retry interval of ${goDuration(strategy.retryInterval)} for its ${action} with the strategy ${name}, which Flux refuses; `
      + `expected one with the strategy ${HelmActionStrategyName.RETRY_ON_FAILURE} alone: change the strategy, or take the interval away.`,
    ];
  }
  // Flux asks for the remediation only after it has found no strategy that retries; test failures it judges before that.
  const { ignoreTestFailures, ...ignored } = remediation ?? {};
  return Object.entries(ignored).filter(([, value]) => value !== undefined).map(([field, value]) =>
    `has the remediation "${field}: ${value}" for its ${action} with the strategy ${name}, which tries again without remediation; `
    + `expected the strategy ${HelmActionStrategyName.REMEDIATE_ON_FAILURE}: name it in the ${action}'s strategy, or take "${field}" away.`,
  );
}

function failureFields({ strategy }: HelmReleaseAction, remediation: HelmUpgradeRemediation = {}): object {
  const { retries, strategy: undo, ignoreTestFailures, remediateLastFailure } = remediation;
  return {
    strategy: {
      name: strategy?.name ?? HelmActionStrategyName.RETRY_ON_FAILURE,
      retryInterval: strategy?.retryInterval && goDuration(strategy.retryInterval),
    },
    remediation: filled({ retries, strategy: undo, ignoreTestFailures, remediateLastFailure }),
  };
}

function switches(action: HelmReleaseAction): object {
  return {
    disableHooks: action.disableHooks,
    disableOpenAPIValidation: action.disableOpenApiValidation,
    disableSchemaValidation: action.disableSchemaValidation,
    disableTakeOwnership: action.disableTakeOwnership,
    disableWait: action.disableWait,
    disableWaitForJobs: action.disableWaitForJobs,
  };
}

function timeoutField({ timeout }: HelmAction | HelmTest): string | undefined {
  return timeout && goDuration(timeout);
}
