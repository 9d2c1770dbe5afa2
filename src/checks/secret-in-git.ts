import { Finding, ICheck, Severity } from './check';
import { told } from './support/obstacles';
import { objectTitle, onKustomization, onObject, Remark } from './support/place';
import { SecretField, secretFields } from './support/secret-fields';
import { DeliveredKustomization, Delivery } from '../delivery/delivery';
import { JsonObject } from '../synth/json';

const CHECK = 'secret-in-git';

const FIX = 'let an ExternalSecret bring it, or encrypt it with SOPS; and replace the secret itself where it was ever pushed';

/** @see docs/checks/secret-in-git.md */
export const secretInGit: ICheck = {
  checkId: CHECK,
  title: 'A secret that whoever reads the repository can read',
  examine: delivery => [
    ...delivery.kustomizations.flatMap(kustomization => [
      ...remarks(kustomization.manifest).map(remark => onKustomization(delivery, kustomization, remark)),
      ...kustomization.objects.flatMap(object =>
        remarks(object.manifest, kustomization).map(remark => onObject(delivery, kustomization, object, remark))),
    ]),
    ...besides(delivery),
  ],
};

function besides({ cluster, beside }: Delivery): Finding[] {
  return beside.flatMap(object => remarks(object.manifest).map(remark => ({
    severity: Severity.ERROR, ...remark, cluster, object: objectTitle(object), file: object.file, constructPath: object.constructPath,
  })));
}

function remarks(manifest: JsonObject, kustomization?: DeliveredKustomization): Remark[] {
  const fields = secretFields(manifest).filter(field => isInGit(field, kustomization));
  if (fields.length === 0) {
    return [];
  }
  return [{
    check: CHECK,
    message: fields[0].rule === 'Secret'
      ? `has values that stand in Git as they are: ${told(fields.map(({ at }) => at))}`
      : `holds what looks like a secret: ${told(fields.map(({ at, rule }) => `${at} (${rule})`))}`,
    fix: FIX,
  }];
}

/** Where a field takes its value from variables, it is in Git if one of theirs is. */
function isInGit({ variables }: SecretField, kustomization: DeliveredKustomization | undefined): boolean {
  return variables === undefined || variables.some(name => Object.hasOwn(kustomization?.variables ?? {}, name));
}
