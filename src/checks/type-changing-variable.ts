import { Finding, ICheck, Severity } from './check';
import { onString } from './support/missing-variables';
import { DeliveredKustomization, DeliveredObject, Delivery } from '../delivery/delivery';
import { SubstitutedString, substitutedStrings, variableValues } from '../delivery/substituted';
import { substitute, substituteString, VariableValues } from '../synth/envsubst';
import { Json } from '../synth/json';

/** @see docs/checks/type-changing-variable.md */
export const typeChangingVariable: ICheck = {
  checkId: 'type-changing-variable',
  title: 'A string that is something else once Flux has put a value in',
  examine: delivery => delivery.kustomizations.flatMap(kustomization => {
    const values = variableValues(delivery, kustomization);
    return substitutedStrings(kustomization).filter(({ problem }) => !problem).flatMap(string => changed(delivery, kustomization, string, values));
  }),
};

const FIX = 'put text before or behind the variable, or write "${quote}…${quote}" with a variable "quote" whose value is one double quote';

function changed(delivery: Delivery, kustomization: DeliveredKustomization, string: SubstitutedString, values: VariableValues): Finding[] {
  const { text } = substitute(string.text, values);
  const becomes = text === undefined ? undefined : outcome(text, string, values);
  if (becomes === undefined) {
    return [];
  }
  const expected = string.object && expectation(string.object, string.pointer);
  const severity = becomes.fatal || expected === 'text' && becomes.refused ? Severity.ERROR : Severity.WARNING;
  return severity === Severity.WARNING && expected === 'any' ? [] : [onString(delivery, kustomization, string, {
    check: 'type-changing-variable',
    severity,
    message: `has ${shown(string.text)} at ${string.pointer}, which ${becomes.words} with this cluster's values`,
    fix: severity === Severity.ERROR ? FIX : `where it has to be text, ${FIX}`,
  })];
}

interface Outcome {
  readonly words: string;
  /** Whether nothing can read it. */
  readonly fatal?: boolean;
  /** Whether Kubernetes refuses it where it expects text. */
  readonly refused?: boolean;
}

function outcome(text: string, string: SubstitutedString, values: VariableValues): Outcome | undefined {
  const { value, error } = substituteString(string.text, values);
  if (error !== undefined) {
    return { words: 'is no YAML any more', fatal: true };
  }
  if (typeof value === 'string') {
    // Quotes in a value are there to keep it text.
    return value === text || /^["']/.test(text) ? undefined : { words: 'loses what is behind the " #"' };
  }
  return { words: `becomes ${typeOf(value)}`, refused: value !== null };
}

function typeOf(value: Json): string {
  return value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'a mapping' : `a ${typeof value}`;
}

function shown(text: string): string {
  return text.length > 60 || text.includes('\n') ? `${text.split('\n')[0].slice(0, 60)}…` : text;
}

/** Fields of every object, and of containers wherever they are, that hold text. */
const TEXT = [
  /^\/(apiVersion|kind)$/,
  /^\/metadata\/(name|namespace|(labels|annotations)\/[^/]+)$/,
  /\/(containers|initContainers)\/\d+\/(name|image|workingDir|(command|args)\/\d+|env\/\d+\/(name|value))$/,
  /\/template\/metadata\/(labels|annotations)\/[^/]+$/,
];

const TEXT_OF_KIND: Readonly<Record<string, RegExp>> = {
  'v1 ConfigMap': /^\/(data|binaryData)\//,
  'v1 Secret': /^\/(data|stringData)\//,
  'kustomize.toolkit.fluxcd.io/v1 Kustomization': /^\/spec\/postBuild\/substitute\//,
};

/** Names of fields that hold numbers or switches as a rule. */
const OTHER = /(replicas|ports?|count|weight|limit|seconds|days|enabled|disabled)(\/\d+)?$/i;

/** Whether a field holds text, something else, or one does not know. */
function expectation({ apiVersion, kind }: DeliveredObject, pointer: string): 'text' | 'any' | undefined {
  const free = kind === 'HelmRelease' && pointer.startsWith('/spec/values/');
  const isText = TEXT_OF_KIND[`${apiVersion} ${kind}`]?.test(pointer) || !free && TEXT.some(pattern => pattern.test(pointer));
  return isText ? 'text' : OTHER.test(pointer) ? 'any' : undefined;
}
