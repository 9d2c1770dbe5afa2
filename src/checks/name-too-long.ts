import { Finding, ICheck, Severity } from './check';
import { applied, withValues } from './support/applied';
import { onKustomization, onObject, Remark } from './support/place';
import { DeliveredKustomization, DeliveredObject, Delivery } from '../delivery/delivery';
import { apiGroup } from '../synth/api-group';
import { isJsonObject } from '../synth/json';
import { nameLengthLimit, nameLengthReason } from '../synth/kubernetes-names';

/** @see docs/checks/name-too-long.md */
export const nameTooLong: ICheck = {
  checkId: 'name-too-long',
  title: 'A name that is longer than what comes of it',
  examine: delivery => delivery.kustomizations.flatMap(kustomization => [
    ...ownRemarks(kustomization.manifest, kustomization).map(remark => onKustomization(delivery, kustomization, remark)),
    ...applied(kustomization).flatMap(object => findingsOn(delivery, kustomization, object)),
  ]),
};

function findingsOn(delivery: Delivery, kustomization: DeliveredKustomization, object: DeliveredObject): Finding[] {
  const remarks = [...ownRemarks(object, kustomization), ...releaseRemarks(object, kustomization)];
  return remarks.map(remark => onObject(delivery, kustomization, object, remark));
}

interface Named {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name?: string;
  readonly metadata?: { readonly name: string };
}

function ownRemarks({ apiVersion, kind, metadata, name = metadata?.name }: Named, kustomization: DeliveredKustomization): Remark[] {
  const limit = nameLengthLimit(apiVersion, kind);
  const reason = nameLengthReason(apiVersion, kind);
  const known = withValues(name ?? '', kustomization);
  return known === undefined || known.length <= limit ? [] : [{
    check: 'name-too-long',
    message: `has a name of ${known.length} characters; expected at most ${limit}${reason === undefined ? '' : `, because ${reason}`}`,
    fix: 'shorten it',
  }];
}

/** What Helm takes as the name of a release. */
const RELEASE_NAME_LENGTH = 53;

/** A name that is given is held to its length by the schema; one that is put together is cut by Flux. */
function releaseRemarks({ apiVersion, kind, name, manifest: { spec } }: DeliveredObject, kustomization: DeliveredKustomization): Remark[] {
  if (kind !== 'HelmRelease' || apiGroup(apiVersion) !== 'helm.toolkit.fluxcd.io' || !isJsonObject(spec) || spec.releaseName !== undefined) {
    return [];
  }
  const release = withValues([...spec.targetNamespace === undefined ? [] : [String(spec.targetNamespace)], name].join('-'), kustomization);
  return release === undefined || release.length <= RELEASE_NAME_LENGTH ? [] : [{
    check: 'name-too-long',
    severity: Severity.WARNING,
    message: `makes the release ${release}, which has ${release.length} characters; Helm takes ${RELEASE_NAME_LENGTH}, so that Flux calls it `
      + `${release.slice(0, 40)}- and a hash, and what the chart makes has such a name, too`,
    fix: 'give it a releaseName, or a shorter name',
  }];
}
