import { KubernetesObject } from './kubernetes-api';
import { PLAYED } from '../played/operators';
import { hasCondition, isAvailable } from '../played/world';

/** Whether an object is what it should be: as its controller says, or because it is there, where no controller looks at it. */
export function isReady(object: KubernetesObject): boolean {
  const { apiVersion, kind, metadata, status } = object;
  const [group] = apiVersion.split('/');
  const played = PLAYED.find(candidate => candidate.kind === kind && candidate.apiVersion.split('/')[0] === group);
  if (played) {
    return played.isReady(object);
  }
  if (group.endsWith('.toolkit.fluxcd.io') && group !== 'notification.toolkit.fluxcd.io') {
    return isStatic(object) || status?.observedGeneration === metadata.generation && hasCondition(object, 'Ready');
  }
  switch (`${group}/${kind}`) {
    case 'apps/Deployment':
      return isAvailable(object);
    case 'apiextensions.k8s.io/CustomResourceDefinition':
      return hasCondition(object, 'Established');
    default:
      return true;
  }
}

/** A Helm repository in a registry has no state of its own. */
function isStatic({ kind, spec }: KubernetesObject): boolean {
  return kind === 'HelmRepository' && spec.type === 'oci';
}

/** Why an object is not ready, as far as it says so itself. */
export function stateOf(object: KubernetesObject): string {
  const conditions: { type: string; status: string; reason: string; message?: string }[] = object.status?.conditions ?? [];
  const own = conditions.map(({ type, status, reason, message }) => `${type}=${status} ${reason} ${(message ?? '').slice(0, 300)}`);
  return `${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}: ${own.join('; ') || 'no status'}`;
}
