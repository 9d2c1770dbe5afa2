import { ObjectId, objectId } from './object-id';
import { apiGroup } from '../synth/api-group';
import { Json, JsonObject, valueAt } from '../synth/json';

/** What comes to be on the cluster by an object, without being an object of the repository. */
export interface Provision {
  /** Objects that its controller makes. */
  readonly objects: ObjectId[];
  /** APIs, as `group/Kind`, or `group/*` for every kind of a group. */
  readonly apis: string[];
  /** API groups whose objects become ready by a controller that it runs. */
  readonly controllers?: string[];
  /** API groups whose objects need a controller, whoever runs it. */
  readonly controlled?: string[];
  /** API groups whose objects are accepted by a webhook that it installs. */
  readonly webhooks?: string[];
  /** Users and groups, as the API server names them, to which it gives rights. */
  readonly rights?: string[];
}

/** What is said of objects together: it comes to be by all of them. */
export interface Declaration {
  /** Identities of the objects, as texts. */
  readonly by: readonly string[];
  readonly provision: Provision;
}

type Provider = (manifest: JsonObject) => Provision;

const NOTHING: Provision = { objects: [], apis: [] };

/** What is said of a kind: which objects and APIs follow from one of its objects. A kind is added by adding its row. */
const PROVIDERS: Readonly<Record<string, Provider>> = {
  'apiextensions.k8s.io/CustomResourceDefinition': manifest => definedApi(manifest),
  'apiextensions.crossplane.io/CompositeResourceDefinition': manifest => ({ ...definedApi(manifest), controlled: [textAt(manifest, '/spec/group')] }),
  'apiextensions.crossplane.io/Composition': manifest => ({ ...NOTHING, controllers: [apiGroup(textAt(manifest, '/spec/compositeTypeRef/apiVersion'))] }),
  '/Namespace': manifest => ({
    objects: [objectId('v1', 'ServiceAccount', 'default', nameOf(manifest)), objectId('v1', 'ConfigMap', 'kube-root-ca.crt', nameOf(manifest))], apis: [],
  }),
  'rbac.authorization.k8s.io/RoleBinding': manifest => ({ ...NOTHING, rights: subjectsOf(manifest) }),
  'rbac.authorization.k8s.io/ClusterRoleBinding': manifest => ({ ...NOTHING, rights: subjectsOf(manifest) }),
  'source.extensions.fluxcd.io/ArtifactGenerator': manifest => artifacts(manifest),
  'external-secrets.io/ExternalSecret': manifest => secretNamed(manifest, valueAt(manifest, '/spec/target/name') ?? valueAt(manifest, '/metadata/name')),
  'cert-manager.io/Certificate': manifest => secretNamed(manifest, valueAt(manifest, '/spec/secretName')),
};

/** What an object provides by its kind. */
export function provisionOf(kind: string, manifest: JsonObject): Provision {
  return PROVIDERS[kind]?.(manifest) ?? NOTHING;
}

function definedApi(manifest: JsonObject): Provision {
  return { objects: [], apis: [`${textAt(manifest, '/spec/group')}/${textAt(manifest, '/spec/names/kind')}`] };
}

function secretNamed(manifest: JsonObject, name: Json | undefined): Provision {
  return { objects: typeof name === 'string' ? [objectId('v1', 'Secret', name, namespaceOf(manifest))] : [], apis: [] };
}

function artifacts(manifest: JsonObject): Provision {
  const list = (valueAt(manifest, '/spec/artifacts') ?? []) as JsonObject[];
  return { objects: list.map(({ name }) => objectId('source.toolkit.fluxcd.io/v1', 'ExternalArtifact', String(name), namespaceOf(manifest))), apis: [] };
}

function subjectsOf(manifest: JsonObject): string[] {
  const subjects = (valueAt(manifest, '/subjects') ?? []) as { kind: string; name: string; namespace?: string }[];
  return subjects.map(({ kind, name, namespace = namespaceOf(manifest) ?? '' }) => kind === 'ServiceAccount' ? userOf({ name, namespace }) : name);
}

/** As whom the API server knows a ServiceAccount. */
export function userOf({ namespace = '', name }: { readonly namespace?: string; readonly name: string }): string {
  return `system:serviceaccount:${namespace}:${name}`;
}

/** The groups that a ServiceAccount is in. */
export function groupsOfUser({ namespace = '' }: { readonly namespace?: string }): string[] {
  return [`system:serviceaccounts:${namespace}`, 'system:serviceaccounts', 'system:authenticated'];
}

function textAt(manifest: JsonObject, pointer: string): string {
  return String(valueAt(manifest, pointer) ?? '');
}

function nameOf(manifest: JsonObject): string {
  return textAt(manifest, '/metadata/name');
}

function namespaceOf(manifest: JsonObject): string | undefined {
  const namespace = valueAt(manifest, '/metadata/namespace');
  return typeof namespace === 'string' ? namespace : undefined;
}
