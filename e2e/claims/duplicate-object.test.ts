/** An object that two Kustomizations apply (docs/checks/duplicate-object.md). */
import { Program, Scene } from './scene';
import { CheckedPlatform } from '../../test/checks/check-fixtures';

const CHECK = 'duplicate-object';
const LABEL = 'kustomize.toolkit.fluxcd.io/name';
const KUSTOMIZATION = 'kustomize.toolkit.fluxcd.io/v1';

/**
 * Layers `one` and `two`, each with a ConfigMap of its own, and those that are named with the ConfigMap `settings`, too.
 *
 * @param before what waits for the other one, if either does
 */
function layersWith(owners: readonly string[], before?: 'one waits for two' | 'two waits for one'): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const [one, two] = ['one', 'two'].map(id => {
      const settings = owners.includes(id) ? [{ name: 'settings', namespace: 'default', fields: { data: { [id]: 'yes' } } }] : [];
      return checked.layer(id, [checked.component(id, { name: id, namespace: 'default' }, ...settings)]);
    });
    if (before === 'one waits for two') {
      one.addDependency(two);
    } else if (before === 'two waits for one') {
      two.addDependency(one);
    }
    return checked;
  };
}

const settingsOf = (scene: Scene): any => scene.object('ConfigMap', 'settings', 'default');

/** Has Flux apply a Kustomization again, as it does at each interval, and waits until the ConfigMap is as that has it. */
async function written(scene: Scene, by: string): Promise<void> {
  await scene.run.reconciled(KUSTOMIZATION, 'Kustomization', 'flux-system', by);
  await scene.run.until(`settings is of ${by}`, 5, () => settingsOf(scene)?.metadata.labels[LABEL] === by || undefined);
}

const suspend = async (scene: Scene, name: string, suspended: boolean): Promise<void> => {
  await scene.api.patch(scene.kustomization(name)!, { spec: { suspend: suspended } });
};

test('each of two Kustomizations puts its version of an object in place of the other\'s, without a conflict; what drops it deletes it for the other', async () => {
  await Scene.play(CHECK, layersWith(['one', 'two'], 'two waits for one'), [CHECK], async scene => {
    await scene.converges();
    for (const by of ['one', 'two', 'one']) {
      await written(scene, by);
      expect(settingsOf(scene).data).toEqual({ [by]: 'yes' });
    }
    expect(settingsOf(scene).metadata.managedFields.map(({ manager }: { manager: string }) => manager)).toEqual(['kustomize-controller']);
    expect(scene.run.history.failures).toEqual([]);
    const { uid } = settingsOf(scene).metadata;

    // `one` was the last to write, and is the first to see the next commit, in which it no longer has the object.
    await suspend(scene, 'two', true);
    await scene.push(layersWith(['two'], 'two waits for one'));
    await scene.run.until('settings is gone', 5, () => settingsOf(scene) === undefined || undefined);
    await suspend(scene, 'two', false);
    await scene.converges();
    await scene.applies('two');
    expect(settingsOf(scene).data).toEqual({ two: 'yes' });
    expect(settingsOf(scene).metadata.uid).not.toBe(uid);
  });
});

test('what drops an object leaves it alone where the other was the last to write', async () => {
  await Scene.play(`${CHECK}-other`, layersWith(['one', 'two'], 'one waits for two'), [CHECK], async scene => {
    await scene.converges();
    await written(scene, 'two');
    const { uid } = settingsOf(scene).metadata;
    await scene.push(layersWith(['two'], 'one waits for two'));
    await scene.applies('one');
    await scene.converges();
    expect(settingsOf(scene).metadata.uid).toBe(uid);
    expect(settingsOf(scene).data).toEqual({ two: 'yes' });
  });
});
