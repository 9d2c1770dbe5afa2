import fc from 'fast-check';
import { kustomization, object, plan } from './plan-fixtures';
import { PlayedCluster, PlayedKustomization, PlayedObject } from './played-cluster';
import { Plan } from '../../src/delivery/rules';
import { JsonObject } from '../../src/synth/json';

/** A random object: which sort it is, where it lives, and what it refers to, as numbers that fit any cluster. */
interface RandomObject {
  readonly sort: number;
  readonly owner: number;
  readonly namespace: number;
  readonly refers: number;
}

interface RandomKustomization {
  readonly dependsOn: number[];
  readonly wait: boolean;
  readonly checks: number[];
  readonly variables: number;
  readonly account: number;
  readonly parent: number;
}

/** A random cluster, as the rules read it and as the simulator plays it. */
export interface RandomCluster {
  readonly played: PlayedCluster;
  readonly plan: Plan;
}

/** An object in both forms. */
interface Both {
  readonly owner: number;
  readonly played: PlayedObject;
  readonly manifest: JsonObject;
  readonly apis: string[];
}

const HELM = 'helm.toolkit.fluxcd.io/v2';
const NAMESPACES = 3;
const KINDS = 4;
const SORTS = 13;

/** Clusters of up to so many Kustomizations. */
export function randomClusters(largest: number): fc.Arbitrary<RandomCluster> {
  const count = fc.nat({ max: 1000 });
  const randomKustomization: fc.Arbitrary<RandomKustomization> = fc.record({
    dependsOn: fc.array(count, { maxLength: 2 }),
    wait: fc.nat({ max: 3 }).map(number => number === 0),
    checks: fc.array(count, { maxLength: 2 }),
    variables: fc.nat({ max: 11 }),
    account: fc.nat({ max: 15 }),
    parent: count,
  });
  const randomObject: fc.Arbitrary<RandomObject> = fc.record({ sort: fc.nat({ max: SORTS - 1 }), owner: count, namespace: count, refers: count });
  // In most clusters nothing is missing: what matters there is the order.
  const all = fc.array(count, { minLength: NEEDED.length, maxLength: NEEDED.length });
  const owners = fc.oneof({ weight: 4, arbitrary: all }, { weight: 1, arbitrary: fc.constant([]) });
  const kustomizations = fc.array(randomKustomization, { minLength: 1, maxLength: largest });
  return fc.tuple(kustomizations, fc.array(randomObject, { minLength: 1, maxLength: largest * 2 }), owners)
    .map(([own, objects, by]) => clusterOf(own, by.map((owner, i) => ({ ...NEEDED[i], owner, namespace: owner })), objects));
}

/** One of everything that objects refer to. */
const NEEDED: readonly Pick<RandomObject, 'sort' | 'refers'>[] = [
  ...[0, 1, 2].map(refers => ({ sort: 0, refers })), ...[0, 1, 2, 3].map(refers => ({ sort: 1, refers })), { sort: 3, refers: 0 },
  ...[0, 1, 2, 3].map(refers => ({ sort: 2, refers })), { sort: 6, refers: 0 }, { sort: 7, refers: 0 }, { sort: 11, refers: 0 },
  ...[0, 1].flatMap(refers => [{ sort: 9, refers }, { sort: 10, refers }]),
];

function clusterOf(kustomizations: readonly RandomKustomization[], needed: readonly RandomObject[], others: readonly RandomObject[]): RandomCluster {
  // What is needed comes with the first Kustomizations, so that not nearly everything is a circle.
  const early = Math.ceil(kustomizations.length / 3);
  const objects = [...needed.map(random => ({ ...random, owner: random.owner % early })), ...others];
  const all = new Map(objects.map((random, i) => made(random, i, objects)).reverse()
    .map(both => [both.played.name, { ...both, owner: both.owner % kustomizations.length }]));
  const parents = kustomizations.map(({ parent }, i) => i > 0 && parent % 6 === 0 ? parent % i : undefined);
  const children = parents.flatMap((parent, i) => parent === undefined ? [] : [{ ...child(`k${i}`), owner: parent }]);
  const owned = [...all.values(), ...children];
  const secrets = owned.flatMap(both => both.played.brings).filter(name => name.startsWith('Secret x'));
  const played: PlayedKustomization[] = kustomizations.map((random, i) => {
    const own = owned.filter(({ owner }) => owner === i).map(both => both.played);
    // Mostly what comes earlier, so that not nearly everything is a circle.
    const dependsOn = [...new Set(random.dependsOn.map(number => number % 40 === 0 ? number % kustomizations.length : number % Math.max(i, 1)))]
      .filter(number => number !== i).map(number => `k${number}`);
    const checkable = random.checks.some(number => number % 40 === 0) ? owned.map(both => both.played) : own;
    return {
      name: `k${i}`,
      nested: parents[i] !== undefined,
      dependsOn,
      wait: random.wait,
      healthChecks: checkable.length === 0 ? [] : [...new Set(random.checks.map(number => checkable[number % checkable.length].name))],
      ...i < early && random.variables % 3 > 0 ? {} : variablesOf(random.variables, secrets),
      ...random.account < 2 && (i >= early || random.variables % 3 === 0) ? { account: `Binding account${random.account}` } : {},
      objects: own,
    };
  });
  const manifests = new Map(owned.map(both => [both.played.name, both.manifest]));
  return {
    played: { kustomizations: played, there: ['Namespace team', 'Namespace flux-system'] },
    plan: plan(
      played.map(({ name, nested, dependsOn, wait, healthChecks, variables, account, objects: own }) => ({
        name,
        nested,
        dependsOn,
        wait,
        healthChecks: healthChecks.map(check => referenceTo(manifests.get(check)!)),
        variables,
        account: account?.slice('Binding '.length),
        objects: own.map(each => manifests.get(each.name)!),
      })),
      Object.fromEntries(owned.filter(({ apis }) => apis.length > 0).map(({ manifest, apis }) =>
        [`${groupOf(manifest)}/${String(manifest.kind)} ${nameOf(manifest)}`, { objects: [], apis }])),
    ),
  };
}

/** A ConfigMap, or a Secret that a controller makes. */
function variablesOf(number: number, secrets: readonly string[]): { variables?: string } {
  return number < 2 ? { variables: `ConfigMap vars${number}` } : number < 4 && secrets.length > 0 ? { variables: secrets[number % secrets.length] } : {};
}

/** A Kustomization as an object of the one that applies it. */
function child(name: string): Omit<Both, 'owner'> {
  return {
    manifest: kustomization({ name }),
    apis: [],
    played: { name: `Kustomization ${name}`, stage: 2, namespace: 'Namespace flux-system', kustomization: name, waitsFor: [], brings: [] },
  };
}

/** One of each sort: definitions, releases that bring APIs, custom resources, stores and secrets, workloads, what Kustomizations need. */
function made({ sort, owner, namespace, refers }: RandomObject, i: number, all: readonly RandomObject[]): Both {
  const kind = refers % KINDS;
  const place = ['team', ...Array.from({ length: NAMESPACES }, (_, n) => `n${n}`)][namespace % (NAMESPACES + 1)];
  const other = (wanted: number) => {
    const candidates = all.map((candidate, index) => ({ candidate, index })).filter(({ candidate }) => candidate.sort === wanted);
    return candidates.length === 0 ? 999 : candidates[refers % candidates.length].index;
  };
  const both = (name: string, manifest: JsonObject, played: Partial<PlayedObject> = {}, apis: string[] = []): Both =>
    ({ owner, manifest, apis, played: { name, stage: 2, waitsFor: [], brings: [], ...played } });
  const inPlace = { namespace: `Namespace ${place}` };
  const apiOf = (number: number) => `api ${kindOf(number)}`;
  switch (sort) {
    case 0: return both(`Namespace n${kind % NAMESPACES}`, object('v1', 'Namespace', `n${kind % NAMESPACES}`, {}, ''), { stage: 0 });
    case 1: return both(`Definition d${kind}`, object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `d${kind}`,
      { spec: { group: 'example.com', names: { kind: kindOf(kind) } } }, ''), { stage: 0, brings: [apiOf(kind)] });
    case 2: return both(`Release r${i}`, object(HELM, 'HelmRelease', `r${i}`,
      { spec: { chart: { spec: { sourceRef: { kind: 'HelmRepository', name: `s${other(3)}`, namespace: 'team' } } } } }, place),
    { ...inPlace, waitsFor: [{ name: `Repository s${other(3)}`, ready: true }], brings: [`api ${kindOf(kind + KINDS)}`] }, [`example.com/${kindOf(kind + KINDS)}`]);
    case 3: return both(`Repository s${i}`, object('source.toolkit.fluxcd.io/v1', 'HelmRepository', `s${i}`, { spec: {} }), { namespace: 'Namespace team' });
    case 4: case 5: {
      const own = refers % (2 * KINDS);
      return both(`Custom c${i}`, object('example.com/v1', kindOf(own), `c${i}`, {}, place), { ...inPlace, blind: true, api: apiOf(own), stage: kindOf(own).endsWith('Class') ? 1 : 2 });
    }
    case 6: return both(`Store s${i}`, object('external-secrets.io/v1', 'ClusterSecretStore', `s${i}`, {}, ''), { blind: true });
    case 7: return both(`External e${i}`, object('external-secrets.io/v1', 'ExternalSecret', `e${i}`,
      { spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: `s${other(6)}` }, target: { name: `e${i}` } } }),
    { namespace: 'Namespace team', blind: true, waitsFor: [{ name: `Store s${other(6)}`, ready: true }], brings: [`Secret e${i}`] });
    case 8: return both(`Deployment w${i}`, object('apps/v1', 'Deployment', `w${i}`,
      { spec: { template: { spec: { containers: [{ envFrom: [{ secretRef: { name: `e${other(7)}` } }] }] } } } }),
    { namespace: 'Namespace team', waitsFor: [{ name: `Secret e${other(7)}`, ready: false }] });
    case 11: case 12: return both(`External x${i}`, object('external-secrets.io/v1', 'ExternalSecret', `x${i}`,
      { spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: `s${other(6)}` }, target: { name: `x${i}` } } }, 'flux-system'),
    { namespace: 'Namespace flux-system', blind: true, waitsFor: [{ name: `Store s${other(6)}`, ready: true }], brings: [`Secret x${i}`] });
    case 9: return both(`ConfigMap vars${kind % 2}`, object('v1', 'ConfigMap', `vars${kind % 2}`, {}, 'flux-system'), { namespace: 'Namespace flux-system' });
    default: return both(`Binding account${kind % 2}`, object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', `account${kind % 2}`,
      { subjects: [{ kind: 'ServiceAccount', name: `account${kind % 2}`, namespace: 'flux-system' }] }, ''));
  }
}

/** Every other kind is one that Flux applies before the rest, going by its name. */
function kindOf(number: number): string {
  return `Kind${number}${number % 2 === 0 ? 'Class' : ''}`;
}

function referenceTo(manifest: JsonObject): { apiVersion: string; kind: string; name: string; namespace?: string } {
  const { name, namespace } = manifest.metadata as { name: string; namespace?: string };
  return { apiVersion: String(manifest.apiVersion), kind: String(manifest.kind), name, ...namespace === undefined ? {} : { namespace } };
}

function groupOf(manifest: JsonObject): string {
  return String(manifest.apiVersion).split('/').slice(0, -1).join('');
}

function nameOf(manifest: JsonObject): string {
  const { name, namespace } = manifest.metadata as { name: string; namespace?: string };
  return namespace === undefined ? name : `${namespace}/${name}`;
}
