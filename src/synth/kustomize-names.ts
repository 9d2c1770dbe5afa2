import { isClusterScoped } from './cluster-scoped';
import { JsonObject } from './json';

/** Kinds that kustomize gives neither prefix nor suffix. */
const KEEPS_ITS_NAME: ReadonlySet<string> = new Set(['APIService', 'CustomResourceDefinition', 'Namespace']);

/** What kustomize puts in the place of an object's namespace, and around its name. */
export interface NameChanges {
  readonly namespace?: string;
  readonly namePrefix?: string;
  readonly nameSuffix?: string;
}

/** An object, by what its names depend on. */
interface Named {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** The name of an object, and its namespace, as kustomize makes them. */
export function changedNames({ apiVersion, kind, name, namespace }: Named, changes: NameChanges): Pick<Named, 'name' | 'namespace'> {
  const { namePrefix = '', nameSuffix = '' } = changes;
  return {
    name: KEEPS_ITS_NAME.has(kind) ? name : `${namePrefix}${name}${nameSuffix}`,
    namespace: isClusterScoped(apiVersion, kind) ? namespace : changes.namespace ?? namespace,
  };
}

/** An object with the name and the namespace that kustomize gives it. */
export function renamed(manifest: JsonObject, changes: NameChanges): JsonObject {
  const metadata = manifest.metadata as JsonObject & { name: string; namespace?: string };
  const { name, namespace } = changedNames({ ...metadata, apiVersion: String(manifest.apiVersion), kind: String(manifest.kind) }, changes);
  return { ...manifest, metadata: { ...metadata, name, ...namespace === undefined ? {} : { namespace } } };
}
