import { DeliveredObstacle, DeliveredRequirement, Delivery, InferredDependency, Verdict } from './delivery';
import { infer, Inference, InferredEdge, requirementKey } from './inference';
import { factsOf, identityOf, ObjectFacts } from './object-facts';
import { idTitle, ObjectId } from './object-id';
import { planOf } from './plan';
import { Judgement, Proof, prove, withSettled } from './proof';
import { ReferenceRow } from './reference-rows';
import { referenceTable } from './references';
import { rootCauses } from './root-causes';
import { kustomizationOf, Plan, ready } from './rules';
import { withValuesOf } from './values';
import { chainInWords, circleInWords, nounOf } from './words';
import { JsonObject } from '../synth/json';

/** What is found out about a delivery. */
export type Findings = Pick<Delivery, 'requirements' | 'obstacles' | 'inferred'>;

/** How clusters are assessed. */
export interface AssessorOptions {
  /** Whether what is missing in the order is added; otherwise it is only told. */
  readonly infer: boolean;
  /** Whether what is not delivered is there anyway: the repository is only a part of what the clusters have. */
  readonly partial: boolean;
  /** References that the library does not know. */
  readonly rows?: readonly ReferenceRow[];
}

/** Assesses clusters. Those with the same plan, which differ by the values of their variables alone, are proved once. */
export class Assessor {
  private readonly table;
  private readonly known = new Map<string, Findings>();
  private readonly signatures = new Map<ObjectFacts, number>();
  private readonly numbers = new Map<string, number>();

  constructor(private readonly options: AssessorOptions) {
    this.table = referenceTable(options.rows);
  }

  /**
   * Names with variables are compared as they are written, so that clusters which differ by values alone are the same. Where something is
   * missing then, the values decide.
   */
  public assess(delivery: Delivery): Findings {
    const findings = this.assessPlan(planOf(delivery, this.table));
    if (missingIn(findings) === 0) {
      return findings;
    }
    const withValues = this.assessPlan(planOf(withValuesOf(delivery), this.table));
    return missingIn(withValues) < missingIn(findings) ? withValues : findings;
  }

  private assessPlan(plan: Plan): Findings {
    const key = this.keyOf(plan);
    let assessment = this.known.get(key);
    if (!assessment) {
      this.known.set(key, assessment = this.findOut(plan));
    }
    return assessment;
  }

  private findOut(written: Plan): Findings {
    const plan = this.options.partial ? withMissing(written) : written;
    const inference = infer(plan);
    const proof = this.options.infer ? inference.proof : withoutEdges(inference);
    return {
      requirements: withEvidence(proof),
      obstacles: obstaclesOf(proof, plan),
      inferred: inference.edges.map(inferredDependency),
    };
  }

  /** All of a plan that a proof looks at. */
  private keyOf({ kustomizations, declared, assumed }: Plan): string {
    const parts = kustomizations.map(({ manifest, objects }) => [
      this.numberOf(JSON.stringify([identityOf(manifest), orderFields(manifest)])), ...(objects ?? []).map(object => this.signatureOf(object)),
    ].join(','));
    return [...parts, this.numberOf(JSON.stringify(declared)), this.numberOf(JSON.stringify(assumed))].join(';');
  }

  private signatureOf(manifest: JsonObject): number {
    const facts = factsOf(manifest, this.table);
    let signature = this.signatures.get(facts);
    if (signature === undefined) {
      this.signatures.set(facts, signature = this.numberOf(JSON.stringify(facts)));
    }
    return signature;
  }

  private numberOf(text: string): number {
    let number = this.numbers.get(text);
    if (number === undefined) {
      this.numbers.set(text, number = this.numbers.size);
    }
    return number;
  }
}

/** The fields of a Kustomization that decide on the order of things. */
function orderFields(manifest: JsonObject): unknown[] {
  const { sourceRef, dependsOn, wait, healthChecks, healthCheckExprs, postBuild, decryption, serviceAccountName } = manifest.spec as JsonObject;
  const substituteFrom = (postBuild as JsonObject | undefined)?.substituteFrom;
  return [sourceRef, dependsOn, wait, healthChecks, healthCheckExprs, substituteFrom, decryption, serviceAccountName];
}

function missingIn({ requirements }: Findings): number {
  return requirements.filter(({ verdict }) => verdict === Verdict.MISSING).length;
}

/** The plan, with all that nothing delivers taken for given. */
function withMissing(plan: Plan): Plan {
  const missing = prove(plan).judgements.filter(({ verdict }) => verdict === 'missing').map(({ requirement }) => requirement.fact);
  return { ...plan, given: missing };
}

/** The proof without the edges: what settles with all of them settles without them, too. */
function withoutEdges({ written, proof: { judgements } }: Inference): Proof {
  const settling = new Set(judgements.filter(({ verdict }) => verdict === 'settles').map(({ requirement }) => requirementKey(requirement)));
  return withSettled(written, requirement => settling.has(requirementKey(requirement)));
}

/** Everything that is needed, and for what is in order the reason. */
function withEvidence({ judgements, events }: Proof): DeliveredRequirement[] {
  const chains = new Map<string, (fact: string) => string[]>();
  const chainsFrom = (moment: string) => {
    let chain = chains.get(moment);
    if (!chain) {
      chains.set(moment, chain = events.chainsFrom(moment));
    }
    return chain;
  };
  return judgements.map(judgement => {
    const { verdict, requirement: { moment, fact, awaited } } = judgement;
    const chain = verdict !== 'ordered' || awaited ? [] : chainsFrom(moment)(fact);
    return { ...delivered(judgement), evidence: chainInWords(chain) || undefined };
  });
}

function delivered({ requirement, verdict }: Judgement): DeliveredRequirement {
  const { kustomization, object, fact, at, strength } = requirement;
  return {
    kustomization: idName(kustomization),
    object: object && idTitle(object),
    what: nounOf(fact),
    fact,
    at,
    strength: strength as DeliveredRequirement['strength'],
    verdict: verdict as DeliveredRequirement['verdict'],
  };
}

function inferredDependency({ from, to, gate, dependency, because, alsoFor }: InferredEdge): InferredDependency {
  return {
    from: idName(from),
    to: idName(to),
    dependency,
    healthCheck: gate && { apiVersion: gate.apiVersion, kind: gate.kind, name: gate.name, namespace: gate.namespace },
    because: delivered({ requirement: because, verdict: 'race' }),
    alsoFor: alsoFor.map(requirement => delivered({ requirement, verdict: 'race' })),
  };
}

/** The causes at the root of all that never comes, and how much is stuck. */
function obstaclesOf({ judgements, events, reached }: Proof, { kustomizations }: Plan): DeliveredObstacle[] {
  const wanted = judgements.filter(({ requirement }) => requirement.strength !== 'soft' && !requirement.passing);
  const all = new Set(kustomizations.flatMap(({ manifest, objects = [] }) => [manifest, ...objects]).map(manifest => ready(identityOf(manifest))));
  const stuck = [...all].filter(event => !reached.has(event)).length;
  // Kustomizations that wait for each other say so, however short the way round by one of their objects is.
  const isTelling = (event: string) => kustomizationOf(event) !== undefined;
  return rootCauses(events, reached, wanted.map(({ requirement }) => requirement.fact), isTelling).map(({ events: chain, circle }) => ({
    events: chain, circle, words: circle ? circleInWords(chain) : nounOf(chain[0]), stuck,
  }));
}

function idName({ namespace, name }: ObjectId): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
