import { FluxKind, ObjectSelectionOptions } from './flux-kind';
import { FluxObject } from '../flux-object';
import { filled } from '../reference';
import { either } from '../source/source-problems';

/** Stands for every name. */
export const EVERY_NAME = '*';

/** Objects that an Alert or a Receiver is about. */
export interface ObjectSelection extends ObjectSelectionOptions {
  readonly kind: string;
  readonly name: string;
}

/** The selection of one object. */
export function selectionOf({ apiObject, name, namespace }: FluxObject): ObjectSelection {
  return { kind: apiObject.kind, name, namespace };
}

/** A selection as a field of an object in `within`. */
export function selectionFields({ apiVersion, kind, name, namespace, matchLabels }: ObjectSelection, within: string): object {
  return { apiVersion, kind, name, namespace: namespace === within ? undefined : namespace, matchLabels: filled(matchLabels) };
}

/**
 * What is wrong with a selection.
 *
 * @param does what the object does with those that it selects, for example `listens to`
 */
export function selectionProblems(does: string, { kind, name, namespace }: ObjectSelection): string[] {
  const kinds: string[] = Object.values(FluxKind);
  return [
    ...kinds.includes(kind) ? [] : [
      `${does} the ${kind} "${name}"; expected one of the kinds ${either(kinds)}: leave it out.`,
    ],
    ...namespace !== '*' ? [] : [
      `${does} every namespace ("*") for the kind ${kind}, which Flux takes literally; expected the name of a namespace: `
      + 'make one entry for each namespace.',
    ],
  ];
}
