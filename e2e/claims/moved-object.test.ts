/** An object that is moved from one Kustomization to another (docs/checks/duplicate-object.md). */
import { Program, Scene } from './scene';
import { CheckedPlatform } from '../../test/checks/check-fixtures';

const OWNER = 'kustomize.toolkit.fluxcd.io/name';
const STAYS = { annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } };

type Side = 'left' | 'right';

/** Layers `left` and `right`, one of which has the ConfigMaps, and one of which may wait for the other. */
function layers(owner: Side, after?: Side): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const objects = [{ name: 'plain' }, { name: 'held' }, { name: 'marked', metadata: STAYS }];
    const [left, right] = (['left', 'right'] as const).map(side =>
      checked.layer(side, [checked.component(side, { name: side }, ...side === owner ? objects : [])], { dependsOn: [checked.namespaces] }));
    if (after !== undefined) {
      after === 'left' ? left.addDependency(right) : right.addDependency(left);
    }
    return checked;
  };
}

/** What a ConfigMap is: the same as before as long as it was not deleted. */
function identity(scene: Scene, name: string): string | undefined {
  return scene.object('ConfigMap', name, 'apps')?.metadata.uid;
}

test('it is deleted first where the Kustomization that loses it comes first: made again, or lost, or kept by a mark that it had before', async () => {
  await Scene.play('moved-object-lost', layers('left', 'right'), [], async scene => {
    await scene.converges();
    const [plain, held, marked] = ['plain', 'held', 'marked'].map(name => identity(scene, name));
    // Something that takes its time to clean up.
    await scene.api.patch(scene.object('ConfigMap', 'held', 'apps')!, { metadata: { finalizers: ['example.com/cleanup'] } });
    await scene.push(layers('right', 'right'));
    await scene.applies('right');
    await scene.run.until('plain is made again', 5, () => ![undefined, plain].includes(identity(scene, 'plain')) || undefined);
    expect(identity(scene, 'marked')).toBe(marked);

    // Applied while it was on its way out: Flux is content, and it goes all the same.
    const leaving = scene.object('ConfigMap', 'held', 'apps')!;
    expect(leaving.metadata).toMatchObject({ uid: held, deletionTimestamp: expect.any(String), labels: { [OWNER]: 'right' } });
    await scene.api.patch(leaving, { metadata: { finalizers: null } });
    await scene.run.until('held is gone', 5, () => identity(scene, 'held') === undefined || undefined);
    await scene.applies('right');
    expect(identity(scene, 'held')).toBeUndefined();
    await scene.run.reconciled('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'flux-system', 'right');
    await scene.run.until('held is made again', 5, () => identity(scene, 'held'));
  });
});

test('it stays where the Kustomization that loses it has come to wait for the other one before', async () => {
  await Scene.play('moved-object-kept', layers('left'), [], async scene => {
    await scene.converges();
    const before = ['plain', 'held'].map(name => identity(scene, name));
    await scene.push(layers('left', 'left'));
    await scene.run.until('left waits for right', 5, () => scene.object('Kustomization', 'left', 'flux-system')!.spec.dependsOn.length === 2 || undefined);
    await scene.push(layers('right', 'left'));
    await Promise.all(['right', 'left'].map(name => scene.applies(name)));
    expect(['plain', 'held'].map(name => identity(scene, name))).toEqual(before);
    expect(scene.object('ConfigMap', 'plain', 'apps')!.metadata.labels![OWNER]).toBe('right');
  });
});

test('a dependency that comes in the same commit may come too late', async () => {
  await Scene.play('moved-object-late', layers('left', 'right'), [], async scene => {
    await scene.converges();
    const before = identity(scene, 'plain');
    // As if the Kustomization of the cluster took its time over the new revision.
    const root = scene.object('Kustomization', 'flux-system', 'flux-system')!;
    await scene.api.patch(root, { spec: { suspend: true } });
    scene.commit(layers('right', 'left'));
    await scene.run.reconciled('source.toolkit.fluxcd.io/v1', 'GitRepository', 'flux-system', 'flux-system');
    await scene.applies('right');
    await scene.api.patch(root, { spec: { suspend: false } });
    await scene.converges();
    expect(identity(scene, 'plain')).not.toBe(before);
  });
});
