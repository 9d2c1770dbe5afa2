import { Finding, ICheck } from './check';
import { broughtBy } from './support/facts-of-objects';
import { appliedBy, checkTooEarly, healthChecksOf, referenceText } from './support/gates';
import { definitionsOf } from './support/known-kinds';
import { Circle, circlesOf, stuckBehind } from './support/obstacles';
import { identity } from './support/per-object';
import { objectTitle, onKustomization } from './support/place';
import { ALWAYS_THERE } from '../delivery/always-there';
import { appliedFrom } from '../delivery/applied-objects';
import { DeliveredKustomization, DeliveredReference, Delivery } from '../delivery/delivery';
import { identityOf } from '../delivery/object-facts';
import { idText } from '../delivery/object-id';
import { withValuesOf } from '../delivery/values';
import { circleSteps } from '../delivery/words';
import { apiGroup } from '../synth/api-group';

const CHECK = 'health-check-not-delivered';

/** @see docs/checks/health-check-not-delivered.md */
export const healthCheckNotDelivered: ICheck = {
  checkId: CHECK,
  title: 'A health check on something that does not come',
  examine: delivery => {
    let known: ReadonlySet<string> | undefined;
    const comesAbout = (text: string) => (known ??= allThatComes(withValuesOf(delivery))).has(text);
    return [
      ...delivery.kustomizations.flatMap(kustomization =>
        missing(kustomization, comesAbout).map(check => missingFinding(delivery, kustomization, check))),
      ...circlesOf(delivery).flatMap(circle => earlyFinding(delivery, circle)),
    ];
  },
};

/** What is checked and is neither the Kustomization's own nor anything else on the cluster. A wildcard is another check's. */
function missing(kustomization: DeliveredKustomization, comesAbout: (text: string) => boolean): DeliveredReference[] {
  const checks = healthChecksOf(kustomization).filter(({ name, namespace = '' }) => !`${name}${namespace}`.includes('*'));
  const own = checks.length === 0 ? undefined : appliedBy(kustomization);
  return checks.filter(check => hasVariable(check) || (!own!.has(referenceText(check)) && !comesAbout(referenceText(check))));
}

/** Flux substitutes nothing in a Kustomization that it applies from the cluster's directory. */
function hasVariable({ name, namespace = '' }: DeliveredReference): boolean {
  return `${name}${namespace}`.includes('${');
}

const ALWAYS = ALWAYS_THERE.objects.map(idText);

function allThatComes({ kustomizations, beside, source, assumed }: Delivery): ReadonlySet<string> {
  const objects = [...beside, ...kustomizations.flatMap(({ manifest, objects: own }) => appliedFrom(manifest, own))];
  return new Set([
    ...ALWAYS,
    ...objects.flatMap(object => [identity(object), ...broughtBy(object).objects.map(idText)]),
    ...kustomizations.map(({ manifest }) => idText(identityOf(manifest))),
    ...[source, ...assumed.objects, ...kustomizations.flatMap(({ provides }) => provides.flatMap(({ objects: made }) => made))].map(referenceText),
    'kustomize.toolkit.fluxcd.io/Kustomization flux-system/flux-system',
  ]);
}

function missingFinding(delivery: Delivery, kustomization: DeliveredKustomization, check: DeliveredReference): Finding {
  if (hasVariable(check)) {
    return onKustomization(delivery, kustomization, {
      check: CHECK,
      message: `checks the health of ${objectTitle(check)}, whose name holds a variable: Flux does not substitute in health checks, and looks for an object of that very name`,
      fix: 'check something whose name is known here, or let the Kustomization wait for everything',
    });
  }
  if (check.namespace === undefined && definitionsOf(delivery).of(check.apiVersion, check.kind)?.clusterScoped === false) {
    return onKustomization(delivery, kustomization, {
      check: CHECK,
      message: `checks the health of ${objectTitle(check)} without a namespace, and a ${check.kind} belongs to one: Flux fails at that again and again, and it is never ready`,
      fix: 'give the health check the namespace of the object',
    });
  }
  const alike = [...appliedBy(kustomization).values()].find(object => isAlike(object, check));
  return onKustomization(delivery, kustomization, {
    check: CHECK,
    message: `checks the health of ${objectTitle(check)}, which nothing on this cluster delivers: it waits until its timeout, again and again, and is never ready`,
    fix: 'correct the reference, say with component.provides(…) which component makes it, or call cluster.assume(…) where it is there before Flux',
    evidence: alike && [`it delivers ${objectTitle(alike)}`],
  });
}

/** Of the same kind, with a name that holds the other one: without its namespace, or before it got a prefix. */
function isAlike(object: DeliveredReference, check: DeliveredReference): boolean {
  return object.kind === check.kind && apiGroup(object.apiVersion) === apiGroup(check.apiVersion)
    && (object.name.includes(check.name) || check.name.includes(object.name));
}

function earlyFinding(delivery: Delivery, circle: Circle): Finding[] {
  const early = checkTooEarly(delivery, circle);
  return early === undefined ? [] : [onKustomization(delivery, early.kustomization, {
    check: CHECK,
    message: `checks the health of ${objectTitle(early.check)}, which comes only after it, so that it is never ready`,
    fix: 'check it in the Kustomization that delivers it, or deliver it with this one',
    evidence: [...circleSteps(circle.obstacle.events, undefined), ...stuckBehind(circle.obstacle)],
  })];
}
