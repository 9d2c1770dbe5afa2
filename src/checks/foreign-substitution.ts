import { ICheck } from './check';
import { isForeign, missingVariables, onString, otherPlaces } from './support/missing-variables';
import { hasDefault } from '../synth/substitution';

/** @see docs/checks/foreign-substitution.md */
export const foreignSubstitution: ICheck = {
  checkId: 'foreign-substitution',
  title: 'Text of another system that Flux takes for its own',
  examine: delivery => [...missingVariables(delivery)].filter(([, uses]) => isForeign(uses)).map(([name, uses]) => {
    const { kustomization, string, expression } = uses.find(use => !hasDefault(use.expression)) ?? uses[0];
    const happens = hasDefault(expression) ? 'Flux puts its default in its place' : 'Flux takes it for its own, and the build of the whole Kustomization fails';
    return onString(delivery, kustomization, string, {
      check: 'foreign-substitution',
      message: `has \${${name}} at ${string.pointer}, which is no variable of this cluster: ${happens}`,
      fix: `write Variable.literal(…) around the text, which then stays as it is, or add "${name}" to the cluster's variables where it is for Flux`,
      evidence: otherPlaces(uses),
    });
  }),
};
