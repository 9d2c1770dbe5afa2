import { ApiObject } from 'cdk8s';
import { LabelSelector } from './label-selector';
import { SourceReference } from './source-reference';
import { isClusterScoped } from '../synth/cluster-scoped';

/** A source as a field of an object in `namespace`: its own namespace is written where it is another one. */
export function sourceRef({ apiVersion, kind, name, namespace }: SourceReference, within: string): object {
  return { apiVersion, kind, name, namespace: namespace === within ? undefined : namespace };
}

/** A Secret, ConfigMap or other object of the same namespace, by its name; no field where there is no name. */
export function nameRef(name: string | undefined): object | undefined {
  return name === undefined ? undefined : { name };
}

/** The entries of a list field; no field where there is none. */
export function list<T>(items: readonly T[] | undefined, entry: (item: T) => object): object[] | undefined {
  return items === undefined || items.length === 0 ? undefined : items.map(entry);
}

/** A field that has something in it; no field where it is empty. */
export function filled<T extends object>(field: T | undefined): T | undefined {
  return field && Object.values(field).some(value => value !== undefined) ? field : undefined;
}

/** An object of the program, by its API, kind and name. */
export function objectReference(object: ApiObject): { apiVersion: string; kind: string; name: string; namespace?: string } {
  const { apiVersion, kind, name, metadata } = object;
  return { apiVersion, kind, name, namespace: isClusterScoped(apiVersion, kind) ? undefined : metadata.namespace };
}

/** A label selector as its fields. */
export function labelSelectorFields({ matchLabels, matchExpressions }: LabelSelector): object {
  return {
    matchLabels: filled(matchLabels),
    matchExpressions: list(matchExpressions, ({ key, operator, values }) => ({ key, operator, values })),
  };
}
