import { CheckedPlatform } from '../../test/checks/check-fixtures';
import { fluxInstance } from '../../test/checks/flux-fixtures';
import { KubernetesApi } from '../harness/kubernetes-api';
import { workload } from '../played/operator';

/**
 * Delivers a FluxInstance, in a layer `flux` which acts as the operator's own Kustomization does. The Flux that belongs to it is started by the scene: say the same
 * there.
 */
export function deliverFluxInstance(checked: CheckedPlatform, spec: object): void {
  checked.cluster.assume({ what: 'the Flux Operator', apis: [{ group: 'fluxcd.controlplane.io', kinds: ['FluxInstance'] }], controllers: ['fluxcd.controlplane.io'] });
  checked.layer('flux', [checked.component('flux', fluxInstance(spec))], { serviceAccountName: 'kustomize-controller' });
}

/** Installs the Flux Operator, which is played. */
export async function installOperator(api: KubernetesApi): Promise<void> {
  await api.apply(workload({ kind: 'Deployment', name: 'flux-operator', namespace: 'flux-system', release: 'flux-operator', startSeconds: 0 }));
}
