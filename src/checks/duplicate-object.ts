import { Finding, ICheck } from './check';
import { identity } from './support/per-object';
import { kustomizationTitle, onObject } from './support/place';
import { appliedFrom } from '../delivery/applied-objects';
import { DeliveredKustomization, DeliveredObject } from '../delivery/delivery';

/** @see docs/checks/duplicate-object.md */
export const duplicateObject: ICheck = {
  checkId: 'duplicate-object',
  title: 'An object that two Kustomizations apply',
  examine: delivery => {
    const first = new Map<string, { kustomization: DeliveredKustomization; object: DeliveredObject }>();
    return delivery.kustomizations.flatMap(kustomization => objectsOf(kustomization).flatMap((object): Finding[] => {
      const id = identity(object);
      const other = first.get(id);
      first.set(id, other ?? { kustomization, object });
      return !other || other.kustomization === kustomization ? [] : [onObject(delivery, kustomization, object, {
        check: 'duplicate-object',
        message: `is applied by ${kustomizationTitle(other.kustomization)}, too, from ${other.object.file}: the last one to write wins, again and again, and when one of `
          + 'them leaves it out it may be deleted',
        fix: 'leave it out of one of them',
      })];
    }));
  },
};

function objectsOf({ manifest, objects }: DeliveredKustomization): readonly DeliveredObject[] {
  return appliedFrom(manifest, objects);
}
