import { JsonObject } from './json';

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

/** Whether kustomize would apply a patch with this target to the object. */
export function selects(selector: Selector, object: JsonObject): boolean {
  const [version, group = ''] = String(object.apiVersion).split('/').reverse();
  const metadata = object.metadata as JsonObject;
  return (selector.group === undefined || selector.group === group)
    && (selector.version === undefined || selector.version === version)
    && matches(selector.kind, object.kind)
    && matches(selector.name, metadata.name)
    && matches(selector.namespace, metadata.namespace)
    && hasLabels(selector.labelSelector, metadata.labels as Record<string, string> | undefined)
    && hasLabels(selector.annotationSelector, metadata.annotations as Record<string, string> | undefined);
}

function matches(pattern: string | undefined, value: unknown): boolean {
  return pattern === undefined || new RegExp(`^(?:${pattern})$`).test(String(value ?? ''));
}

/** Kubernetes' label selectors: `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b,c)`, `a`, `!a`, joined by commas. */
function hasLabels(selector: string | undefined, labels: Readonly<Record<string, string>> = {}): boolean {
  return (selector ?? '').split(/,(?![^(]*\))/).map(term => term.trim()).filter(term => term !== '').every(term => {
    const set = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(term);
    if (set) {
      const values = set[3].split(',').map(value => value.trim());
      return values.includes(labels[set[1]]) === (set[2] === 'in');
    }
    const equality = /^([^=!\s]+)\s*(==|=|!=)\s*(\S*)$/.exec(term);
    if (equality) {
      return (labels[equality[1]] === equality[3]) === (equality[2] !== '!=');
    }
    return term.startsWith('!') ? !(term.slice(1).trim() in labels) : term in labels;
  });
}
