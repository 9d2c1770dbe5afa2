import { ICheck } from './check';
import { isForeign, missingVariables, onString, otherPlaces } from './support/missing-variables';

/** @see docs/checks/undefined-variable.md */
export const undefinedVariable: ICheck = {
  checkId: 'undefined-variable',
  title: 'A variable that has no value',
  examine: delivery => [...missingVariables(delivery)].filter(([, uses]) => !isForeign(uses)).map(([name, all]) => {
    const uses = all.filter(({ foreign }) => !foreign);
    const { kustomization, string, byHand, similar } = uses[0];
    return onString(delivery, kustomization, string, {
      check: 'undefined-variable',
      message: `uses \${${name}} at ${string.pointer}, which has no value on this cluster: the build of the whole Kustomization fails`,
      fix: [
        ...similar === undefined ? [] : [`write \${${similar}} if that was meant`],
        `add "${name}" to the cluster's variables`,
        ...byHand ? ['write Variable.literal(…) where it is text'] : [],
      ].join(', or '),
      evidence: otherPlaces(uses),
    });
  }),
};
