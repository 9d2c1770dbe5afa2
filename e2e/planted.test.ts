/**
 * The faults that `test/checks/planted-faults.test.ts` plants in a whole platform, on real controllers: what is told of each, happens. A platform is without
 * the systems that its faults are not about, and a test is over once it is decided what becomes of them.
 */
import { EksSystem, FluxBootstrap } from 'cdk8s-strata';
import { Program, Scene, SceneOptions } from './claims/scene';
import { packChart } from './harness/chart';
import { KubernetesObject } from './harness/kubernetes-api';
import { addUpstream, chartObjects } from './played/stand-ins';
import { hasCondition, isAvailable } from './played/world';
import { ApplyStage } from '../src/delivery/apply-stages';
import { objectId, ObjectId } from '../src/delivery/object-id';
import { ready, tried } from '../src/delivery/rules';
import {
  Edge, ExamplePlatform, FAULTS, FaultTitle, IMPLIED_EDGES, MISSING_EDGES, plant, PlantedFault, Planting, without, withoutEdges,
} from '../test/checks/planted-faults';

const MINUTES = 20;
const REPOSITORY = { url: 'https://github.com/acme/platform', branch: 'main', bootstrap: FluxBootstrap.FLUX_CLI };

/** What never comes is waited for half as long again as it took until something failed: a scene waits for three times as long as it is told. */
const LONGER = 1.5 / 3;

/** What is told of what waits without failing: longer than the first layer takes. */
const A_WHILE = 20;

/** The example platform with something planted in it, and of the systems that it can do without only some. */
function program(planting: Planting, systems: readonly EksSystem[] = []): Program {
  return ({ mirrors }) => {
    const { platform, delivery, findings } = plant(planting, { mirrors, repository: REPOSITORY, without: without(systems) });
    return { platform, cluster: platform.only, changed: planting.data && { delivery, findings } };
  };
}

/** Several faults of one platform, and what mends all of them: they do not disturb each other. */
class Faults {
  private readonly faults: PlantedFault[];

  constructor(titles: readonly FaultTitle[]) {
    this.faults = titles.map(title => FAULTS[title]);
  }

  public get checks(): string[] {
    return this.faults.map(({ told }) => told.at.split(' ')[0]);
  }

  public get planted(): Program {
    return program(together(this.faults), this.systems);
  }

  public get mended(): Program {
    return program(together(this.faults.map(({ mend = {} }) => mend)), this.systems);
  }

  private get systems(): EksSystem[] {
    return this.faults.flatMap(({ systems = [] }) => systems);
  }
}

/** At most one of these changes data. */
function together(plantings: readonly Planting[]): Planting {
  return {
    props: Object.assign({}, ...plantings.map(({ props }) => props)),
    program: (platform: ExamplePlatform) => plantings.forEach(planting => planting.program?.(platform)),
    data: plantings.find(({ data }) => data)?.data,
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

const conditionOf = ({ status }: KubernetesObject, type: string): any => status.conditions.find((condition: any) => condition.type === type);

interface Halt {
  readonly faults: readonly [FaultTitle, ...FaultTitle[]];
  /** The Kustomization that fails, and what Flux says of it; none where everything waits. */
  readonly fails?: readonly [kustomization: string, message: RegExp];
  /** Other Kustomizations that fail, and because of which it does. */
  readonly because?: readonly string[];
  /** Whether it fails because it has waited long enough for what it applied. */
  readonly healthChecked?: boolean;
  /** The apply stage that it does not get through, where that is not the proof's to say. */
  readonly refused?: ApplyStage;
  /** What comes only once the fault is mended. */
  readonly comes: string;
  /** What else there is to see while nothing moves. */
  readonly look?: (scene: Scene) => Promise<void>;
}

describe('it never comes, and comes once it is mended:', () => {
  const halts: Halt[] = [
    {
      faults: ['a layer waits for one that depends on it'],
      comes: 'crds',
      look: async scene => {
        await scene.says('apps', /^dependency 'flux-system\/(infrastructure|observability)' is not ready$/);
        await scene.says('namespaces', /^dependency 'flux-system\/apps' is not ready$/);
      },
    },
    {
      faults: ['the source of the definitions is left out'],
      fails: ['crds', /timeout waiting for: \[Kustomization\/flux-system\/cert-manager-crds status: 'InProgress'\]/],
      because: ['cert-manager-crds'],
      healthChecked: true,
      comes: 'crds',
      look: async scene => void await scene.says('cert-manager-crds', /"cert-manager-crds" not found/),
    },
    {
      faults: ['a namespace is left out'],
      fails: ['epis', /^EKSPodIdentity\/security\/(external-secrets|cert-manager) not found: namespaces "security" not found/],
      comes: 'epis',
    },
    {
      faults: ['the definitions of a system are left out'],
      fails: ['security', /^ClusterIssuer\/letsencrypt dry-run failed: no matches for kind "ClusterIssuer" in version "cert-manager.io\/v1"/],
      comes: 'security',
    },
    {
      faults: ['a layer waits for what needs a Secret whose store comes after it'],
      fails: ['epis', /timeout waiting for: \[Deployment\/security\/early status: 'InProgress'\]/],
      healthChecked: true,
      comes: 'security',
      look: async scene => expect(scene.object('Secret', 'early', 'security')).toBeUndefined(),
    },
    {
      faults: ['a custom resource is beside the HelmRelease that brings its definition'],
      fails: ['infrastructure', /^NodePool\/more dry-run failed: no matches for kind "NodePool" in version "karpenter.sh\/v1"/],
      comes: 'infrastructure-nodes',
      look: async scene => expect(scene.object('HelmRelease', 'karpenter', 'karpenter')).toBeUndefined(),
    },
    {
      faults: ['a variable is renamed, and not everywhere'],
      fails: ['crossplane-configuration', /variable not set \(strict mode\): "cluster_region"/],
      refused: 'definitions',
      comes: 'crossplane-configuration',
    },
    {
      faults: ['a dashboard has a variable of Grafana\'s', 'a pod identity is for a ServiceAccount that nothing makes'],
      fails: ['observability', /variable not set \(strict mode\): "DS_PROMETHEUS"/],
      refused: 'definitions',
      comes: 'apps',
      // Nobody but the check says anything of the identity.
      look: async scene => {
        expect(hasCondition(scene.object('EKSPodIdentity', 'shop', 'apps')!, 'Ready')).toBe(true);
        expect(await scene.api.get('v1', 'ServiceAccount', 'apps', 'shop')).toBeUndefined();
      },
    },
    {
      faults: ['the number of an account is in a field for text'],
      fails: ['apps', /^ConfigMap\/apps\/account dry-run failed: failed to create typed patch object .*: \.data\.account: expected string, got/],
      refused: 'rest',
      comes: 'apps',
    },
  ];

  test.each(halts.map(halt => [halt.faults.join('; '), halt] as const))('%s', async (title, { faults: titles, fails, because = [], healthChecked, refused, comes, look }) => {
    const faults = new Faults(titles);
    await play(title, faults.planted, faults.checks, async scene => {
      if (fails) {
        await scene.fails(...fails);
        expect(await scene.comesToAHalt(scene.run.seconds * LONGER, refused && { [fails[0]]: refused })).toEqual([]);
        await scene.says(...fails);
      } else {
        expect(await scene.comesToAHalt(A_WHILE)).toEqual([]);
      }
      const failing = fails ? [...because, fails[0]] : [];
      expect([...new Set(scene.run.history.failures.map(({ name }) => name))]).toEqual(failing.map(name => `flux-system/${name}`));
      await look?.(scene);
      scene.commit(faults.mended);
      await scene.run.fetch(scene.delivery);
      // Where Kustomizations wait for each other, no new commit reaches them by itself.
      await scene.run.reconciled('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'flux-system', 'flux-system');
      await scene.applies(comes);
    }, {
      impatient: healthChecked ? [fails![0]] : [],
      // Whatever is left out, the internet has all that the whole platform reads.
      before: async (_, internet) => addUpstream(internet, plant({}).delivery),
    });
  });
});

interface Race {
  readonly edges: readonly Edge[];
  /** What is held back, one after the other, and which Kustomization fails while it is, and comes when it comes. */
  readonly late: readonly (readonly [late: string, fails: string, message: RegExp])[];
  readonly systems?: readonly EksSystem[];
}

describe('it fails where the other comes late, and comes with a later attempt:', () => {
  const noCrossplaneNamespace = /^Helm(Repository|Release)\/crossplane-system\/crossplane not found: namespaces "crossplane-system" not found/;
  const noStores = /^Cluster(SecretStore\/aws-secrets-manager|Issuer\/letsencrypt) dry-run failed: no matches for kind "Cluster(SecretStore|Issuer)"/;
  const races: Race[] = [
    {
      edges: [['flux', 'security'], ['crds', 'namespaces']],
      late: [
        ['crds', 'flux', /^ExternalSecret\/flux-system\/slack-webhook-url dry-run failed: no matches for kind "ExternalSecret" in version "external-secrets.io\/v1"/],
        ['namespaces', 'crossplane', noCrossplaneNamespace],
      ],
    },
    {
      edges: [['security', 'epis'], ['crossplane-providers', 'crossplane']],
      late: [
        ['crds', 'security', noStores],
        ['crossplane', 'crossplane-providers', /dry-run failed: no matches for kind "(DeploymentRuntimeConfig|Provider|Function|ManagedResourceActivationPolicy)"/],
      ],
    },
    { edges: [['crossplane', 'crds']], late: [['namespaces', 'crossplane', noCrossplaneNamespace], ['crds', 'security', noStores]] },
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

  test('each missing edge is among them', () => {
    expect(races.flatMap(({ edges }) => inWords(edges).split('; ')).sort()).toEqual(MISSING_EDGES.map(({ edge }) => inWords([edge])).sort());
  });

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

  test('a health check is taken away, and inference is off', async () => {
    const faults = new Faults(['a health check is taken away, and inference is off']);
    await play('a health check is taken away', faults.planted, faults.checks, async scene => {
      await scene.fails('infrastructure-nodes', /^EC2NodeClass\/default dry-run failed: no matches for kind "EC2NodeClass" in version "karpenter.k8s.aws\/v1"/);
      scene.release();
      await scene.applies('infrastructure-nodes');
      await scene.push(faults.mended);
      await scene.applies('infrastructure-nodes');
    }, { hold: ['public.ecr.aws/karpenter/karpenter'] });
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

  // However late it is: they wait for it without saying so.
  test(`implied: ${IMPLIED_EDGES.map(edge => edge.join(' → ')).join(', ')}`, async () => {
    await play('implied edges', program(withoutEdges(IMPLIED_EDGES), systems), [], async scene => {
      await scene.applies('epis');
      scene.release('security');
      await scene.applies('infrastructure');
      scene.release('observability');
      await scene.converges();
      const { first, failures } = scene.run.history;
      expect(failures).toEqual([]);
      expect(IMPLIED_EDGES.filter(([from, to]) => first.get(tried(kustomization(from)))! < first.get(ready(kustomization(to)))!)).toEqual([]);
    }, { late: ['security', 'observability'] });
  });
});

describe('everything comes but what the check says:', () => {
  test('a HelmRelease does not try again; a route is refused; an object in two layers goes back and forth', async () => {
    const faults = new Faults([
      'a HelmRelease that needs a Secret in its values does not try again', 'a route is of a namespace that the Gateway does not allow', 'the same object is in two layers',
    ]);
    const secret = 'ExternalSecret/tooling/harbor-admin';
    const RELEASE = 'tooling/base/harbor/helmrelease.yaml';
    let suspended = false;
    await play('a HelmRelease gives up', faults.planted, faults.checks, async scene => {
      const { history } = scene.run;
      await scene.fails('harbor', /^Helm install failed for release tooling\/harbor .*timeout waiting for: \[Deployment\/tooling\/harbor-core status: 'InProgress'\]/);
      scene.release(secret);
      await scene.run.until('everything else comes', MINUTES, () => scene.run.unready().every(line => /^(HelmRelease tooling\/harbor|HTTPRoute karpenter\/hidden): /.test(line)) || undefined);
      const deployment = (): KubernetesObject => scene.object('Deployment', 'harbor-core', 'tooling')!;
      await scene.run.until('its pods have what they lacked', MINUTES, () => isAvailable(deployment()) || undefined);
      for (let attempt = 0; attempt < 3; attempt++) {
        const release = await scene.run.reconciled('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'tooling', 'harbor');
        expect(conditionOf(release, 'Stalled')).toMatchObject({ status: 'True', message: 'Failed to install after 1 attempt(s)' });
        expect(conditionOf(release, 'Ready').status).toBe('False');
      }

      const { parents: [parent] } = scene.object('HTTPRoute', 'hidden', 'karpenter')!.status;
      expect(conditionOf({ status: parent } as any, 'Accepted').status).toBe('False');

      const service = (): KubernetesObject | undefined => scene.object('Service', 'podinfo', 'apps');
      for (const layer of ['tooling', 'apps', 'tooling']) {
        await scene.run.reconciled('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'flux-system', layer);
        await scene.run.until(`the Service is of ${layer}`, MINUTES, () => service()?.metadata.labels?.['kustomize.toolkit.fluxcd.io/name'] === layer || undefined);
      }
      const kustomizations = history.failures.filter(({ kind }) => kind === 'Kustomization');
      expect(kustomizations).toEqual([]);

      suspended = true;
      await scene.push(faults.mended);
      await scene.run.until('tooling takes the Service away from apps', MINUTES, () => service() === undefined || undefined);
      suspended = false;
      await scene.push(faults.mended);
      await scene.converges();
    }, {
      unattended: [secret],
      edit: files => {
        const path = 'clusters/mycluster-0/apps.yaml';
        files[RELEASE] = files[RELEASE].replace(/^spec:$/m, 'spec:\n  timeout: 10s');
        files[path] = suspended ? files[path].replace(/^spec:$/m, 'spec:\n  suspend: true') : files[path];
      },
      // In place of the chart: one whose pods need the Secret.
      before: async (_, internet) => {
        const { delivery: { kustomizations } } = plant({});
        const isHarbor = ({ kind, name }: { readonly kind: string; readonly name: string }): boolean => kind === 'HelmRelease' && name === 'harbor';
        const { spec: { chart } } = kustomizations.flatMap(({ objects }) => objects).find(isHarbor)!.manifest;
        const provisions = kustomizations.flatMap(({ provides }) => provides).filter(({ by }) => by.some(isHarbor));
        const objects = chartObjects('harbor', 'tooling', provisions) as KubernetesObject[];
        const core = objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'harbor-core')!;
        core.spec.template.spec.containers[0].envFrom = [{ secretRef: { name: '{{ .Values.secret }}' } }];
        internet.addChart('https://helm.goharbor.io', packChart('harbor', chart.spec.version, { definitions: [], objects }));
      },
    });
  });
});
