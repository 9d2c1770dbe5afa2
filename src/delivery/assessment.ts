import { Delivery } from './delivery';
import { infer, Inference } from './inference';
import { factsOf, identityOf, ObjectFacts } from './object-facts';
import { planOf } from './plan';
import { Proof, prove } from './proof';
import { ReferenceRow } from './reference-rows';
import { referenceTable } from './references';
import { Plan } from './rules';
import { JsonObject } from '../synth/json';

/** What is proved of a cluster: as it was written, and with what can be put in order by itself. */
export interface Assessment {
  /** As it was written. */
  readonly written: Proof;
  /** With the edges and gates that put in order what can be. */
  readonly inferred: Inference;
}

/** Assesses clusters. Those with the same plan, which differ by the values of their variables alone, are proved once. */
export class Assessor {
  private readonly table;
  private readonly known = new Map<string, Assessment>();
  private readonly signatures = new Map<ObjectFacts, number>();
  private readonly numbers = new Map<string, number>();

  /** @param rows references that the library does not know */
  constructor(rows: readonly ReferenceRow[] = []) {
    this.table = referenceTable(rows);
  }

  public assess(delivery: Delivery): Assessment {
    const plan = planOf(delivery, this.table);
    const key = this.keyOf(plan);
    let assessment = this.known.get(key);
    if (!assessment) {
      this.known.set(key, assessment = { written: prove(plan), inferred: infer(plan) });
    }
    return assessment;
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
