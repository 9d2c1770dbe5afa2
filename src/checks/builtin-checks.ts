import { ICheck } from './check';
import { crdNotDelivered } from './crd-not-delivered';
import { crdOrder } from './crd-order';
import { dependencyCycle } from './dependency-cycle';
import { duplicateObject } from './duplicate-object';
import { healthCheckIgnored } from './health-check-ignored';
import { healthCheckNotDelivered } from './health-check-not-delivered';
import { healthCheckWildcard } from './health-check-wildcard';
import { healthExpressionDead } from './health-expression-dead';
import { missingDependencyTarget } from './missing-dependency-target';
import { namespaceNotDelivered } from './namespace-not-delivered';
import { namespaceOrder } from './namespace-order';
import { redundantDependency } from './redundant-dependency';
import { referenceNotDelivered } from './reference-not-delivered';
import { referenceOrder } from './reference-order';
import { revisionBarrier } from './revision-barrier';
import { selfDeadlock } from './self-deadlock';
import { sourceNotDelivered } from './source-not-delivered';
import { sourceOrder } from './source-order';

/** Every check of the library, by what they are about. */
export const BUILTIN_CHECKS: readonly ICheck[] = [
  // Order
  dependencyCycle, missingDependencyTarget, selfDeadlock,
  crdNotDelivered, crdOrder, namespaceNotDelivered, namespaceOrder, sourceNotDelivered, sourceOrder, referenceNotDelivered, referenceOrder,
  duplicateObject, redundantDependency, revisionBarrier,
  // Health
  healthCheckNotDelivered, healthCheckWildcard, healthCheckIgnored, healthExpressionDead,
  // Variables
  // Objects
  // Safety
];
