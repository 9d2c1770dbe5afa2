import { Finding, ICheck, Severity } from './check';
import { applied } from './support/applied';
import { definitionsOf } from './support/known-kinds';
import { onKustomization, onObject, Remark } from './support/place';
import { judge, Judgement } from '../definitions/judgement';
import { metadataDefinition } from '../definitions/library';
import { Definition } from '../definitions/schema';
import { Delivery } from '../delivery/delivery';
import { JsonObject } from '../synth/json';

/** @see docs/checks/schema.md */
export const schema: ICheck = {
  checkId: 'schema',
  title: 'An object that its definition does not allow',
  examine: delivery => {
    const unchecked = new Unchecked();
    const look = (manifest: JsonObject, place: (remark: Remark) => Finding) => remarksOn(manifest, delivery, unchecked).map(place);
    const findings = delivery.kustomizations.flatMap(kustomization => [
      ...look(kustomization.manifest, remark => onKustomization(delivery, kustomization, remark)),
      ...applied(kustomization).flatMap(object => look(object.manifest, remark => onObject(delivery, kustomization, object, remark))),
    ]);
    return [...findings, ...unchecked.findings(delivery)];
  },
};

function remarksOn(manifest: JsonObject, delivery: Delivery, unchecked: Unchecked): Remark[] {
  const definition = definitionsOf(delivery).of(String(manifest.apiVersion), String(manifest.kind));
  const judgement = definition && judge(definition, metadataDefinition(), manifest);
  if (!judgement) {
    unchecked.object(manifest, definition);
    return [];
  }
  unchecked.rules(judgement);
  return judgement.violations.map(({ message, fix }) => ({ check: 'schema', message, fix, evidence: [`held to ${definition!.origin}`] }));
}

/** What could not be checked: counted, and told once. */
class Unchecked {
  private readonly kinds = new Map<string, number>();
  private untold = 0;

  /** An object without a schema. One of a version that is not served is told by another check. */
  public object({ apiVersion, kind }: JsonObject, definition: Definition | undefined): void {
    const title = `${String(kind)} (${String(apiVersion)})`;
    if (!definition) {
      this.kinds.set(title, (this.kinds.get(title) ?? 0) + 1);
    }
  }

  public rules({ untold }: Judgement): void {
    this.untold += untold;
  }

  public findings({ cluster }: Delivery): Finding[] {
    const count = [...this.kinds.values()].reduce((sum, next) => sum + next, 0);
    const evidence = [
      ...[...this.kinds].map(([kind, objects]) => `${kind}: ${objects}`).sort(),
      ...this.untold === 0 ? [] : [`rules that depend on a variable, or that only the API server can evaluate: ${this.untold}`],
    ];
    return evidence.length === 0 ? [] : [{
      check: 'schema',
      severity: Severity.INFO,
      cluster,
      message: count === 0 ? 'has objects that are not checked in full' : `has ${count} ${count === 1 ? 'object' : 'objects'} whose definition is not known: ${count === 1 ? 'it is' : 'they are'} `
        + 'not checked',
      fix: 'deliver the CustomResourceDefinitions with the platform where they are to be checked',
      evidence,
    }];
  }
}
