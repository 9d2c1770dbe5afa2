import { Finding, ICheck, Severity } from './check';
import { gates, HealthExpression, healthExpressionsOf, judgedBy, judges, waits } from './support/gates';
import { onKustomization } from './support/place';
import { DeliveredKustomization, Delivery } from '../delivery/delivery';

/** @see docs/checks/health-expression-dead.md */
export const healthExpressionDead: ICheck = {
  checkId: 'health-expression-dead',
  title: 'A health check expression that nothing is judged by',
  examine: delivery => delivery.kustomizations.flatMap(kustomization => {
    const expressions = healthExpressionsOf(kustomization);
    const judged = expressions.length === 0 ? [] : judgedBy(kustomization);
    return expressions.filter(expression => !judged.some(object => judges(expression, object, expressions)))
      .map(expression => deadFinding(delivery, kustomization, expression));
  }),
};

function deadFinding(delivery: Delivery, kustomization: DeliveredKustomization, { apiVersion, kind }: HealthExpression): Finding {
  const kinds = kind ? `the kind ${kind} (${apiVersion})` : `the kinds of ${apiVersion}`;
  const why = !gates(kustomization) ? 'it waits for nothing' : waits(kustomization) ? 'it applies none of them' : 'none of its health checks is of them';
  return onKustomization(delivery, kustomization, {
    check: 'health-expression-dead',
    severity: Severity.WARNING,
    message: `has an expression for the health of ${kinds}, which is never asked: ${why}`,
    fix: gates(kustomization) && waits(kustomization) ? 'leave the expression out' : 'check the health of these objects, or leave the expression out',
  });
}
