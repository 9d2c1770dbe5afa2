import { ICheck } from './check';
import { applied } from './support/applied';
import { definitionsOf } from './support/known-kinds';
import { onKustomization, onObject, Remark } from './support/place';
import { apiVersionName, Definition } from '../definitions/schema';
import { Delivery } from '../delivery/delivery';
import { apiGroup } from '../synth/api-group';
import { JsonObject } from '../synth/json';

/** @see docs/checks/version-not-served.md */
export const versionNotServed: ICheck = {
  checkId: 'version-not-served',
  title: 'An object of a version that the API server does not have',
  examine: delivery => delivery.kustomizations.flatMap(kustomization => [
    ...remarksOn(delivery, kustomization.manifest).map(remark => onKustomization(delivery, kustomization, remark)),
    ...applied(kustomization).flatMap(object =>
      remarksOn(delivery, object.manifest).map(remark => onObject(delivery, kustomization, object, remark))),
  ]),
};

function remarksOn(delivery: Delivery, { apiVersion, kind }: JsonObject): Remark[] {
  const [given, kindName] = [String(apiVersion), String(kind)];
  const definition = definitionsOf(delivery).of(given, kindName);
  const served = definition?.versions.filter(version => version.served).map(({ name }) => name) ?? [];
  if (definition ? served.includes(apiVersionName(given)) : !isGone(given, kindName)) {
    return [];
  }
  return [{
    check: 'version-not-served',
    message: `is of ${given}, which ${definition?.origin ?? 'Kubernetes'} does not serve: the API server knows no ${kindName} of it`,
    fix: definition ? mend(definition, served) : GONE[`${apiGroup(given)}/${kindName}`],
  }];
}

function mend({ group }: Definition, [newest]: readonly string[]): string {
  return newest === undefined ? 'leave it out' : `write ${group === '' ? newest : `${group}/${newest}`}, with the fields of that version`;
}

/** Kinds of Kubernetes that have moved to another group, or are gone. */
const GONE: Readonly<Record<string, string>> = {
  'extensions/DaemonSet': 'write apps/v1, with the fields of that version',
  'extensions/Deployment': 'write apps/v1, with the fields of that version',
  'extensions/Ingress': 'write networking.k8s.io/v1, with the fields of that version',
  'extensions/NetworkPolicy': 'write networking.k8s.io/v1, with the fields of that version',
  'extensions/PodSecurityPolicy': 'label the namespace with pod-security.kubernetes.io/enforce instead',
  'extensions/ReplicaSet': 'write apps/v1, with the fields of that version',
  'policy/PodSecurityPolicy': 'label the namespace with pod-security.kubernetes.io/enforce instead',
  'settings.k8s.io/PodPreset': 'leave it out',
};

function isGone(apiVersion: string, kind: string): boolean {
  return Object.hasOwn(GONE, `${apiGroup(apiVersion)}/${kind}`);
}
