/** A reference to another namespace, on a Flux that keeps tenants apart (docs/checks/cross-namespace-reference.md). */
import { Mirror } from 'cdk8s-strata';
import { stringify } from 'yaml';
import { deliverFluxInstance, installOperator } from './flux-instance';
import { allRights } from './rights';
import { Program, Scene, SceneOptions } from './scene';
import { CheckedPlatform, ObjectFixture, RETRYING } from '../../test/checks/check-fixtures';
import { hasCondition } from '../played/world';

const CHECK = 'cross-namespace-reference';
const HOOK = 'hooks.example.com/shop';
const UPSTREAM = 'example.com/upstream';
const OPTIONS: SceneOptions = {
  flux: { tenantAccount: 'default', notifications: true },
  before: async (api, internet) => {
    await installOperator(api);
    internet.git.commit(UPSTREAM, upstream('blue'));
  },
};

function upstream(color: string): { [path: string]: string } {
  return { 'deploy/configmap.yaml': stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'upstream', namespace: 'apps' }, data: { color } }) };
}

const RIGHTS = allRights('ClusterRoleBinding', ...['flux-system', 'apps'].map(namespace => ({ name: 'default', namespace })));

function object(apiVersion: string, kind: string, name: string, namespace: string, spec: object): ObjectFixture {
  return { apiVersion, kind, name, namespace, fields: { spec } };
}

/** A release, a Kustomization, an Alert and a Receiver in the namespace `apps`, and what they refer to in another one. */
function referring(namespace: string, [mirror]: Mirror[]): ObjectFixture[] {
  const source = 'source.toolkit.fluxcd.io/v1';
  const notification = 'notification.toolkit.fluxcd.io';
  return [
    object(source, 'OCIRepository', 'shop', namespace, { interval: '1h', url: 'oci://example.com/shop', ref: { tag: '1.2.3' } }),
    object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'shop', 'apps', { interval: '1h', chartRef: { kind: 'OCIRepository', name: 'shop', namespace }, ...RETRYING }),
    object(source, 'GitRepository', 'upstream', namespace, { interval: '1h', url: `https://${UPSTREAM}`, ref: { branch: 'main' } }),
    object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'upstream', 'apps', {
      interval: '1h', path: './deploy', prune: true, sourceRef: { kind: 'GitRepository', name: 'upstream', namespace },
    }),
    object(`${notification}/v1beta3`, 'Provider', 'shop', 'apps', { type: 'generic', address: `${mirror.to}${HOOK}` }),
    object(`${notification}/v1beta3`, 'Alert', 'shop', 'apps', { providerRef: { name: 'shop' }, eventSources: [{ kind: 'GitRepository', name: '*', namespace }] }),
    object(`${notification}/v1`, 'Receiver', 'shop', 'apps', {
      type: 'generic', secretRef: { name: 'token' }, resources: [{ kind: 'GitRepository', name: 'upstream', namespace }],
    }),
  ];
}

function across(namespace: string): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    deliverFluxInstance(checked, { cluster: { multitenant: true } });
    checked.namespaces.addDependency(checked.layer('accounts', [checked.component('accounts', RIGHTS)], { serviceAccountName: 'kustomize-controller' }));
    const token = { kind: 'Secret', name: 'token', fields: { data: { token: '' } } };
    checked.layer('apps', [checked.component('shop', token, ...referring(namespace, props.mirrors))], { dependsOn: [checked.namespaces] });
    return checked;
  };
}

test('what reads a source of another namespace is stalled; an Alert tells nothing of it, and a Receiver answers with an error', async () => {
  await Scene.play(CHECK, across('default'), [CHECK], async scene => {
    const call = async (): Promise<number> => {
      const path = await scene.run.until('the Receiver has a path', 5, () => scene.object('Receiver', 'shop', 'apps')?.status?.webhookPath as string | undefined);
      return (await fetch(`${scene.run.flux.receivers}${path}`, { method: 'POST', body: '{}' })).status;
    };
    const [release, kustomization] = await Promise.all([
      scene.fails('shop', /cross-namespace references are not allowed: cannot access OCIRepository/),
      scene.fails('upstream', /^can't access 'GitRepository\/default\/upstream', cross-namespace references have been blocked/),
    ]);
    expect([release.reason, kustomization.reason]).toEqual(['AccessDenied', 'AccessDenied']);
    expect([['HelmRelease', 'shop'], ['Kustomization', 'upstream']].map(([kind, name]) => hasCondition(scene.object(kind, name, 'apps')!, 'Stalled'))).toEqual([true, true]);
    expect(await call()).toBe(500);
    await scene.applies('apps');
    expect(scene.internet.messages.get(HOOK)).toBeUndefined();

    await scene.push(across('apps'));
    await scene.applies('apps');
    await scene.run.until('the Receiver is looked at', 5, () => {
      const { metadata, status } = scene.object('Receiver', 'shop', 'apps')!;
      return status.observedGeneration === metadata.generation || undefined;
    });
    scene.internet.git.commit(UPSTREAM, upstream('red'));
    expect(await call()).toBe(200);
    await scene.run.until('the Kustomization follows', 5, () => scene.object('ConfigMap', 'upstream', 'apps')?.data.color === 'red' || undefined);
    await scene.converges();
    await scene.run.until('the Alert tells of the source', 5, () => scene.internet.messages.get(HOOK));
  }, OPTIONS);
});
