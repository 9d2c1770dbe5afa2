/** Where Flux substitutes on a cluster, what it reads there, and the values that it has. */
import { appliedFrom } from './applied-objects';
import { DeliveredKustomization, DeliveredObject, Delivery } from './delivery';
import { isLeftAlone, readText, VariableValues } from '../synth/envsubst';
import { JsonObject, stringsIn } from '../synth/json';
import { memoized } from '../synth/memoized';
import { Expression } from '../synth/substitution';

/** A string in which Flux substitutes. */
export interface SubstitutedString {
  /** The object that holds it; none where it stands in the Kustomization itself, which puts it into objects. */
  readonly object?: DeliveredObject;
  /** JSON pointer. */
  readonly pointer: string;
  readonly text: string;
  /** What Flux reads in it. */
  readonly expressions: readonly Expression[];
  /** What Flux says where it cannot read it, and of what. */
  readonly problem?: { readonly message: string; readonly source: string };
}

type InManifest = Omit<SubstitutedString, 'object'>;

/** Strings of a Kustomization that are put into objects before Flux substitutes, beside its patches. */
const PUT_IN = /^\/spec\/images\//;

/** The strings of a Kustomization in which Flux finds something to do; nothing where it does not substitute. */
export const substitutedStrings = memoized((kustomization: DeliveredKustomization): readonly SubstitutedString[] =>
  !substitutes(kustomization) ? [] : [
    ...interesting(kustomization.manifest).filter(({ pointer }) => PUT_IN.test(pointer)),
    ...appliedFrom(kustomization.manifest, kustomization.objects).filter(({ manifest }) => !isLeftAlone(manifest))
      .flatMap(object => interesting(object.manifest).map(string => ({ ...string, object }))),
  ]);

const interesting = memoized((manifest: JsonObject): readonly InManifest[] =>
  stringsIn(manifest).filter(({ text }) => text.includes('${')).flatMap(({ text, pointer }): InManifest[] => {
    const read = readText(text);
    return 'expressions' in read ? read.expressions.length === 0 ? [] : [{ text, pointer, expressions: read.expressions }]
      : [{ text, pointer, expressions: [], problem: { message: read.error, source: excerpt(text.slice(read.at)) } }];
  }));

/** What begins with `${`, as far as its brace, or as much as one wants to read. */
function excerpt(source: string): string {
  const [start] = /^[^}\n]{0,40}\}?\}?/.exec(source)!;
  return start.trimEnd();
}

interface PostBuild {
  readonly substitute?: { readonly [name: string]: string };
  readonly substituteFrom?: readonly unknown[];
  readonly substituteStrategy?: string;
}

export function postBuildOf({ manifest }: DeliveredKustomization): PostBuild {
  return manifest.spec?.postBuild ?? {};
}

/** Names of the variables that a Kustomization has values for. */
export function variableNames(kustomization: DeliveredKustomization): ReadonlySet<string> {
  const { substitute = {}, substituteFrom = [] } = postBuildOf(kustomization);
  const { variables, variablesElsewhere } = kustomization;
  return new Set([...Object.keys(substitute), ...substituteFrom.length === 0 ? [] : [...Object.keys(variables), ...variablesElsewhere]]);
}

/** Whether Flux substitutes in the objects of a Kustomization. */
export function substitutes(kustomization: DeliveredKustomization): boolean {
  return postBuildOf(kustomization).substituteStrategy === 'Always' || variableNames(kustomization).size > 0;
}

/** The values that are known, as Flux puts them in: without line breaks. */
export function variableValues(delivery: Delivery, kustomization: DeliveredKustomization): VariableValues {
  const names = variableNames(kustomization);
  // Of a ConfigMap that is made elsewhere, an empty value says no more than the name.
  const isKnown = (value: string) => value !== '' || delivery.beside.length > 0;
  return new Map(Object.entries(kustomization.variables).filter(([name, value]) => names.has(name) && isKnown(value))
    .map(([name, value]) => [name, value.replaceAll('\n', '')]));
}
