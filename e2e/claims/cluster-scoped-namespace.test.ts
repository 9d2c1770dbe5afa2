/** A namespace where none belongs, or none where one has to be (docs/checks/cluster-scoped-namespace.md). */
import { ApiObject } from 'cdk8s';
import { Area, Component } from 'cdk8s-strata';
import { definedVersion, definition } from './definitions';
import { Program, Scene } from './scene';
import { CheckedPlatform } from '../../test/checks/check-fixtures';
import { isReady } from '../harness/readiness';

const CHECK = 'cluster-scoped-namespace';

const DEFINITION = definition('Shop', {
  group: 'example.org', scope: 'Cluster', versions: [definedVersion('v1', { type: 'object', properties: { street: { type: 'string' } } })],
});

/** A layer with a ConfigMap and another beside it, whose component has a namespace or none. */
function settings(namespace: string | undefined, targetNamespace?: string): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const component = new Component(checked.platform, 'web', { area: Area.APPS, namespace });
    new ApiObject(component, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
    new ApiObject(component, 'beside', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'beside', namespace: 'apps' } });
    checked.layer('web', [component], { dependsOn: [checked.namespaces], targetNamespace });
    return checked;
  };
}

/** Whether the Kustomization of a layer is ready. What it delivers has another namespace than the delivery says, so that the scene does not look for it. */
function isThereAndReady(scene: Scene, layer: string): true | undefined {
  const kustomization = scene.object('Kustomization', layer, 'flux-system');
  return kustomization && isReady(kustomization) || undefined;
}

test('without a namespace where one has to be, the dry run fails, and nothing of the apply stage is applied', async () => {
  const mended = settings('apps');
  const seconds = await Scene.converges(`${CHECK}-mended`, mended);
  await Scene.play(CHECK, settings(undefined), [CHECK], async scene => {
    await scene.fails('web', /^ConfigMap\/settings namespace not specified/);
    expect(await scene.comesToAHalt(seconds, { web: 'rest' })).toEqual([]);
    await scene.push(mended);
    await scene.converges();
  });
});

test('a Kustomization with a targetNamespace gives it', async () => {
  await Scene.play(`${CHECK}-target`, settings(undefined, 'apps'), [], async scene => {
    await scene.run.until('the layer is ready', 5, () => isThereAndReady(scene, 'web'));
    expect(scene.object('ConfigMap', 'settings', 'apps')).toBeDefined();
    expect(scene.run.history.failures).toEqual([]);
  });
});

/** A layer for each object of the cluster-scoped kind: its name, and the namespace that it is given. */
function shops(objects: readonly (readonly [layer: string, name: string, namespace?: string])[]): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const crds = checked.layer('crds', [checked.component('crds', DEFINITION)], { prune: false, wait: true });
    for (const [layer, name, namespace] of objects) {
      const component = new Component(checked.platform, layer, { area: Area.APPS });
      const shop = { apiVersion: 'example.org/v1', kind: 'Shop', metadata: { name, namespace }, spec: { street: `${layer} street` } };
      new ApiObject(component, 'shop', shop);
      checked.layer(layer, [component], { dependsOn: [checked.namespaces, crds] });
    }
    return checked;
  };
}

test('a namespace where none belongs is taken off, so that two of one name are one object, which two files write in turn', async () => {
  const faulty = shops([['first', 'corner', 'apps'], ['second', 'corner', 'flux-system'], ['third', 'far', 'nowhere']]);
  await Scene.play(`${CHECK}-given`, faulty, [CHECK, 'namespace-not-delivered'], async scene => {
    const layers = ['first', 'second', 'third'];
    await scene.run.until('all layers are ready', 5, () => layers.every(name => isThereAndReady(scene, name)) || undefined);
    expect(scene.run.history.failures).toEqual([]);
    expect(['apps', 'flux-system'].map(namespace => scene.object('Shop', 'corner', namespace))).toEqual([undefined, undefined]);
    // The third is there, without its namespace.
    expect([scene.object('Shop', 'far')!.spec.street, scene.object('Namespace', 'nowhere')]).toEqual(['third street', undefined]);
    for (const name of ['first', 'second', 'first']) {
      await scene.run.reconciled('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'flux-system', name);
      await scene.run.until(`the shop is in the ${name} street`, 1, () => scene.object('Shop', 'corner')!.spec.street === `${name} street` || undefined);
    }
    await scene.push(shops([['first', 'corner'], ['second', 'other'], ['third', 'far']]));
    await scene.converges();
    expect(['corner', 'other', 'far'].map(name => scene.object('Shop', name)!.spec.street)).toEqual(['first street', 'second street', 'third street']);
  });
});
