import { apiGroup } from './api-group';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_WORDS = 'lower-case letters, digits and "-", beginning and ending with a letter or digit';
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SUBDOMAIN_WORDS = 'lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit';

interface NameRule {
  readonly pattern: RegExp;
  readonly words: string;
  readonly length: number;
}

const LABEL_RULE: NameRule = { pattern: LABEL, words: LABEL_WORDS, length: 63 };
const OBJECT_RULE: NameRule = { pattern: SUBDOMAIN, words: SUBDOMAIN_WORDS, length: 253 };
const RBAC_RULE: NameRule = { pattern: /^(?!\.{1,2}$)[^/%]+$/, words: 'no "/" or "%"', length: 253 };

/** Kinds whose names follow another rule than a DNS subdomain. */
const RULES: Readonly<Record<string, NameRule>> = {
  'Namespace': LABEL_RULE,
  'Service': { pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/, words: 'lower-case letters, digits and "-", beginning with a letter', length: 63 },
  'rbac.authorization.k8s.io/Role': RBAC_RULE,
  'rbac.authorization.k8s.io/ClusterRole': RBAC_RULE,
  'rbac.authorization.k8s.io/RoleBinding': RBAC_RULE,
  'rbac.authorization.k8s.io/ClusterRoleBinding': RBAC_RULE,
  // Flux labels every object that it applies with the name.
  'kustomize.toolkit.fluxcd.io/Kustomization': { pattern: SUBDOMAIN, words: SUBDOMAIN_WORDS, length: 63 },
};

/** What Kubernetes would say to the name of an object; undefined where it accepts it. */
export function objectNameProblem(apiVersion: string, kind: string, name: string): string | undefined {
  return nameProblem(`the ${kind}`, name, ruleOf(apiVersion, kind));
}

/** How many characters the name of an object may have. */
export function nameLengthLimit(apiVersion: string, kind: string): number {
  return ruleOf(apiVersion, kind).length;
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
