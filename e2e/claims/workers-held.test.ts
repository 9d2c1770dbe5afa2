/** Kustomizations that wait for health, and hold the workers of kustomize-controller (docs/checks/workers-held.md). */
import { release } from './operator';
import { Program, Scene, SceneOptions } from './scene';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';

const CHECK = 'workers-held';

const source = (name: string): ObjectFixture => ({
  apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'OCIRepository', name, fields: { spec: { interval: '1h', url: 'oci://example.com/held', ref: { tag: '1.2.3' } } },
});
const RELEASE = release('held', { chartRef: { kind: 'OCIRepository', name: 'shop-0' } });

/** Layers with a source each that does not come, which wait for it or do not, beside each other or one after the other. */
function shops(count: number, waiting: number, order: 'together' | 'in a row' = 'together'): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    let before = checked.namespaces;
    for (let i = 0; i < count; i++) {
      const layer = checked.layer(`shop-${i}`, [checked.component(`shop-${i}`, source(`shop-${i}`), ...i === 0 ? [RELEASE] : [])], { dependsOn: [before], wait: i < waiting });
      before = order === 'in a row' ? layer : before;
    }
    return checked;
  };
}

const HELD: SceneOptions = { hold: ['example.com/held'] };

/** How many Kustomizations wait for health. */
const waiting = (scene: Scene): number => [...scene.run.history.objects.values()].filter(({ kind, status }) => kind === 'Kustomization'
  && status?.conditions?.some((condition: any) => condition.type === 'Healthy' && condition.status === 'Unknown')).length;

/** Waits until so many Kustomizations wait for health, and pushes a commit then. Gives how many of them had failed once Flux looked at it. */
async function failedBeforeLooking(scene: Scene, held: number, program: Program, checks: readonly string[] = []): Promise<number> {
  await scene.run.until(`${held} wait`, 5, () => waiting(scene) === held || undefined);
  const before = scene.run.history.failures.length;
  await scene.push(program, checks);
  return scene.run.history.failures.length - before;
}

test('where as many wait as there are workers, Flux looks at nothing else until one of them is at its timeout: not at the commit that mends it either', async () => {
  await Scene.play(CHECK, shops(5, 5), [CHECK], async scene => {
    expect(await failedBeforeLooking(scene, 4, shops(5, 0))).toBeGreaterThan(0);
    expect(scene.run.history.failures[0].message).toMatch(/^health check failed after 30\.\S+s: timeout waiting for: \[/);
    scene.release();
    await scene.converges();
  }, HELD);
});

test('with more workers, Flux looks at a commit at once', async () => {
  await Scene.play(`${CHECK}-more`, shops(5, 5), [CHECK], async scene => {
    expect(await failedBeforeLooking(scene, 5, shops(5, 0))).toBe(0);
    scene.release();
    await scene.converges();
  }, { ...HELD, flux: { kustomizeController: ['--concurrent=6'] } });
});

test('where fewer wait than there are workers, Flux looks at a commit at once', async () => {
  await Scene.play(`${CHECK}-fewer`, shops(5, 3), [], async scene => {
    expect(await failedBeforeLooking(scene, 3, shops(5, 0))).toBe(0);
    scene.release();
    await scene.converges();
  }, HELD);
});

test('those that depend on each other do not wait at the same time', async () => {
  await Scene.play(`${CHECK}-row`, shops(5, 5, 'in a row'), [], async scene => {
    expect(await failedBeforeLooking(scene, 1, shops(5, 0))).toBe(0);
    await scene.says('shop-1', /^dependency 'flux-system\/shop-0' is not ready$/);
  }, HELD);
});
