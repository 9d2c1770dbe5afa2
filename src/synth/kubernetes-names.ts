import { apiGroup } from './api-group';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_WORDS = 'lower-case letters, digits and "-", beginning and ending with a letter or digit';
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SUBDOMAIN_WORDS = 'lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit';

interface NameRule {
  readonly pattern: RegExp;
  readonly words: string;
  readonly length: number;
  /** Why it may not be longer, where the API server itself allows more, or says something else. */
  readonly because?: string;
}

const LABEL_RULE: NameRule = { pattern: LABEL, words: LABEL_WORDS, length: 63 };
const OBJECT_RULE: NameRule = { pattern: SUBDOMAIN, words: SUBDOMAIN_WORDS, length: 253 };
/** Of some kinds, the API server does not look at the length. */
const RBAC_RULE: NameRule = { pattern: /^(?!\.{1,2}$)[^/%]+$/, words: 'no "/" or "%"', length: Infinity };

/** Kinds whose names follow another rule than a DNS subdomain. */
const RULES: Readonly<Record<string, NameRule>> = {
  'Namespace': LABEL_RULE,
  'Service': { pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/, words: 'lower-case letters, digits and "-", beginning with a letter', length: 63 },
  'apps/DaemonSet': { ...OBJECT_RULE, length: 242, because: 'its revisions have the name with a hash behind it' },
  'apps/StatefulSet': { ...LABEL_RULE, length: 52, because: 'its pods have a label with the name and a hash behind it' },
  'batch/CronJob': { ...OBJECT_RULE, length: 52, because: 'its Jobs have the name with a time behind it' },
  'batch/Job': { ...OBJECT_RULE, length: 63, because: 'its pods have a label with the name' },
  'policy/PodDisruptionBudget': { ...OBJECT_RULE, length: Infinity },
  'rbac.authorization.k8s.io/Role': RBAC_RULE,
  'rbac.authorization.k8s.io/ClusterRole': RBAC_RULE,
  'rbac.authorization.k8s.io/RoleBinding': RBAC_RULE,
  'rbac.authorization.k8s.io/ClusterRoleBinding': RBAC_RULE,
  'kustomize.toolkit.fluxcd.io/Kustomization': { ...OBJECT_RULE, length: 63, because: 'Flux labels everything that it applies with it' },
};

/** What Kubernetes would say to the name of an object; undefined where it accepts it. */
export function objectNameProblem(apiVersion: string, kind: string, name: string): string | undefined {
  return nameProblem(`the ${kind}`, name, ruleOf(apiVersion, kind));
}

/** How many characters the name of an object may have. */
export function nameLengthLimit(apiVersion: string, kind: string): number {
  return ruleOf(apiVersion, kind).length;
}

/** Why it may not have more; undefined where the API server says so of the name itself. */
export function nameLengthReason(apiVersion: string, kind: string): string | undefined {
  return ruleOf(apiVersion, kind).because;
}

function ruleOf(apiVersion: string, kind: string): NameRule {
  const group = apiGroup(apiVersion);
  return RULES[group ? `${group}/${kind}` : kind] ?? OBJECT_RULE;
}

/** The same for a name that has to be a DNS label: a namespace, a cluster. */
export function labelNameProblem(what: string, name: string): string | undefined {
  return nameProblem(what, name, LABEL_RULE);
}

function nameProblem(what: string, name: string, rule: NameRule): string | undefined {
  if (name.length > rule.length) {
    return `${what} is named "${name}", which has ${name.length} characters; expected at most ${rule.length}: shorten it.`;
  }
  return rule.pattern.test(name) ? undefined : `${what} is named "${name}", which Kubernetes refuses; expected ${rule.words}: rename it.`;
}
