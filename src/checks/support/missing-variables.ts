import { Finding } from '../check';
import { told } from './obstacles';
import { kustomizationTitle, objectTitle, onKustomization, onObject, Remark } from './place';
import { DeliveredKustomization, Delivery } from '../../delivery/delivery';
import { SubstitutedString, substitutedStrings, variableNames } from '../../delivery/substituted';
import { memoized } from '../../synth/memoized';
import { Expression, hasDefault, variableNameProblem } from '../../synth/substitution';

/** A use of a variable that its Kustomization has no value for. */
export interface MissingUse {
  readonly kustomization: DeliveredKustomization;
  readonly string: SubstitutedString;
  readonly expression: Expression;
  /** Whether it was typed by hand, as far as that is known. */
  readonly byHand: boolean;
  /** Whether it is text of another system, which Flux takes for its own. */
  readonly foreign: boolean;
  /** A variable that the cluster has and that may have been meant. */
  readonly similar?: string;
}

/**
 * The uses of what has no value, by name. A name that is somewhere used as a variable is that, and foreign nowhere, so that each is told
 * by one check.
 */
export const missingVariables = memoized((delivery: Delivery): ReadonlyMap<string, MissingUse[]> => {
  const byName = new Map<string, MissingUse[]>();
  for (const use of delivery.kustomizations.flatMap(missingIn)) {
    byName.set(use.expression.name, [...byName.get(use.expression.name) ?? [], use]);
  }
  return byName;
});

/** Whether a name is told as text of another system. */
export function isForeign(uses: readonly MissingUse[]): boolean {
  return uses.every(({ foreign }) => foreign);
}

function missingIn(kustomization: DeliveredKustomization): MissingUse[] {
  const names = variableNames(kustomization);
  const used = kustomization.variablesUsed;
  const missing = substitutedStrings(kustomization).flatMap(string => string.expressions.filter(({ name }) => !names.has(name))
    .map(expression => ({ string, expression })));
  return missing.flatMap(({ string, expression }): MissingUse[] => {
    const { name } = expression;
    const byHand = used !== undefined && !used.includes(name);
    const similar = [...names].find(other => resembles(other, name));
    const seemsForeign = byHand && hasDefault(expression) || similar === undefined && looksForeign(name, string.text, names);
    const foreign = seemsForeign && !used?.includes(name);
    return hasDefault(expression) && !foreign ? [] : [{ kustomization, string, expression, byHand, foreign, similar }];
  });
}

/** Text that is a program or a document of its own. */
const OWN_LANGUAGE = /^\s*[[{]\s*("|\{|\[)|^#!/;

/** `${1}`; `${HOME}` where variables are in lower case; anything in JSON or in a script. */
function looksForeign(name: string, text: string, names: ReadonlySet<string>): boolean {
  return variableNameProblem(name) !== undefined || /[A-Z]/.test(name) && ![...names].some(other => /[A-Z]/.test(other)) || OWN_LANGUAGE.test(text);
}

/** Whether one name may be a slip for the other: the case apart, they differ in a character or two. */
function resembles(a: string, b: string): boolean {
  const [one, other] = [a.toLowerCase(), b.toLowerCase()];
  const most = Math.min(2, Math.floor(Math.min(one.length, other.length) / 3));
  return Math.abs(one.length - other.length) <= most && (one === other || distance(one, other) <= most);
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      row.push(Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
  }
  return row[b.length];
}

/** A finding on a string in which Flux substitutes. */
export function onString(delivery: Delivery, kustomization: DeliveredKustomization, { object }: SubstitutedString, remark: Remark): Finding {
  return object ? onObject(delivery, kustomization, object, remark) : onKustomization(delivery, kustomization, remark);
}

/** The other places at which a variable is used. */
export function otherPlaces([, ...others]: readonly MissingUse[]): string[] | undefined {
  const places = others.map(({ kustomization, string: { object, pointer } }) =>
    `${object ? objectTitle(object) : `Kustomization ${kustomizationTitle(kustomization)}`} at ${pointer}`);
  const different = [...new Set(places)];
  return different.length === 0 ? undefined : [`${different.length} more ${different.length === 1 ? 'place has' : 'places have'} it: ${told(different)}`];
}
