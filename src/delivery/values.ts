import { DeliveredKustomization, DeliveredObject, DeliveredReference, Delivery } from './delivery';
import { variableValues } from './substituted';
import { substitute, substituteObject, VariableValues } from '../synth/envsubst';
import { JsonObject } from '../synth/json';

/** A delivery with the values of its variables in the place of the variables; what Flux could not substitute stays as it is. */
export function withValuesOf(delivery: Delivery): Delivery {
  const { kustomizations } = delivery;
  return { ...delivery, kustomizations: kustomizations.map(kustomization => withValues(kustomization, variableValues(delivery, kustomization))) };
}

function withValues(kustomization: DeliveredKustomization, values: VariableValues): DeliveredKustomization {
  return {
    ...kustomization,
    objects: kustomization.objects.map(object => objectWithValues(object, values)),
    provides: kustomization.provides.map(provision => ({
      ...provision,
      by: provision.by.map(reference => referenceWithValues(reference, values)),
      objects: provision.objects.map(reference => referenceWithValues(reference, values)),
    })),
  };
}

function objectWithValues(object: DeliveredObject, values: VariableValues): DeliveredObject {
  if (!JSON.stringify(object.manifest).includes('${')) {
    return object;
  }
  const { object: manifest } = substituteObject(object.manifest, values);
  if (!manifest) {
    return object;
  }
  const { name, namespace } = manifest.metadata as JsonObject;
  return { ...object, name: String(name), namespace: namespace === undefined ? undefined : String(namespace), manifest };
}

function referenceWithValues(reference: DeliveredReference, values: VariableValues): DeliveredReference {
  const { name, namespace } = reference;
  const text = (given: string) => substitute(given, values).text ?? given;
  return { ...reference, name: text(name), namespace: namespace === undefined ? undefined : text(namespace) };
}
