import { Finding, ICheck, Severity } from './check';
import { applied, isMarked, textAt } from './support/applied';
import { told } from './support/obstacles';
import { kustomizationTitle, onKustomization, onObject } from './support/place';
import { DeliveredKustomization, DeliveredObject, Delivery } from '../delivery/delivery';
import { groupKind } from '../synth/api-group';
import { JsonObject, valueAt } from '../synth/json';

const CHECK = 'crd-prune';

/** The mark in a patch of either kind. */
const KEPT = /kustomize\.toolkit\.fluxcd\.io(\/|~1)prune/;

/** @see docs/checks/crd-prune.md */
export const crdPrune: ICheck = {
  checkId: CHECK,
  title: 'A definition that goes with every object of its kind',
  examine: delivery => delivery.kustomizations.flatMap(kustomization => [
    ...removes(kustomization.manifest) ? definitions(delivery, kustomization) : [],
    ...applied(kustomization).flatMap(object => [
      ...groupKind(object) === 'kustomize.toolkit.fluxcd.io/Kustomization' ? nested(delivery, kustomization, object) : [],
      ...groupKind(object) === 'helm.toolkit.fluxcd.io/HelmRelease' && removes(kustomization.manifest) ? release(delivery, kustomization, object) : [],
    ]),
  ]),
};

/** Whether a Kustomization deletes what it no longer applies, or what it has applied once it is deleted itself. */
function removes(manifest: JsonObject): boolean {
  return valueAt(manifest, '/spec/prune') === true || ['Delete', 'WaitForTermination'].includes(textAt(manifest, '/spec/deletionPolicy') ?? '');
}

function stays({ manifest }: DeliveredObject): boolean {
  return isMarked(manifest, 'prune', 'disabled') || isMarked(manifest, 'reconcile', 'disabled') || isMarked(manifest, 'ssa', 'Ignore');
}

function definitions(delivery: Delivery, kustomization: DeliveredKustomization): Finding[] {
  const names = applied(kustomization).filter(object => groupKind(object) === 'apiextensions.k8s.io/CustomResourceDefinition' && !stays(object)).map(({ name }) => name);
  return names.length === 0 ? [] : [onKustomization(delivery, kustomization, {
    check: CHECK,
    message: `deletes the definitions that it delivers (${told(names)}), and with each every object of its kind, when they leave the repository or it goes itself`,
    fix: 'deliver definitions in a crds layer, which has prune off, or annotate them with kustomize.toolkit.fluxcd.io/prune: disabled',
  })];
}

/** What a Kustomization reads from another source is known by what it was said to bring. */
function nested(delivery: Delivery, kustomization: DeliveredKustomization, object: DeliveredObject): Finding[] {
  const kinds = apisBy(kustomization, object);
  const keeps = KEPT.test(JSON.stringify([valueAt(object.manifest, '/spec/patches'), valueAt(object.manifest, '/spec/commonMetadata')]));
  return kinds.length === 0 || keeps || !removes(object.manifest) ? [] : [onObject(delivery, kustomization, object, {
    check: CHECK,
    message: `deletes the definitions that it brings (${told(kinds)}), and with each every object of its kind, when they leave its source or it goes itself`,
    fix: 'set prune to false',
  })];
}

function release(delivery: Delivery, kustomization: DeliveredKustomization, object: DeliveredObject): Finding[] {
  const kinds = apisBy(kustomization, object);
  return kinds.length === 0 || stays(object) ? [] : [onObject(delivery, kustomization, object, {
    check: CHECK,
    severity: Severity.INFO,
    message: `is uninstalled when it is taken out of ${kustomizationTitle(kustomization)}, and with it go those of its definitions (${told(kinds)}) that the chart has among `
      + 'its templates, without helm.sh/resource-policy: keep',
    fix: 'deliver the definitions in a crds layer, or annotate the HelmRelease with kustomize.toolkit.fluxcd.io/prune: disabled',
  })];
}

/** The APIs that an object was said to bring, by itself. */
function apisBy({ provides }: DeliveredKustomization, { kind, namespace, name }: DeliveredObject): string[] {
  const own = provides.filter(({ by }) => by.some(maker => maker.kind === kind && maker.namespace === namespace && maker.name === name));
  return [...new Set(own.flatMap(({ apis }) => apis))];
}
