/**
 * Faults that `test/checks/planted-faults.test.ts` plants in a whole platform, on real controllers: what is told of each, happens. A platform is without
 * the systems that its faults are not about, and a test is over once it is decided what becomes of them.
 */
import { EksSystem, FluxBootstrap } from 'cdk8s-strata';
import { Program, Scene, SceneOptions } from './claims/scene';
import { objectId, ObjectId } from '../src/delivery/object-id';
import { tried } from '../src/delivery/rules';
import { Edge, MISSING_EDGES, plant, Planting, without, withoutEdges } from '../test/checks/planted-faults';

const MINUTES = 20;
const REPOSITORY = { url: 'https://github.com/acme/platform', branch: 'main', bootstrap: FluxBootstrap.FLUX_CLI };

/** The example platform with something planted in it, and of the systems that it can do without only some. */
function program(planting: Planting, systems: readonly EksSystem[] = []): Program {
  return ({ mirrors }) => {
    const { platform, delivery, findings } = plant(planting, { mirrors, repository: REPOSITORY, without: without(systems) });
    return { platform, cluster: platform.only, changed: planting.data && { delivery, findings } };
  };
}

/** Plays a platform, and tells how long it took. */
async function play(
  title: string, played: Program, checks: readonly string[], act: (scene: Scene) => Promise<void>, options: SceneOptions = {},
): Promise<void> {
  const start = Date.now();
  await Scene.play(`planted-${title.replace(/\W+/g, '-')}`, played, checks, act, { minutes: MINUTES, impatient: [], ...options });
  console.log(`${title}: ${Math.round((Date.now() - start) / 1000)} s`);
}

const kustomization = (name: string): ObjectId => objectId('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', name, 'flux-system');

const wasTried = (scene: Scene, name: string): boolean => scene.run.history.first.has(tried(kustomization(name)));

interface Race {
  readonly edges: readonly Edge[];
  /** What is held back, one after the other, and which Kustomization fails while it is, and comes when it comes. */
  readonly late: readonly (readonly [late: string, fails: string, message: RegExp])[];
  readonly systems?: readonly EksSystem[];
}

describe('it fails where the other comes late, and comes with a later attempt:', () => {
  const races: Race[] = [
    {
      edges: [['crossplane-configuration', 'crossplane-providers']],
      late: [['crossplane-providers', 'crossplane-configuration', /^ClusterProviderConfig\/default dry-run failed: no matches for kind "ClusterProviderConfig"/]],
    },
    {
      edges: [['epis', 'crossplane-configuration'], ['infrastructure-nodes', 'infrastructure']],
      late: [
        ['crossplane-configuration', 'epis', /^EKSPodIdentity\/\S+ dry-run failed: no matches for kind "EKSPodIdentity" in version "cloud.ogenki.io\/v1alpha1"/],
        ['infrastructure', 'infrastructure-nodes', /^EC2NodeClass\/default dry-run failed: no matches for kind "EC2NodeClass" in version "karpenter.k8s.aws\/v1"/],
      ],
      systems: [EksSystem.KARPENTER],
    },
  ];

  const inWords = (edges: readonly Edge[]): string => edges.map(([from, to]) => `${from} no longer waits for ${to}`).join('; ');

  test.each(races.map(race => [inWords(race.edges), race] as const))('%s', async (title, { edges, late, systems }) => {
    const told = edges.flatMap(edge => MISSING_EDGES.find(missing => inWords([missing.edge]) === inWords([edge]))!.told);
    await play(title, program(withoutEdges(edges), systems), [...new Set(told.map(([check]) => check))], async scene => {
      for (const [held, fails, message] of late) {
        await scene.fails(fails, message);
        scene.release(held);
        await scene.applies(fails);
      }
      await scene.push(program(withoutEdges(edges, told.map(([, edge]) => edge)), systems));
      await scene.applies(late[late.length - 1][1]);
    }, { late: late.map(([held]) => held) });
  });
});

describe('nothing fails without it:', () => {
  const systems = [EksSystem.GRAFANA, EksSystem.HOMEPAGE];

  test('infrastructure no longer waits for security, and apps no longer waits for observability, which come late', async () => {
    await play('infrastructure before security', program(withoutEdges([['infrastructure', 'security'], ['apps', 'observability']]), systems), [], async scene => {
      await Promise.all(['infrastructure', 'apps'].map(name => scene.applies(name)));
      expect(['security', 'observability'].filter(name => wasTried(scene, name))).toEqual([]);
      scene.release();
      await scene.converges();
      expect(scene.run.history.failures).toEqual([]);
    }, { late: ['security', 'observability'] });
  });

  test('observability and tooling no longer wait for infrastructure, which comes late', async () => {
    await play('observability before infrastructure', program(withoutEdges([['observability', 'infrastructure'], ['tooling', 'infrastructure']]), systems), [], async scene => {
      await Promise.all(['observability', 'tooling'].map(name => scene.applies(name)));
      expect(wasTried(scene, 'infrastructure')).toBe(false);
      scene.release();
      await scene.converges();
      expect(scene.run.history.failures).toEqual([]);
    }, { late: ['infrastructure'] });
  });
});
