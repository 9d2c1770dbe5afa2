import { Definitions } from '../../definitions/delivered';
import { Delivery } from '../../delivery/delivery';

const known = new WeakMap<Delivery, Definitions>();

/** What is known of the kinds that a cluster has: of those that are defined on it, and of those that the library knows. */
export function definitionsOf(delivery: Delivery): Definitions {
  let definitions = known.get(delivery);
  if (!definitions) {
    known.set(delivery, definitions = new Definitions(delivery.kustomizations.flatMap(({ objects }) => objects.map(({ manifest }) => manifest))));
  }
  return definitions;
}
