/** A route that its Gateway refuses (docs/checks/route-not-allowed.md). The Gateway's controller is played: what is shown is what Flux makes of it. */
import { Program, Scene } from './scene';
import { CheckedPlatform } from '../../test/checks/check-fixtures';
import { hasCondition } from '../played/world';

const CHECK = 'route-not-allowed';
const API = 'gateway.networking.k8s.io/v1';

/** A Gateway whose listener takes the routes of its own namespace or of all, and a route of another one, in a layer that waits for the health of everything. */
function attached(from: 'Same' | 'All'): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    checked.cluster.assume({ what: 'Cilium', apis: [{ group: 'gateway.networking.k8s.io' }], controllers: ['gateway.networking.k8s.io'] });
    const listener = { name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from } } };
    checked.layer('apps', [checked.component('shop',
      { apiVersion: API, kind: 'GatewayClass', name: 'cilium', fields: { spec: { controllerName: 'io.cilium/gateway-controller' } } },
      { apiVersion: API, kind: 'Gateway', name: 'general', namespace: 'default', fields: { spec: { gatewayClassName: 'cilium', listeners: [listener] } } },
      { apiVersion: API, kind: 'HTTPRoute', name: 'shop', fields: { spec: { parentRefs: [{ name: 'general', namespace: 'default' }] } } },
    )], { dependsOn: [checked.namespaces], wait: true });
    return checked;
  };
}

test('a route that the Gateway refuses is healthy for Flux', async () => {
  await Scene.play(CHECK, attached('Same'), [CHECK], async scene => {
    const parents = () => (scene.object('HTTPRoute', 'shop', 'apps')?.status?.parents ?? []) as object[];
    const accepted = (status: string) => parents().some(parent => hasCondition({ status: parent } as never, 'Accepted', status));
    await scene.run.until('the Gateway refuses the route', 5, () => accepted('False') || undefined);
    await scene.run.until('Flux has looked at it', 5, () => scene.object('Kustomization', 'apps', 'flux-system')?.status?.lastAppliedRevision);
    const looked = await scene.run.reconciled('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'flux-system', 'apps');
    expect([hasCondition(looked, 'Ready'), hasCondition(looked, 'Healthy'), accepted('False')]).toEqual([true, true, true]);
    expect(scene.run.history.failures).toEqual([]);
    await scene.push(attached('All'));
    await scene.converges();
    expect(accepted('True')).toBe(true);
  });
});
