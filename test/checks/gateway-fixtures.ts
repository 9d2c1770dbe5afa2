import { CheckedPlatform, ObjectFixture } from './check-fixtures';
import { flux } from '../../src';

const API = 'gateway.networking.k8s.io/v1';

/** A GatewayClass of Cilium, and the parameters that it refers to, in the namespace `apps`. */
export const PARAMETERS: ObjectFixture = { apiVersion: 'cilium.io/v2alpha1', kind: 'CiliumGatewayClassConfig', name: 'parameters', fields: { spec: {} } };
export const CLASS: ObjectFixture = {
  apiVersion: API,
  kind: 'GatewayClass',
  name: 'class',
  fields: { spec: { controllerName: 'io.cilium/gateway-controller', parametersRef: { group: 'cilium.io', kind: 'CiliumGatewayClassConfig', name: 'parameters', namespace: 'apps' } } },
};

/** Whether Cilium takes the class, which Flux cannot tell by itself. */
export const ACCEPTED = flux.HealthCheckExpression.of({
  apiVersion: API, kind: 'GatewayClass', current: "status.conditions.exists(condition, condition.type == 'Accepted' && condition.status == 'True')",
});

/** Has Cilium run, and what it defines be there, before Flux starts. */
export function assumeCilium({ cluster }: CheckedPlatform): void {
  cluster.assume({ what: 'Cilium', apis: [{ group: 'gateway.networking.k8s.io' }, { group: 'cilium.io' }], controllers: ['gateway.networking.k8s.io', 'cilium.io'] });
}
