import { ObjectFixture } from '../../test/checks/check-fixtures';
import { KubernetesObject } from '../harness/kubernetes-api';

export const CUSTOM_GROUP = 'example.com';

/** The definition of a kind of the group `example.com` that takes everything as its spec. */
export function definition(kind: string, metadata?: ObjectFixture['metadata']): ObjectFixture {
  const singular = kind.toLowerCase();
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    name: definitionName(kind),
    metadata,
    fields: {
      spec: {
        group: CUSTOM_GROUP,
        scope: 'Namespaced',
        names: { kind, plural: `${singular}s`, singular, listKind: `${kind}List` },
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object' } } } } }],
      },
    },
  };
}

/** The same as an object. */
export function definitionObject(kind: string, annotations?: Readonly<Record<string, string>>): KubernetesObject {
  const { apiVersion, name, fields } = definition(kind);
  return { apiVersion: apiVersion!, kind: 'CustomResourceDefinition', metadata: { name, annotations }, ...fields };
}

export function definitionName(kind: string): string {
  return `${kind.toLowerCase()}s.${CUSTOM_GROUP}`;
}

/** An object of such a kind, in the namespace `apps`. */
export function custom(kind: string): KubernetesObject {
  return { apiVersion: `${CUSTOM_GROUP}/v1`, kind, metadata: { name: kind.toLowerCase(), namespace: 'apps' } };
}
