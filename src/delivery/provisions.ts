import { ObjectId, objectId } from './object-id';
import { isJsonObject, Json, JsonObject, valueAt } from '../synth/json';

/** What comes to be on the cluster once an object is ready, without being an object of the repository. */
export interface Provision {
  /** Objects that its controller makes. */
  readonly objects: ObjectId[];
  /** APIs, as `group/Kind`, or `group/*` for every kind of a group. */
  readonly apis: string[];
}

type Provider = (manifest: JsonObject) => Provision;

/** What is said of a kind: which objects and APIs follow from one of its objects. A kind is added by adding its row. */
const PROVIDERS: Readonly<Record<string, Provider>> = {
  'apiextensions.k8s.io/CustomResourceDefinition': manifest => definedApi(manifest),
  'apiextensions.crossplane.io/CompositeResourceDefinition': manifest => definedApi(manifest),
  'external-secrets.io/ExternalSecret': manifest => secretNamed(manifest, valueAt(manifest, '/spec/target/name') ?? valueAt(manifest, '/metadata/name')),
  'cert-manager.io/Certificate': manifest => secretNamed(manifest, valueAt(manifest, '/spec/secretName')),
};

/** What an object provides by its kind, and by what was declared of it. */
export function provisionOf(kind: string, manifest: JsonObject, declared?: Provision): Provision {
  const own = PROVIDERS[kind]?.(manifest);
  return { objects: [...own?.objects ?? [], ...declared?.objects ?? []], apis: [...own?.apis ?? [], ...declared?.apis ?? []] };
}

function definedApi(manifest: JsonObject): Provision {
  const { group, names } = manifest.spec as { group: string; names: { kind: string } };
  return { objects: [], apis: [`${group}/${names.kind}`] };
}

function secretNamed(manifest: JsonObject, name: Json | undefined): Provision {
  const { namespace } = (isJsonObject(manifest.metadata) ? manifest.metadata : {}) as { namespace?: string };
  return { objects: typeof name === 'string' ? [objectId('v1', 'Secret', name, namespace)] : [], apis: [] };
}
