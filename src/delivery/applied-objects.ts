import { parse } from 'yaml';
import { DeliveredKustomization, DeliveredObject } from './delivery';
import { isClusterScoped } from '../synth/cluster-scoped';
import { JsonObject } from '../synth/json';
import { patched } from '../synth/kustomize-patch';
import { Selector, selects } from '../synth/selector';

/** Kinds that kustomize gives neither prefix nor suffix. */
const KEEPS_ITS_NAME: ReadonlySet<string> = new Set(['APIService', 'CustomResourceDefinition', 'Namespace']);

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
  const changes = (kustomization.spec ?? {}) as Changes;
  const { patches = [], targetNamespace, namePrefix, nameSuffix } = changes;
  if (patches.length === 0 && [targetNamespace, namePrefix, nameSuffix].every(change => change === undefined)) {
    return objects;
  }
  const parsed = patches.map(({ patch, target }) => ({ target, document: parse(patch) as JsonObject | JsonObject[] }));
  return objects.flatMap(object => {
    const result = parsed.reduce<JsonObject | undefined>((current, { target, document }) => current && (isFor(target, document, current)
      ? patched(current, document) : current), object.manifest);
    if (!result) {
      return [];
    }
    const renamed = withChanges(result, changes);
    const { name, namespace } = renamed.metadata as { name: string; namespace?: string };
    return [{ ...object, name, namespace, manifest: renamed }];
  });
}

/** A patch without a target is for the object that it names. */
function isFor(target: Selector | undefined, document: JsonObject | JsonObject[], object: JsonObject): boolean {
  if (target) {
    return selects(target, object);
  }
  const named = (Array.isArray(document) ? undefined : document.metadata) as { name?: string } | undefined;
  return named !== undefined && named.name === (object.metadata as { name?: string }).name && (document as JsonObject).kind === object.kind;
}

function withChanges(object: JsonObject, { targetNamespace, namePrefix = '', nameSuffix = '' }: Changes): JsonObject {
  const kind = String(object.kind);
  const metadata = object.metadata as JsonObject;
  return {
    ...object,
    metadata: {
      ...metadata,
      name: KEEPS_ITS_NAME.has(kind) ? metadata.name : `${namePrefix}${String(metadata.name)}${nameSuffix}`,
      ...targetNamespace === undefined || isClusterScoped(String(object.apiVersion), kind) ? {} : { namespace: targetNamespace },
    },
  };
}
