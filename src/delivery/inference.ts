import { identityOf } from './object-facts';
import { idText, ObjectId } from './object-id';
import { Judgement, Proof, prove, withSettled } from './proof';
import { Plan, ready, Requirement, tried } from './rules';
import { JsonObject } from '../synth/json';

/** An entry of `healthChecks`. */
export interface Gate extends ObjectId {
  readonly apiVersion: string;
}

/** An edge or a gate that was added, and what it is for. */
export interface InferredEdge {
  /** The Kustomization that waits. */
  readonly from: ObjectId;
  /** The Kustomization that it waits for. */
  readonly to: ObjectId;
  /** The object whose health has to be checked there, so that waiting is enough; none where it is enough as it is. */
  readonly gate?: Gate;
  /** Whether the dependency itself was added; otherwise it was there, and the gate alone was. */
  readonly dependency: boolean;
  /** What it is for. */
  readonly because: Requirement;
  /** What else is in order by it alone. */
  readonly alsoFor: Requirement[];
}

/** A plan in which everything that can be put in order is. */
export interface Inference {
  readonly plan: Plan;
  readonly proof: Proof;
  /** The proof of the plan as it was written. */
  readonly written: Proof;
  readonly edges: InferredEdge[];
}

/**
 * Adds the dependencies, and where needed the health checks, that put in order what would otherwise fail and be tried again. None that
 * makes anything unreachable that was reached, and none that is there already or follows from the others.
 */
export function infer(original: Plan): Inference {
  const written = prove(original);
  let plan = original;
  let proof = written;
  let tries = new Tries(plan, proof);
  const edges: InferredEdge[] = [];
  const settled = new Set<string>();
  for (let race = nextRace(proof, settled); race; race = nextRace(proof, settled)) {
    const mended = mend(tries, race.requirement);
    if (mended) {
      ({ plan, proof } = mended);
      tries = new Tries(plan, proof);
      edges.push(mended.edge);
    } else {
      settled.add(requirementKey(race.requirement));
    }
  }
  const needed = withoutNeedless(original, edges, mendedBetween(written, proof));
  const settles = (requirement: Requirement) => healsByItself(requirement) && settled.has(requirementKey(requirement));
  return { ...needed, written, proof: withSettled(needed.proof ?? proof, settles) };
}

/** What is worse first; a webhook that does not answer yet lets pass most of the time. */
const ORDER = ['build', 'apply', 'webhook', 'ready', 'soft'];

function rankOf({ strength, passing }: Requirement): number {
  return ORDER.indexOf(passing ? 'webhook' : strength);
}

function nextRace({ judgements }: Proof, settled: ReadonlySet<string>): Judgement | undefined {
  return judgements.filter(({ verdict, requirement }) => verdict === 'race' && !settled.has(requirementKey(requirement)))
    .sort((a, b) => rankOf(a.requirement) - rankOf(b.requirement))[0];
}

/** What was out of order before and is not any more. */
function mendedBetween(before: Proof, after: Proof): Requirement[] {
  const ordered = orderedIn(after);
  const races = before.judgements.filter(({ verdict }) => verdict === 'race').map(({ requirement }) => requirement);
  return races.filter(requirement => ordered.has(requirementKey(requirement)));
}

function orderedIn({ judgements }: Proof): ReadonlySet<string> {
  return new Set(judgements.filter(({ verdict }) => verdict === 'ordered').map(({ requirement }) => requirementKey(requirement)));
}

/** Edges that are all needed; the proof where it is another one. */
interface Needed {
  readonly plan: Plan;
  readonly proof?: Proof;
  readonly edges: InferredEdge[];
}

/** Takes away again what later edges made needless, and says of each of the others what it is needed for. */
function withoutNeedless(original: Plan, edges: readonly InferredEdge[], mended: readonly Requirement[]): Needed {
  let kept = [...edges];
  let proof: Proof | undefined;
  const lost = (instead: readonly InferredEdge[]) => {
    const without = prove(instead.reduce(withEdge, original));
    const ordered = orderedIn(without);
    return { without, requirements: mended.filter(requirement => !ordered.has(requirementKey(requirement))) };
  };
  for (const edge of edges) {
    const replaced = (...less: InferredEdge[]) => kept.flatMap(other => other === edge ? less : [other]);
    const { without, requirements } = lost(replaced());
    if (requirements.length === 0) {
      kept = replaced();
      proof = without;
    } else {
      const because = reasonOf(edge, requirements);
      const needed = { ...edge, because, alsoFor: requirements.filter(requirement => requirement !== because) };
      const less = partsOf(needed).map(part => ({ part, ...lost(replaced(part)) })).find(part => part.requirements.length === 0);
      kept = replaced(less?.part ?? needed);
      proof = less?.without ?? proof;
    }
  }
  return { plan: kept.reduce(withEdge, original), proof, edges: withShared(kept, mended) };
}

/** An edge with a gate is two things, of which one may be enough in the end. */
function partsOf(edge: InferredEdge): InferredEdge[] {
  const { gate, dependency } = edge;
  return gate && dependency ? [{ ...edge, dependency: false }, { ...edge, gate: undefined }] : [];
}

/** The worst of what an edge is needed for. */
function reasonOf({ because, from }: InferredEdge, requirements: readonly Requirement[]): Requirement {
  const worst = Math.min(...requirements.map(rankOf));
  const candidates = requirements.filter(requirement => rankOf(requirement) === worst);
  return candidates.find(requirement => requirementKey(requirement) === requirementKey(because))
    ?? candidates.find(({ kustomization }) => idText(kustomization) === idText(from)) ?? candidates[0];
}

/** What any of several edges puts in order is told with the first one of its own Kustomization. */
function withShared(edges: readonly InferredEdge[], mended: readonly Requirement[]): InferredEdge[] {
  const told = new Set(edges.flatMap(({ because, alsoFor }) => [because, ...alsoFor]));
  const shared = mended.filter(requirement => !told.has(requirement)).map(requirement => ({
    requirement, edge: edges.find(({ from }) => idText(from) === idText(requirement.kustomization)) ?? edges[0],
  }));
  return edges.map(edge => {
    const further = shared.filter(other => other.edge === edge).map(({ requirement }) => requirement);
    return { ...edge, alsoFor: [...edge.alsoFor, ...further] };
  });
}

/** What a requirement is told apart by. */
export function requirementKey({ kustomization, object, fact, at }: Requirement): string {
  return [idText(kustomization), object ? idText(object) : '', fact, at].join('|');
}

function healsByItself({ strength, passing }: Requirement): boolean {
  return strength === 'ready' || passing === true;
}

interface Mended {
  readonly plan: Plan;
  readonly proof: Proof;
  readonly edge: InferredEdge;
}

/** The least that puts a requirement in order: a dependency, a gate where there is one already, or both. */
function mend(tries: Tries, requirement: Requirement): Mended | undefined {
  const provider = tries.providerOf(requirement.fact);
  if (!provider || idText(provider.kustomization) === idText(requirement.kustomization)) {
    return undefined;
  }
  const { kustomization: to, object } = provider;
  const from = requirement.kustomization;
  const dependency = !tries.isAwaited(from, to);
  const attempts = [
    ...dependency ? [{ from, to, dependency, because: requirement, alsoFor: [] }] : [],
    // A gate holds up whatever else waits: only for what would fail an attempt.
    ...requirement.strength === 'ready' ? [] : [{ from, to, gate: object, dependency, because: requirement, alsoFor: [] }],
  ];
  for (const edge of attempts) {
    const attempt = tries.with(edge);
    if (attempt && isOrdered(attempt.proof, requirement)) {
      return { ...attempt, edge };
    }
  }
  return undefined;
}

function isOrdered({ judgements }: Proof, requirement: Requirement): boolean {
  const key = requirementKey(requirement);
  return judgements.some(judgement => requirementKey(judgement.requirement) === key && judgement.verdict === 'ordered');
}

/** An object, and the Kustomization that applies it. */
interface Applied {
  readonly kustomization: ObjectId;
  readonly object: Gate;
}

/** What comes of one more edge in a plan, each tried once. */
class Tries {
  private readonly known = new Map<string, Omit<Mended, 'edge'> | undefined>();
  private readonly before = new Map<string, ReadonlySet<string>>();
  private readonly owners: ReadonlyMap<string, Applied>;

  constructor(private readonly plan: Plan, public readonly proof: Proof) {
    this.owners = new Map(plan.kustomizations.flatMap(({ manifest, objects = [] }) => objects.map((object): [string, Applied] => {
      const id = identityOf(object);
      return [idText(id), { kustomization: identityOf(manifest), object: { ...id, apiVersion: String(object.apiVersion) } }];
    })));
  }

  /** Whether a Kustomization is not tried before another one is ready. */
  public isAwaited(from: ObjectId, to: ObjectId): boolean {
    const moment = tried(from);
    let before = this.before.get(moment);
    if (!before) {
      this.before.set(moment, before = this.proof.events.implied(moment));
    }
    return before.has(ready(to));
  }

  /** The plan with an edge, and its proof; none where something is never reached any more. */
  public with(edge: InferredEdge): Omit<Mended, 'edge'> | undefined {
    const { from, to, gate, dependency } = edge;
    const key = [idText(from), idText(to), gate ? idText(gate) : '', dependency].join('|');
    if (!this.known.has(key)) {
      this.known.set(key, dependency && this.isAwaited(to, from) ? undefined : this.tryOut(edge));
    }
    return this.known.get(key);
  }

  private tryOut(edge: InferredEdge): Omit<Mended, 'edge'> | undefined {
    const plan = withEdge(this.plan, edge);
    const proof = prove(plan);
    return [...this.proof.reached].every(event => proof.reached.has(event)) ? { plan, proof } : undefined;
  }

  /** The object of the repository from which a fact follows, and the Kustomization that applies it. */
  public providerOf(fact: string): Applied | undefined {
    const seen = new Set<string>();
    const queue = [fact];
    for (const event of queue) {
      const owner = /^(exists|ready|brought) /.test(event) ? this.owners.get(event.slice(event.indexOf(' ') + 1)) : undefined;
      if (owner) {
        return owner;
      }
      seen.add(event);
      queue.push(...this.proof.events.causesOf(event).flatMap(({ needs }) => needs).filter(need => !seen.has(need)));
    }
    return undefined;
  }
}

function withEdge(plan: Plan, { from, to, gate, dependency }: InferredEdge): Plan {
  return {
    ...plan,
    kustomizations: plan.kustomizations.map(kustomization => {
      const own = idText(identityOf(kustomization.manifest));
      const dependent = dependency && own === idText(from)
        ? withEntry(kustomization.manifest, 'dependsOn', { name: to.name, namespace: to.namespace! }) : kustomization.manifest;
      return { ...kustomization, manifest: gate && own === idText(to) ? withEntry(dependent, 'healthChecks', healthCheck(gate)) : dependent };
    }),
  };
}

function healthCheck({ apiVersion, kind, name, namespace }: Gate): JsonObject {
  return { apiVersion, kind, name, ...namespace === undefined ? {} : { namespace } };
}

/** A manifest with one more entry in a list of its `spec`. */
function withEntry(manifest: JsonObject, field: string, entry: JsonObject): JsonObject {
  const spec = manifest.spec as JsonObject;
  return { ...manifest, spec: { ...spec, [field]: [...(spec[field] ?? []) as JsonObject[], entry] } };
}
