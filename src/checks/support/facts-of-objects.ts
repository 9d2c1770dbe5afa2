import { referenceText } from './gates';
import { perObject } from './per-object';
import { kustomizationTitle } from './place';
import { DeliveredFacts, DeliveredObject, DeliveredReference, Delivery } from '../../delivery/delivery';
import { idText } from '../../delivery/object-id';
import { Provision, provisionOf } from '../../delivery/provisions';
import { groupKind } from '../../synth/api-group';

/** What holds once an object is ready: that it is, and what it brings about. */
export class FactsOfObjects {
  private readonly declared = new Map<string, string[]>();

  constructor({ kustomizations }: Delivery) {
    for (const { by, ...facts } of kustomizations.flatMap(({ provides }) => provides)) {
      const told = factsOf(facts);
      by.map(referenceText).forEach(text => this.declared.set(text, [...this.declared.get(text) ?? [], ...told]));
    }
  }

  public of(object: DeliveredReference | DeliveredObject): string[] {
    const text = referenceText(object);
    return [`ready ${text}`, ...this.declared.get(text) ?? [], ...'manifest' in object ? factsOf(broughtBy(object)) : []];
  }
}

/** What an object brings about by its kind. */
export const broughtBy = perObject((manifest): Provision => provisionOf(groupKind(manifest), manifest));

function factsOf({ objects, apis, controllers = [], webhooks = [] }: DeliveredFacts | Provision): string[] {
  return [
    ...objects.map(object => `exists ${'group' in object ? idText(object) : referenceText(object)}`),
    ...apis.map(api => `api ${api}`), ...controllers.map(group => `controller ${group}`), ...webhooks.map(group => `webhook ${group}`),
  ];
}

/** The same fact for every kind of its group. */
export function ofWholeGroup(fact: string): string {
  return fact.startsWith('api ') ? fact.replace(/\/[^/]*$/, '/*') : fact;
}

/** Tells whether a Kustomization waits for another one, by itself or through others. */
export function waitsFor({ kustomizations }: Delivery): (from: string, to: string) => boolean {
  const known = new Map(kustomizations.map(kustomization => [kustomizationTitle(kustomization), kustomization.dependsOn.map(kustomizationTitle)]));
  const found = new Map<string, ReadonlySet<string>>();
  const behind = (start: string): ReadonlySet<string> => {
    const seen = new Set(known.get(start) ?? []);
    // A set goes on with what is added to it on the way.
    seen.forEach(title => (known.get(title) ?? []).forEach(target => seen.add(target)));
    found.set(start, seen);
    return seen;
  };
  return (from, to) => (found.get(from) ?? behind(from)).has(to);
}
