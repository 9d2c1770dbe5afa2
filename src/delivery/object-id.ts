import { apiGroup } from '../synth/api-group';
import { isClusterScoped } from '../synth/cluster-scoped';

/** What identifies an object on a cluster. Its version does not. */
export interface ObjectId {
  /** API group; empty for Kubernetes' core. */
  readonly group: string;
  readonly kind: string;
  readonly name: string;

  /**
   * @default - none: an object of a cluster-scoped kind
   */
  readonly namespace?: string;
}

/** An object's identity as a text: `apps/Deployment web/shop`, `/Namespace shop`. */
export function idText({ group, kind, name, namespace }: ObjectId): string {
  return `${group}/${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/** As a person names it: `Deployment web/shop`. */
export function idTitle({ kind, name, namespace }: Omit<ObjectId, 'group'>): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/** The identity of an object of a kind; a namespace is of no matter where the kind has none. */
export function objectId(apiVersion: string, kind: string, name: string, namespace?: string): ObjectId {
  return isClusterScoped(apiVersion, kind) || namespace === undefined
    ? { group: apiGroup(apiVersion), kind, name }
    : { group: apiGroup(apiVersion), kind, name, namespace };
}
