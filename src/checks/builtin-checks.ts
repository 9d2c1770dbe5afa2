import { alertNamespaceWildcard } from './alert-namespace-wildcard';
import { ICheck } from './check';
import { clusterScopedNamespace } from './cluster-scoped-namespace';
import { crdNotDelivered } from './crd-not-delivered';
import { crdOrder } from './crd-order';
import { crdPrune } from './crd-prune';
import { crossNamespaceReference } from './cross-namespace-reference';
import { dependencyCycle } from './dependency-cycle';
import { duplicateObject } from './duplicate-object';
import { forceRecreate } from './force-recreate';
import { foreignSubstitution } from './foreign-substitution';
import { healthBlindKind } from './health-blind-kind';
import { healthCheckIgnored } from './health-check-ignored';
import { healthCheckNotDelivered } from './health-check-not-delivered';
import { healthCheckWildcard } from './health-check-wildcard';
import { healthExpressionDead } from './health-expression-dead';
import { healthExpressionVacuous } from './health-expression-vacuous';
import { missingDependencyTarget } from './missing-dependency-target';
import { nameTooLong } from './name-too-long';
import { namespaceNotDelivered } from './namespace-not-delivered';
import { namespaceOrder } from './namespace-order';
import { podIdentityAccount } from './pod-identity-account';
import { redundantDependency } from './redundant-dependency';
import { referenceNotDelivered } from './reference-not-delivered';
import { referenceOrder } from './reference-order';
import { releaseGivesUp } from './release-gives-up';
import { revisionBarrier } from './revision-barrier';
import { routeNotAllowed } from './route-not-allowed';
import { schema } from './schema';
import { secretInGit } from './secret-in-git';
import { selfDeadlock } from './self-deadlock';
import { selfReferentialVariable } from './self-referential-variable';
import { shardUnwatched } from './shard-unwatched';
import { sourceNotDelivered } from './source-not-delivered';
import { sourceOnShard } from './source-on-shard';
import { sourceOrder } from './source-order';
import { tenantWithoutAccount } from './tenant-without-account';
import { timeoutTooShort } from './timeout-too-short';
import { typeChangingVariable } from './type-changing-variable';
import { unbuildableText } from './unbuildable-text';
import { undefinedVariable } from './undefined-variable';
import { ungatedDependency } from './ungated-dependency';
import { unparsableSubstitution } from './unparsable-substitution';
import { unusedVariable } from './unused-variable';
import { versionNotServed } from './version-not-served';
import { workersHeld } from './workers-held';

/** Every check of the library, by what they are about. */
export const BUILTIN_CHECKS: readonly ICheck[] = [
  // Order
  dependencyCycle, missingDependencyTarget, selfDeadlock,
  crdNotDelivered, crdOrder, namespaceNotDelivered, namespaceOrder, sourceNotDelivered, sourceOrder, referenceNotDelivered, referenceOrder,
  duplicateObject, redundantDependency, revisionBarrier,
  // Health
  healthCheckNotDelivered, healthCheckWildcard, healthCheckIgnored, healthExpressionDead, healthExpressionVacuous, healthBlindKind,
  ungatedDependency, releaseGivesUp, timeoutTooShort, workersHeld,
  // Variables
  undefinedVariable, foreignSubstitution, unparsableSubstitution, typeChangingVariable, selfReferentialVariable, unusedVariable,
  // Objects
  schema, versionNotServed, nameTooLong, clusterScopedNamespace, unbuildableText,
  // Safety
  secretInGit, crdPrune, forceRecreate, sourceOnShard, shardUnwatched, tenantWithoutAccount, crossNamespaceReference,
  alertNamespaceWildcard, routeNotAllowed, podIdentityAccount,
];
