import { Judgement, Proof, prove } from './proof';
import { identityOf } from './object-facts';
import { idText, ObjectId } from './object-id';
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
}

/** A plan in which everything that can be put in order is. */
export interface Inference {
  readonly plan: Plan;
  readonly proof: Proof;
  readonly edges: InferredEdge[];
}

/**
 * Adds the dependencies, and where needed the health checks, that put in order what would otherwise fail and be tried again. None that
 * makes anything unreachable that was reached, and none that is there already.
 */
export function infer(original: Plan): Inference {
  let plan = original;
  let proof = prove(plan);
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
      settled.add(keyOf(race.requirement));
    }
  }
  return { plan, proof: withSettled(proof, settled), edges };
}

const ORDER = ['build', 'apply', 'ready', 'soft'];

function nextRace({ judgements }: Proof, settled: ReadonlySet<string>): Judgement | undefined {
  return judgements.filter(({ verdict, requirement }) => verdict === 'race' && !settled.has(keyOf(requirement)))
    .sort((a, b) => ORDER.indexOf(a.requirement.strength) - ORDER.indexOf(b.requirement.strength))[0];
}

function keyOf({ kustomization, object, fact, at }: Requirement): string {
  return [idText(kustomization), object ? idText(object) : '', fact, at].join('|');
}

/** What an object waits for by itself settles; what fails an attempt and cannot be mended stays a race. */
function withSettled(proof: Proof, settled: ReadonlySet<string>): Proof {
  return {
    ...proof,
    judgements: proof.judgements.map(judgement => judgement.verdict === 'race' && healsByItself(judgement.requirement) && settled.has(keyOf(judgement.requirement))
      ? { ...judgement, verdict: 'settles' as const } : judgement),
  };
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
    ...dependency ? [{ from, to, dependency, because: requirement }] : [],
    // A gate holds up whatever else waits: only for what would fail an attempt.
    ...requirement.strength === 'ready' ? [] : [{ from, to, gate: object, dependency, because: requirement }],
  ];
  for (const edge of attempts) {
    const tried = tries.with(edge);
    if (tried && isOrdered(tried.proof, requirement)) {
      return { ...tried, edge };
    }
  }
  return undefined;
}

function isOrdered({ judgements }: Proof, requirement: Requirement): boolean {
  const key = keyOf(requirement);
  return judgements.some(judgement => keyOf(judgement.requirement) === key && judgement.verdict === 'ordered');
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
    this.owners = new Map(plan.kustomizations.flatMap(({ manifest, objects = [] }) => objects.map((object): [string, Applied] =>
      [idText(identityOf(object)), { kustomization: identityOf(manifest), object: { ...identityOf(object), apiVersion: String(object.apiVersion) } }])));
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
