import { ApiObject } from 'cdk8s';
import { mirrored } from './mirrors';
import { isClusterScoped } from '../../synth/cluster-scoped';
import { commentsOf } from '../../synth/comments';
import { isLeftAlone } from '../../synth/envsubst';
import { isJsonObject, Json, JsonObject, mapStrings, stringsIn, valueAt } from '../../synth/json';
import { restoreNulls } from '../../synth/null-mark';
import { Problem } from '../../synth/problem';
import { needsEscape, render, VariableUse, variableUses } from '../../synth/substitution';
import { Comments } from '../../synth/yaml';
import { Component } from '../component';
import { Mirror } from '../mirror';

/** An object as its construct gives it: strings may hold marks of variables. */
export interface RenderedObject {
  readonly construct: ApiObject;
  readonly manifest: JsonObject;
  readonly comments: Comments;
  /** From the root of the repository. */
  readonly file: string;
}

/** A component's objects, and what they say about variables. */
export interface RenderedComponent {
  readonly component: Component;
  readonly objects: RenderedObject[];
  readonly references: VariableUse[];
  /** Whether it holds text that Flux would change if it substituted variables. */
  readonly needsEscape: boolean;
}

export function renderComponent(component: Component, objects: readonly ApiObject[], mirrors: readonly Mirror[]): RenderedComponent {
  const rendered = objects.map(object => renderObject(object, component._fileOf(object)))
    .map(object => ({ ...object, manifest: mirrored(object.manifest, mirrors) }));
  const strings = rendered.filter(({ manifest }) => !isLeftAlone(manifest)).flatMap(({ manifest }) => stringsIn(manifest).map(({ text }) => text));
  return {
    component,
    objects: rendered,
    references: strings.flatMap(variableUses),
    needsEscape: strings.some(needsEscape),
  };
}

export function renderObject(construct: ApiObject, file: string): RenderedObject {
  return { construct, manifest: usualOrder(restoreNulls(inGivenOrder(() => construct.toJson()))), comments: commentsOf(construct), file };
}

/** Comments that were asked for behind fields that an object does not have. */
export function commentProblems({ construct, manifest, comments }: RenderedObject): Problem[] {
  return Object.keys(comments).filter(pointer => valueAt(manifest, pointer) === undefined).map(pointer => ({
    path: construct.node.path,
    message: `the ${construct.kind} "${construct.name}" is given a comment at ${pointer}, where it has no field; expected the JSON pointer of a field, such as `
      + '/metadata/name: correct it.',
  }));
}

/** Data as the repository holds it. */
export function written<T extends Json>(data: T, substituted: boolean): T {
  return mapStrings(data, text => render(text, substituted));
}

/** An object as the repository holds it: one that Flux is told to leave alone is not escaped. */
export function writtenObject(manifest: JsonObject, substituted: boolean): JsonObject {
  return written(manifest, substituted && !isLeftAlone(manifest));
}

/** cdk8s sorts keys unless this variable of its own is set; people keep what belongs together side by side. */
function inGivenOrder<T>(produce: () => T): T {
  const before = process.env.CDK8S_DISABLE_SORT;
  process.env.CDK8S_DISABLE_SORT = 'true';
  try {
    return produce();
  } finally {
    if (before === undefined) {
      delete process.env.CDK8S_DISABLE_SORT;
    } else {
      process.env.CDK8S_DISABLE_SORT = before;
    }
  }
}

/**
 * `apiVersion`, `kind`, `metadata` first, and in it the name first; labels and annotations sorted, the rest as given. A component's
 * namespace, which cdk8s hands to every object, is taken off those that have none.
 */
function usualOrder(manifest: JsonObject): JsonObject {
  const { apiVersion, kind, metadata, ...rest } = manifest;
  const { name, namespace, labels, annotations, ...others } = isJsonObject(metadata) ? metadata : {};
  return {
    apiVersion,
    kind,
    metadata: {
      ...(name === undefined ? {} : { name }),
      ...(namespace === undefined || isClusterScoped(String(apiVersion), String(kind)) ? {} : { namespace }),
      ...(isJsonObject(labels) ? { labels: sorted(labels) } : {}),
      ...(isJsonObject(annotations) ? { annotations: sorted(annotations) } : {}),
      ...others,
    },
    ...rest,
  };
}

function sorted(map: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
