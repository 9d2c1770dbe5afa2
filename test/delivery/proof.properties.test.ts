/** What the proof says of random clusters, against a simulator that plays them step by step. */
import fc from 'fast-check';
import { PlayedCluster } from './played-cluster';
import { RandomCluster, randomClusters } from './random-clusters';
import { Failure, Simulation } from './simulator';
import { InferredEdge, infer } from '../../src/delivery/inference';
import { idText } from '../../src/delivery/object-id';
import { Judgement, prove } from '../../src/delivery/proof';

/** The same clusters each time, unless another seed is given: `PROPERTY_SEED=$RANDOM PROPERTY_RUNS=5000` looks at others. */
const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 200), seed: Number(process.env.PROPERTY_SEED ?? 1) };

/** Plays a cluster until nothing changes any more; the numbers decide who acts next. */
function play(cluster: RandomCluster, luck: readonly number[]): Simulation {
  const simulation = new Simulation(cluster.played);
  const { actors } = simulation;
  luck.forEach(number => simulation.step(actors[number % actors.length]));
  settle(simulation);
  return simulation;
}

/** Everybody acts in turn, until a while nothing new came of it. */
function settle(simulation: Simulation): void {
  for (let idle = 0; idle < 10; idle += 1) {
    const before = progressOf(simulation);
    simulation.actors.forEach(actor => simulation.step(actor));
    idle = progressOf(simulation) > before ? -1 : idle;
  }
}

/** How much is there, and how much of it is ready. */
function progressOf(simulation: Simulation): number {
  return simulation.actors.filter(actor => simulation.isReady(actor)).length + simulation.actors.filter(actor => simulation.has(actor)).length;
}

/** What the simulator calls the fact of a requirement. */
function inItsWords(fact: string): string {
  const [, word, rest] = /^(\S+) (.*)$/.exec(fact)!;
  if (word === 'rights') {
    return `Binding ${rest.split(':').pop()}`;
  }
  const [, kind, name] = /^(\S+)(?: (?:[^ /]*\/)?(\S+))?$/.exec(rest)!;
  const names: Record<string, string> = {
    'helm.toolkit.fluxcd.io/HelmRelease': 'Release',
    'source.toolkit.fluxcd.io/HelmRepository': 'Repository',
    'external-secrets.io/ClusterSecretStore': 'Store',
    'external-secrets.io/ExternalSecret': 'External',
    'apps/Deployment': 'Deployment',
    'apiextensions.k8s.io/CustomResourceDefinition': 'Definition',
  };
  const custom = kind.startsWith('example.com/') ? 'Custom' : undefined;
  return word === 'api' ? `api ${kind.split('/')[1]}` : `${names[kind] ?? custom ?? kind.split('/')[1]} ${name}`;
}

const nameOf = (id: { readonly name: string }) => id.name;

/** The failure that a requirement would show as. */
function isFailureOf({ requirement }: Judgement, failure: Failure): boolean {
  return failure.kustomization === nameOf(requirement.kustomization) && failure.missing === inItsWords(requirement.fact)
    && (failure.object === undefined) === (requirement.object === undefined)
    && (requirement.object === undefined || failure.object!.split(' ')[1] === requirement.object.name);
}

const attempts = ({ judgements }: ReturnType<typeof prove>) => judgements.filter(({ requirement }) =>
  requirement.strength === 'build' || requirement.strength === 'apply').filter(({ requirement }) => requirement.awaited !== true);

test('what is ordered never fails an attempt, in no order of things', () => {
  fc.assert(fc.property(randomClusters(30), fc.array(fc.nat({ max: 10_000 }), { maxLength: 200 }), (cluster, luck) => {
    const ordered = attempts(prove(cluster.plan)).filter(({ verdict }) => verdict === 'ordered');
    const { failures } = play(cluster, luck);
    expect(failures.filter(failure => ordered.some(judgement => isFailureOf(judgement, failure)))).toEqual([]);
  }), RUNS);
});

test('what is ordered does not fail either where everybody is late who could be', () => {
  fc.assert(fc.property(randomClusters(10), fc.nat({ max: 10_000 }), (cluster, number) => {
    const there = new Set(cluster.played.there);
    const ordered = attempts(prove(cluster.plan)).filter(({ verdict, requirement }) =>
      verdict === 'ordered' && requirement.kustomization.name !== 'flux-system' && !there.has(inItsWords(requirement.fact)) && /^(Namespace|Secret|ConfigMap|Binding|api Kind)/.test(inItsWords(requirement.fact)));
    expect(ordered.length > 0 && failsUnluckily(cluster, ordered[number % ordered.length])).toBe(false);
  }), RUNS);
});

test('a cluster converges where everything is reached, and not where something is not possible', () => {
  fc.assert(fc.property(randomClusters(30), fc.array(fc.nat({ max: 10_000 }), { maxLength: 200 }), (cluster, luck) => {
    const { judgements, reached, possible } = prove(cluster.plan);
    const needed = [
      ...judgements.filter(({ requirement }) => requirement.strength !== 'soft').map(({ requirement }) => requirement.fact),
      ...cluster.played.kustomizations.map(({ name }) => `ready kustomize.toolkit.fluxcd.io/Kustomization flux-system/${name}`),
    ];
    const { converged } = play(cluster, luck);
    const [all, some] = [needed.every(event => reached.has(event)), needed.every(event => possible.has(event))];
    expect({ all, some, converged }).toEqual({ all, some, converged: all || (some && converged) });
  }), RUNS);
});

test('what is missing or not possible is there in no order of things, and what is reached in every one', () => {
  fc.assert(fc.property(randomClusters(30), fc.array(fc.nat({ max: 10_000 }), { maxLength: 200 }), (cluster, luck) => {
    const simulation = play(cluster, luck);
    const { judgements, reached, possible } = prove(cluster.plan);
    for (const fact of new Set(judgements.map(({ requirement }) => requirement.fact))) {
      const words = inItsWords(fact);
      if (/^api Kind|^(Namespace n|Secret|ConfigMap|Binding)/.test(words)) {
        const there = simulation.has(words);
        expect([words, there]).toEqual([words, reached.has(fact) || (possible.has(fact) && there)]);
      }
    }
  }), RUNS);
});

test('a race fails in some order of things', () => {
  fc.assert(fc.property(randomClusters(30), cluster => {
    for (const race of attempts(prove(cluster.plan)).filter(({ verdict }) => verdict === 'race')) {
      expect([idText(race.requirement.kustomization), race.requirement.fact, failsUnluckily(cluster, race)])
        .toEqual([idText(race.requirement.kustomization), race.requirement.fact, true]);
    }
  }), RUNS);
});

test('what inference adds puts in order what it says, and nothing that converged gets stuck', () => {
  fc.assert(fc.property(randomClusters(12), fc.array(fc.nat({ max: 10_000 }), { maxLength: 150 }), (cluster, luck) => {
    const { edges, proof } = infer(cluster.plan);
    const before = prove(cluster.plan);
    expect([...before.reached].filter(event => !proof.reached.has(event))).toEqual([]);
    const after = { ...cluster, played: withEdges(cluster.played, edges) };
    const { failures, converged } = play(after, luck);
    const ordered = attempts(proof).filter(({ verdict }) => verdict === 'ordered');
    expect(failures.filter(failure => ordered.some(judgement => isFailureOf(judgement, failure)))).toEqual([]);
    expect(converged).toBe(play(cluster, luck).converged);
  }), RUNS);
});

function withEdges(played: PlayedCluster, edges: readonly InferredEdge[]): PlayedCluster {
  return {
    ...played,
    kustomizations: played.kustomizations.map(kustomization => ({
      ...kustomization,
      dependsOn: [
        ...kustomization.dependsOn,
        ...edges.filter(({ dependency, from }) => dependency && from.name === kustomization.name).map(({ to }) => to.name),
      ],
      healthChecks: [
        ...kustomization.healthChecks,
        ...edges.filter(({ gate, to }) => gate && to.name === kustomization.name).map(({ gate }) => inItsWords(`exists ${idText(gate!)}`)),
      ],
    })),
  };
}

/**
 * Everybody acts but who would bring the fact, until the attempt fails or nothing happens any more. No controller looks at anything that it
 * would find amiss: as long as it does not, that holds up nobody.
 */
function failsUnluckily(cluster: RandomCluster, judgement: Judgement): boolean {
  let simulation = new Simulation(cluster.played);
  const fact = inItsWords(judgement.requirement.fact);
  for (let idle = 0; idle < 10; idle += 1) {
    const before = progressOf(simulation);
    for (const actor of simulation.actors) {
      const next = simulation.fork();
      next.step(actor);
      if (!next.has(fact) && next.amiss === simulation.amiss) {
        simulation = next;
      }
    }
    if (simulation.failures.some(failure => isFailureOf(judgement, failure))) {
      return true;
    }
    idle = progressOf(simulation) > before ? -1 : idle;
  }
  return false;
}
