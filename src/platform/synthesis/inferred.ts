import { DeliveredKustomization, Delivery, InferredDependency } from '../../delivery/delivery';
import { JsonObject } from '../../synth/json';
import { Comments } from '../../synth/yaml';

/** A Kustomization as it is written. */
export interface WrittenKustomization {
  readonly object: JsonObject;
  readonly comments: Comments;
}

/** The fields of a Kustomization's `spec` that come before these, if it has them. */
const BEFORE: Readonly<Record<string, readonly string[]>> = {
  dependsOn: ['interval', 'retryInterval', 'timeout', 'path', 'prune', 'wait', 'force', 'deletionPolicy', 'suspend', 'sourceRef'],
  healthChecks: ['interval', 'retryInterval', 'timeout', 'path', 'prune', 'wait', 'force', 'deletionPolicy', 'suspend', 'sourceRef', 'dependsOn'],
};

/** A Kustomization with the dependencies and health checks that were inferred for it, each with its reason. */
export function withInferred(
  kustomization: DeliveredKustomization, written: WrittenKustomization, inferred: readonly InferredDependency[],
): WrittenKustomization {
  const own = `${kustomization.namespace}/${kustomization.name}`;
  let { object, comments } = written;
  const add = (field: string, entry: JsonObject, comment: string) => {
    const spec = object.spec as JsonObject;
    const list = (spec[field] ?? []) as JsonObject[];
    object = { ...object, spec: withField(spec, field, [...list, entry]) };
    comments = { ...comments, [`/spec/${field}/${list.length}`]: comment };
  };
  for (const { from, to, dependency, healthCheck, because } of inferred) {
    if (from === own && dependency) {
      const [namespace, name] = to.split('/');
      add('dependsOn', { name, ...namespace === kustomization.namespace ? {} : { namespace } }, reason(because));
    }
    if (to === own && healthCheck) {
      const { apiVersion, kind, name, namespace } = healthCheck;
      add('healthChecks', { apiVersion, kind, name, ...namespace === undefined ? {} : { namespace } }, `${from.split('/')[1]}: ${reason(because)}`);
    }
  }
  return { object, comments };
}

/** What an edge is for, as a comment: `the webhook of external-secrets.io, for ExternalSecret apps/session`. */
function reason({ what, object }: InferredDependency['because']): string {
  return object === undefined ? what : `${what}, for ${object}`;
}

function withField(spec: JsonObject, field: string, value: JsonObject[]): JsonObject {
  const before = Object.entries(spec).filter(([key]) => BEFORE[field].includes(key));
  const after = Object.entries(spec).filter(([key]) => key !== field && !BEFORE[field].includes(key));
  return Object.fromEntries([...before, [field, value], ...after]);
}

/** What is delivered, with what was inferred. */
export function deliveredWith(delivery: Delivery, written: readonly WrittenKustomization[]): Delivery {
  return {
    ...delivery,
    kustomizations: delivery.kustomizations.map((kustomization, i) => ({
      ...kustomization,
      manifest: written[i].object,
      dependsOn: [...kustomization.dependsOn, ...delivery.inferred.filter(({ from, dependency }) =>
        dependency && from === `${kustomization.namespace}/${kustomization.name}`).map(({ to, because }) => {
        const [namespace, name] = to.split('/');
        return { name, namespace, because: reason(because) };
      })],
    })),
  };
}
