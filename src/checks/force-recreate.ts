import { Finding, ICheck, Severity } from './check';
import { applied, isMarked } from './support/applied';
import { told } from './support/obstacles';
import { objectTitle, onKustomization, onObject } from './support/place';
import { DeliveredKustomization, DeliveredObject, Delivery } from '../delivery/delivery';
import { groupKind } from '../synth/api-group';

const CHECK = 'force-recreate';

const KUSTOMIZATION = 'kustomize.toolkit.fluxcd.io/Kustomization';

/** What goes with an object that is deleted, where it is more than comes back with it. */
const LOST: Readonly<Record<string, string>> = {
  '/Namespace': 'everything in it',
  '/PersistentVolume': 'its data',
  '/PersistentVolumeClaim': 'its volume',
  'apiextensions.k8s.io/CustomResourceDefinition': 'every object of its kind',
  'apiextensions.crossplane.io/CompositeResourceDefinition': 'every object of its kind and what was made of it',
  'helm.toolkit.fluxcd.io/HelmRelease': 'everything that its chart installed',
  [KUSTOMIZATION]: 'everything that it applied',
  'postgresql.cnpg.io/Cluster': 'its volumes',
};

/** @see docs/checks/force-recreate.md */
export const forceRecreate: ICheck = {
  checkId: CHECK,
  title: 'What Flux deletes and makes anew when the API refuses a change',
  examine: delivery => delivery.kustomizations.flatMap(kustomization => [
    ...kustomization.manifest.spec.force === true ? [forced(delivery, kustomization)] : [],
    ...applied(kustomization).flatMap(object => [
      ...isMarked(object.manifest, 'force', 'enabled') ? [marked(delivery, kustomization, object)] : [],
      ...groupKind(object) === KUSTOMIZATION && object.manifest.spec?.force === true ? [nested(delivery, kustomization, object)] : [],
    ]),
  ]),
};

/** A Crossplane resource stands for something outside the cluster. */
function lostWith(object: DeliveredObject): string | undefined {
  return LOST[groupKind(object)] ?? (/\.(upbound|crossplane)\.io\//.test(groupKind(object)) ? 'what it manages outside the cluster' : undefined);
}

function forced(delivery: Delivery, kustomization: DeliveredKustomization): Finding {
  const lost = applied(kustomization).flatMap(object => {
    const more = lostWith(object);
    return more === undefined ? [] : [`${objectTitle(object)} (${more})`];
  });
  return onKustomization(delivery, kustomization, {
    check: CHECK,
    severity: lost.length > 0 ? Severity.ERROR : Severity.WARNING,
    message: 'has force on: whatever the API refuses as invalid or in conflict is deleted first and made anew then, and stays away where it is simply wrong',
    fix: 'leave force out, and mark the one object that may go with the annotation kustomize.toolkit.fluxcd.io/force: enabled while it changes',
    evidence: lost.length > 0 ? [`with these more goes than comes back: ${told(lost)}`] : undefined,
  });
}

function marked(delivery: Delivery, kustomization: DeliveredKustomization, object: DeliveredObject): Finding {
  const lost = lostWith(object);
  return onObject(delivery, kustomization, object, {
    check: CHECK,
    severity: lost ? Severity.ERROR : Severity.WARNING,
    message: `is marked with kustomize.toolkit.fluxcd.io/force: a change that the API refuses as invalid or in conflict deletes it${lost ? ` and ${lost}` : ''} first`,
    fix: 'take the mark away once the change has come through',
  });
}

function nested(delivery: Delivery, kustomization: DeliveredKustomization, object: DeliveredObject): Finding {
  return onObject(delivery, kustomization, object, {
    check: CHECK,
    severity: Severity.WARNING,
    message: 'has force on: whatever the API refuses as invalid or in conflict is deleted first and made anew then, and stays away where it is simply wrong',
    fix: 'leave force out',
  });
}
