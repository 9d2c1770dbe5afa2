import { Finding, ICheck, Severity } from './check';
import { applied, listAt, textAt } from './support/applied';
import { keepsTenantsApart } from './support/flux-instance';
import { onKustomization, onObject } from './support/place';
import { groupKind } from '../synth/api-group';
import { isJsonObject, JsonObject, valueAt } from '../synth/json';

const CHECK = 'cross-namespace-reference';

const KUSTOMIZATION = 'kustomize.toolkit.fluxcd.io/Kustomization';

/** What of Flux refers to something in another namespace, by kind: the field, and what becomes of the object. */
const REFERENCES: Readonly<Record<string, { readonly at: readonly string[]; readonly loss?: string }>> = {
  [KUSTOMIZATION]: { at: ['/spec/sourceRef'] },
  'helm.toolkit.fluxcd.io/HelmRelease': { at: ['/spec/chart/spec/sourceRef', '/spec/chartRef'] },
  'image.toolkit.fluxcd.io/ImagePolicy': { at: ['/spec/imageRepositoryRef'] },
  'image.toolkit.fluxcd.io/ImageUpdateAutomation': { at: ['/spec/sourceRef'] },
  'notification.toolkit.fluxcd.io/Alert': { at: ['/spec/eventSources'], loss: 'none of its events is ever sent' },
  'notification.toolkit.fluxcd.io/Receiver': { at: ['/spec/resources'], loss: 'it is never reconciled by it, and the call is answered with an error' },
};

/** @see docs/checks/cross-namespace-reference.md */
export const crossNamespaceReference: ICheck = {
  checkId: CHECK,
  title: 'A reference to another namespace, on a Flux that keeps tenants apart',
  examine: delivery => !keepsTenantsApart(delivery) ? [] : delivery.kustomizations.flatMap((kustomization): Finding[] => [
    ...remarks(KUSTOMIZATION, kustomization.manifest as JsonObject, kustomization.namespace)
      .map(remark => onKustomization(delivery, kustomization, remark)),
    ...applied(kustomization).flatMap(object => remarks(groupKind(object), object.manifest, object.namespace ?? '')
      .map(remark => onObject(delivery, kustomization, object, remark))),
  ]),
};

function remarks(kind: string, manifest: JsonObject, own: string) {
  const { at = [], loss } = REFERENCES[kind] ?? {};
  const elsewhere = at.flatMap(pointer => referencesAt(manifest, pointer).filter(reference => (textAt(reference, '/namespace') ?? own) !== own)
    .map(reference => `the ${titleOf(reference)} (${pointer.slice(1).replace(/\//g, '.')})`));
  return elsewhere.length === 0 ? [] : [{
    check: CHECK,
    severity: loss === undefined ? Severity.ERROR : Severity.WARNING,
    message: `refers to ${elsewhere.join(', ')} in another namespace, which a Flux that keeps tenants apart refuses: `
      + (loss ?? 'it is stalled, and nothing of it comes'),
    fix: 'put what it refers to into its own namespace, or it into the other one',
  }];
}

function titleOf(reference: JsonObject): string {
  return `${textAt(reference, '/kind') ?? 'ImageRepository'} ${textAt(reference, '/namespace')}/${textAt(reference, '/name')}`;
}

/** The reference at a pointer, or all in the list there. */
function referencesAt(manifest: JsonObject, pointer: string): readonly JsonObject[] {
  const value = valueAt(manifest, pointer);
  return isJsonObject(value) ? [value] : listAt(manifest, pointer);
}
