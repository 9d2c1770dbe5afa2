import { parse } from 'yaml';
import { DeliveredKustomization, DeliveredObject } from './delivery';
import { JsonObject } from '../synth/json';
import { renamed } from '../synth/kustomize-names';
import { isPatchFor, patched } from '../synth/kustomize-patch';
import { Selector } from '../synth/selector';

/** What a Kustomization makes of the objects that its path builds: its patches, namespace, prefix and suffix. */
interface Changes {
  readonly patches?: { readonly patch: string; readonly target?: Selector }[];
  readonly targetNamespace?: string;
  readonly namePrefix?: string;
  readonly nameSuffix?: string;
}

/** The objects of a Kustomization as Flux applies them, apart from the values of variables. */
export function appliedObjects({ manifest, objects }: DeliveredKustomization): JsonObject[] {
  return appliedFrom(manifest, objects).map(object => object.manifest as JsonObject);
}

/** The same, each with the file that it comes from. */
export function appliedFrom(kustomization: JsonObject, objects: readonly DeliveredObject[]): readonly DeliveredObject[] {
  const { patches = [], targetNamespace, namePrefix, nameSuffix } = (kustomization.spec ?? {}) as Changes;
  if (patches.length === 0 && [targetNamespace, namePrefix, nameSuffix].every(change => change === undefined)) {
    return objects;
  }
  const parsed = patches.map(({ patch, target }) => ({ target, document: parse(patch) as JsonObject | JsonObject[] }));
  return objects.flatMap(object => {
    const result = parsed.reduce<JsonObject | undefined>((current, { target, document }) => current && (isPatchFor(document, target, current)
      ? patched(current, document) : current), object.manifest);
    if (!result) {
      return [];
    }
    const manifest = renamed(result, { namespace: targetNamespace, namePrefix, nameSuffix });
    const { name, namespace } = manifest.metadata as { name: string; namespace?: string };
    return [{ ...object, name, namespace, manifest }];
  });
}
