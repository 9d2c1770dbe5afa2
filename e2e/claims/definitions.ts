import { ObjectFixture } from '../../test/checks/check-fixtures';
import { KubernetesObject } from '../harness/kubernetes-api';

export const CUSTOM_GROUP = 'example.com';

export interface DefinitionOptions {
  /** @default - example.com */
  readonly group?: string;
  /** @default - Namespaced */
  readonly scope?: 'Namespaced' | 'Cluster';
  /** @default - `v1`, which takes any object as its spec */
  readonly versions?: readonly object[];
  readonly metadata?: ObjectFixture['metadata'];
}

/** The definition of a kind. */
export function definition(kind: string, { group = CUSTOM_GROUP, scope = 'Namespaced', versions = [definedVersion('v1')], metadata }: DefinitionOptions = {}): ObjectFixture {
  const singular = kind.toLowerCase();
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    name: definitionName(kind, group),
    metadata,
    fields: { spec: { group, scope, names: { kind, plural: `${singular}s`, singular, listKind: `${kind}List` }, versions } },
  };
}

/** A version of a definition: served and stored, unless it is told something else. */
export function definedVersion(name: string, spec: object = { type: 'object' }, state: object = {}): object {
  return { name, served: true, storage: true, ...state, schema: { openAPIV3Schema: { type: 'object', properties: { spec } } } };
}

/** Such a definition as the API server has it. */
export function definitionObject(kind: string, annotations?: Readonly<Record<string, string>>): KubernetesObject {
  const { apiVersion, name, fields } = definition(kind);
  return { apiVersion: apiVersion!, kind: 'CustomResourceDefinition', metadata: { name, annotations }, ...fields };
}

export function definitionName(kind: string, group = CUSTOM_GROUP): string {
  return `${kind.toLowerCase()}s.${group}`;
}

/** An object of such a kind, in the namespace `apps`. */
export function custom(kind: string): KubernetesObject {
  return { apiVersion: `${CUSTOM_GROUP}/v1`, kind, metadata: { name: kind.toLowerCase(), namespace: 'apps' } };
}
