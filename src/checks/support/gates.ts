import { Circle } from './obstacles';
import { identity } from './per-object';
import { kustomizationTitle } from './place';
import { appliedFrom } from '../../delivery/applied-objects';
import { applyStageOf } from '../../delivery/apply-stages';
import { DeliveredKustomization, DeliveredObject, DeliveredReference, Delivery } from '../../delivery/delivery';
import { idText, objectId } from '../../delivery/object-id';
import { apiGroup } from '../../synth/api-group';

/** An entry of `healthCheckExprs`. */
export interface HealthExpression {
  readonly apiVersion: string;
  readonly kind?: string;
  readonly current: string;
  readonly inProgress?: string;
  readonly failed?: string;
}

interface Spec {
  readonly wait?: boolean;
  readonly healthChecks?: readonly (Omit<DeliveredReference, 'apiVersion'> & { readonly apiVersion?: string })[];
  readonly healthCheckExprs?: readonly HealthExpression[];
}

/** Whether a Kustomization waits for everything that it applies. */
export function waits({ manifest }: DeliveredKustomization): boolean {
  return (manifest.spec as Spec).wait === true;
}

/** The objects that a Kustomization names in `healthChecks`. */
export function healthChecksOf({ manifest }: DeliveredKustomization): DeliveredReference[] {
  return ((manifest.spec as Spec).healthChecks ?? []).map(check => ({ ...check, apiVersion: check.apiVersion ?? 'apps/v1' }));
}

export function healthExpressionsOf({ manifest }: DeliveredKustomization): readonly HealthExpression[] {
  return (manifest.spec as Spec).healthCheckExprs ?? [];
}

/** Whether a Kustomization is ready only once something is healthy. */
export function gates(kustomization: DeliveredKustomization): boolean {
  return waits(kustomization) || healthChecksOf(kustomization).length > 0;
}

/** The identity of an object that is named, as a text. */
export function referenceText({ apiVersion, kind, name, namespace }: DeliveredReference): string {
  return idText(objectId(apiVersion, kind, name, namespace));
}

/** What a Kustomization applies, by identity. */
export function appliedBy({ manifest, objects }: DeliveredKustomization): ReadonlyMap<string, DeliveredObject> {
  return new Map(appliedFrom(manifest, objects).map(object => [identity(object), object]));
}

/** The objects whose health a Kustomization waits for after it has applied everything: as it applies them, where it does. */
export function gatedBy(kustomization: DeliveredKustomization): (DeliveredReference | DeliveredObject)[] {
  if (waits(kustomization)) {
    return [...appliedFrom(kustomization.manifest, kustomization.objects)];
  }
  const checks = healthChecksOf(kustomization);
  const applied = checks.length === 0 ? undefined : appliedBy(kustomization);
  return checks.map(check => applied?.get(referenceText(check)) ?? check);
}

/** The same, with what Flux waits for before it applies the rest: there it asks the expressions, too. */
export function judgedBy(kustomization: DeliveredKustomization): (DeliveredReference | DeliveredObject)[] {
  const early = appliedFrom(kustomization.manifest, kustomization.objects).filter(({ manifest }) => applyStageOf(manifest) !== 'rest');
  return [...gatedBy(kustomization), ...early];
}

/** Whether an expression judges the objects of a kind. One for the whole group does unless the kind has its own. */
export function judges({ apiVersion, kind }: HealthExpression, object: DeliveredReference, all: readonly HealthExpression[]): boolean {
  const inGroup = (expression: HealthExpression) => apiGroup(expression.apiVersion) === apiGroup(object.apiVersion);
  return apiGroup(apiVersion) === apiGroup(object.apiVersion)
    && (kind ? kind === object.kind : !all.some(other => inGroup(other) && other.kind === object.kind));
}

/** A health check on something that comes only once the Kustomization which checks it is ready: with one that waits for it. */
export interface EarlyCheck {
  readonly kustomization: DeliveredKustomization;
  readonly check: DeliveredReference;
}

/** The health check that closes a circle, where nothing in it needs anything. */
export function checkTooEarly({ kustomizations }: Delivery, { obstacle: { events }, need }: Circle): EarlyCheck | undefined {
  return need !== undefined ? undefined : kustomizations.flatMap(kustomization => {
    const place = events.indexOf(`ready kustomize.toolkit.fluxcd.io/Kustomization ${kustomizationTitle(kustomization)}`);
    const next = place < 0 ? '' : events[(place + 1) % events.length].replace(/^\S+ /, '');
    return healthChecksOf(kustomization).filter(check => check.kind !== 'Kustomization' && referenceText(check) === next).map(check => ({ kustomization, check }));
  })[0];
}
