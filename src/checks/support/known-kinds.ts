import { Definitions } from '../../definitions/delivered';
import { Delivery } from '../../delivery/delivery';
import { memoized } from '../../synth/memoized';

/** What is known of the kinds that a cluster has: of those that are defined on it, and of those that the library knows. */
export const definitionsOf = memoized(({ kustomizations }: Delivery) =>
  new Definitions(kustomizations.flatMap(({ objects }) => objects.map(({ manifest }) => manifest))));
