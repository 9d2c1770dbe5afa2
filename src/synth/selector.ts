import { isClusterScoped } from './cluster-scoped';
import { JsonObject } from './json';
import { isKnownToKustomize } from './merge-keys';

/** Which objects a kustomize patch is for; every field that is given must match. */
export interface Selector {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly annotationSelector?: string;
}

/**
 * Whether kustomize would apply a patch with this target to the object.
 *
 * @throws if a pattern or a label selector does not parse; kustomize fails, too
 */
export function selects(selector: Selector, object: JsonObject): boolean {
  const [version, group = ''] = String(object.apiVersion).split('/').reverse();
  const metadata = object.metadata as JsonObject;
  // Every field is looked at, so that a mistake in one shows whatever the others match.
  return [
    matches(selector.group, group),
    matches(selector.version, version),
    matches(selector.kind, object.kind),
    matches(selector.name, metadata.name),
    matches(selector.namespace, metadata.namespace ?? impliedNamespace(object)),
    hasLabels(selector.labelSelector, metadata.labels as Labels | undefined),
    hasLabels(selector.annotationSelector, metadata.annotations as Labels | undefined),
  ].every(Boolean);
}

type Labels = Readonly<Record<string, string>>;

/** kustomize has to know a kind to know that it is cluster-scoped. */
function impliedNamespace({ apiVersion, kind }: JsonObject): string {
  const type = [String(apiVersion), String(kind)] as const;
  return isClusterScoped(...type) && isKnownToKustomize(...type) ? '_non_namespaceable_' : 'default';
}

function matches(pattern: string | undefined, value: unknown): boolean {
  return !pattern || regularExpression(pattern).test(String(value));
}

/** Go's syntax, as far as JavaScript shares it; Go has flags in front, and no look-around. */
function regularExpression(pattern: string): RegExp {
  const [, insensitive, rest] = /^(\(\?i\))?(.*)$/s.exec(pattern)!;
  try {
    if (/\(\?<?[=!]/.test(rest)) {
      throw new SyntaxError('look-around');
    }
    return new RegExp(`^(?:${rest})$`, insensitive && 'i');
  } catch {
    throw new Error(`"${pattern}" is not a regular expression`);
  }
}

const KEY = '([A-Za-z0-9][-A-Za-z0-9_./]*)';
const VALUE = '([-A-Za-z0-9_.]*)';
const SET = new RegExp(`^${KEY}\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const EQUALITY = new RegExp(`^${KEY}\\s*(==|=|!=)\\s*${VALUE}$`);
const ORDER = new RegExp(`^${KEY}\\s*([<>])\\s*(-?\\d+)$`);
const EXISTENCE = new RegExp(`^(!?)\\s*${KEY}$`);

/** Kubernetes' label selectors: `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b,c)`, `a>1`, `a<1`, `a`, `!a`, joined by commas. */
function hasLabels(selector: string | undefined, labels: Labels = {}): boolean {
  const terms = selector?.trim() ? selector.split(/,(?![^(]*\))/) : [];
  return terms.map(term => {
    const satisfied = hasLabel(term.trim(), labels);
    if (satisfied === undefined) {
      throw new Error(`the label selector "${selector}" does not parse`);
    }
    return satisfied;
  }).every(Boolean);
}

/** Nothing if the term is none. */
function hasLabel(term: string, labels: Labels): boolean | undefined {
  const label = (key: string) => Object.hasOwn(labels, key) ? labels[key] : undefined;
  const set = SET.exec(term);
  if (set) {
    const value = label(set[1]);
    return (value !== undefined && set[3].split(',').map(text => text.trim()).includes(value)) === (set[2] === 'in');
  }
  const equality = EQUALITY.exec(term);
  if (equality) {
    return (label(equality[1]) === equality[3]) === (equality[2] !== '!=');
  }
  const order = ORDER.exec(term);
  if (order) {
    const value = label(order[1]) ?? '';
    return /^-?\d+$/.test(value) && (order[2] === '>' ? Number(value) > Number(order[3]) : Number(value) < Number(order[3]));
  }
  const existence = EXISTENCE.exec(term);
  return existence ? (label(existence[2]) === undefined) === (existence[1] === '!') : undefined;
}
