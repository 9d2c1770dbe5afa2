import { ICheck } from './check';
import { onString } from './support/missing-variables';
import { substitutedStrings } from '../delivery/substituted';

/** @see docs/checks/unparsable-substitution.md */
export const unparsableSubstitution: ICheck = {
  checkId: 'unparsable-substitution',
  title: 'A ${ that Flux cannot read',
  examine: delivery => delivery.kustomizations.flatMap(kustomization => substitutedStrings(kustomization).flatMap(string => !string.problem ? [] : [
    onString(delivery, kustomization, string, {
      check: 'unparsable-substitution',
      message: `has ${string.problem.source} at ${string.pointer}, which Flux cannot read (${string.problem.message}): the build of the whole Kustomization fails`,
      fix: 'write the value itself, or $${ for a ${ that is text',
    }),
  ])),
};
