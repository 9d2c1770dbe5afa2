import { appliedFrom } from '../../delivery/applied-objects';
import { DeliveredKustomization, DeliveredObject, Delivery } from '../../delivery/delivery';
import { groupKind } from '../../synth/api-group';
import { isJsonObject, Json, JsonObject, valueAt } from '../../synth/json';
import { memoized } from '../../synth/memoized';

/** An object as Flux applies it, and what applies it. */
export interface AppliedObject {
  readonly kustomization: DeliveredKustomization;
  readonly object: DeliveredObject;
}

/** The objects of a Kustomization as Flux applies them, worked out once for all checks. */
export const applied = memoized(({ manifest, objects }: DeliveredKustomization): readonly DeliveredObject[] =>
  withCommonMetadata(manifest, appliedFrom(manifest, objects)));

function withCommonMetadata({ spec }: { readonly spec?: JsonObject }, objects: readonly DeliveredObject[]): readonly DeliveredObject[] {
  const { labels, annotations } = (spec?.commonMetadata ?? {}) as { labels?: JsonObject; annotations?: JsonObject };
  return !labels && !annotations ? objects : objects.map(object => {
    const { metadata } = object.manifest;
    const common = { labels: { ...metadata.labels, ...labels }, annotations: { ...metadata.annotations, ...annotations } };
    return { ...object, manifest: { ...object.manifest, metadata: { ...metadata, ...common } } };
  });
}

/** Every object of a cluster that is of one of these kinds: `group/Kind`. */
export function appliedOfKind({ kustomizations }: Delivery, ...kinds: string[]): AppliedObject[] {
  return kustomizations.flatMap(kustomization =>
    applied(kustomization).filter(object => kinds.includes(groupKind(object))).map(object => ({ kustomization, object })));
}

/** Whether an annotation or a label tells kustomize-controller something of an object: `prune: disabled`. */
export function isMarked({ metadata }: JsonObject, mark: string, value: string): boolean {
  const { annotations, labels } = (metadata ?? {}) as { annotations?: Record<string, string>; labels?: Record<string, string> };
  return [annotations, labels].some(marks => marks?.[`kustomize.toolkit.fluxcd.io/${mark}`]?.toLowerCase() === value.toLowerCase());
}

/** The objects of a list at a JSON pointer; none where there is no list. */
export function listAt(data: Json, pointer: string): JsonObject[] {
  const value = valueAt(data, pointer);
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** The text at a JSON pointer; undefined where there is none. */
export function textAt(data: Json, pointer: string): string | undefined {
  const value = valueAt(data, pointer);
  return typeof value === 'string' ? value : undefined;
}

/** A text with the values of a Kustomization's variables; undefined where it holds more than their names. */
export function withValues(text: string, { variables }: DeliveredKustomization): string | undefined {
  const filled = text.replace(/\$\{(\w+)\}/g, (use, name: string) => Object.hasOwn(variables, name) ? variables[name] : use);
  return filled.includes('${') ? undefined : filled;
}
