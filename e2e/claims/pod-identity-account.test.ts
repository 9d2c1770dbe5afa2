/** Rights on AWS for a ServiceAccount that nothing makes (docs/checks/pod-identity-account.md). Crossplane is played: what is shown is what Flux makes of it. */
import { Program, Scene } from './scene';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';
import { hasCondition } from '../played/world';

const CHECK = 'pod-identity-account';
const IDENTITY: ObjectFixture = {
  apiVersion: 'example.com/v1', kind: 'EKSPodIdentity', name: 'shop', fields: { spec: { serviceAccount: { name: 'shop', namespace: 'apps' } } },
};

/** An identity in a layer that waits for its health, and the account that it is for, if it is there. */
function identity(...account: ObjectFixture[]): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    checked.cluster.assume({ what: 'the composite type', apis: [{ group: 'example.com', kinds: ['EKSPodIdentity'] }], controllers: ['example.com'] });
    checked.layer('apps', [checked.component('shop', IDENTITY, ...account)], { dependsOn: [checked.namespaces], wait: true });
    return checked;
  };
}

test('an identity for an account that is not there is healthy for Flux, as soon as its operator says that it is ready', async () => {
  await Scene.play(CHECK, identity(), [CHECK], async scene => {
    const made = await scene.run.until('the identity is there', 5, () => scene.object('EKSPodIdentity', 'shop', 'apps'));
    const condition = (type: string, reason: string) => ({ type, status: 'True', reason, lastTransitionTime: '2026-01-01T00:00:00Z' });
    await scene.api.patch(made, { status: { conditions: [condition('Synced', 'ReconcileSuccess'), condition('Ready', 'Available')] } }, '/status');
    await scene.applies('apps');
    const looked = await scene.run.reconciled('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'flux-system', 'apps');
    expect([hasCondition(looked, 'Ready'), hasCondition(looked, 'Healthy')]).toEqual([true, true]);
    expect(scene.object('ServiceAccount', 'shop', 'apps')).toBeUndefined();
    expect(scene.run.history.failures).toEqual([]);
    await scene.push(identity({ kind: 'ServiceAccount', name: 'shop' }));
    await scene.converges();
  });
});
