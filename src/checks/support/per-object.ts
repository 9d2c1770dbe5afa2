import { DeliveredObject } from '../../delivery/delivery';
import { identityOf } from '../../delivery/object-facts';
import { idText } from '../../delivery/object-id';
import { JsonObject } from '../../synth/json';

/** Finds out what depends on an object alone: once, for all clusters that share it. */
export function perObject<T>(findOut: (manifest: JsonObject) => T): (object: Pick<DeliveredObject, 'manifest'>) => T {
  const known = new WeakMap<JsonObject, { readonly value: T }>();
  return ({ manifest }) => {
    let found = known.get(manifest);
    if (!found) {
      known.set(manifest, found = { value: findOut(manifest) });
    }
    return found.value;
  };
}

/** The identity of an object, as a text: `apps/Deployment shop/web`. */
export const identity = perObject(manifest => idText(identityOf(manifest)));
