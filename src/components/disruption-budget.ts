import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';

/** Keeps one of several pods running where the chart has no PodDisruptionBudget. @internal */
export function disruptionBudget(scope: Construct, name: string, matchLabels: { [label: string]: string }): void {
  new ApiObject(scope, `${name}-disruption-budget`, {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name },
    spec: { minAvailable: 1, selector: { matchLabels } },
  });
}
