import { DeliveredObject } from '../../delivery/delivery';
import { identityOf } from '../../delivery/object-facts';
import { idText } from '../../delivery/object-id';
import { JsonObject } from '../../synth/json';
import { memoized } from '../../synth/memoized';

/** Finds out what depends on an object alone: once, for all clusters that share it. */
export function perObject<T>(findOut: (manifest: JsonObject) => T): (object: Pick<DeliveredObject, 'manifest'>) => T {
  const ofManifest = memoized(findOut);
  return ({ manifest }) => ofManifest(manifest);
}

/** The identity of an object, as a text: `apps/Deployment shop/web`. */
export const identity = perObject(manifest => idText(identityOf(manifest)));
