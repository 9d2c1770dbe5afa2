import { ICheck, Severity } from './check';
import { Delivery } from '../delivery/delivery';
import { substitutedStrings } from '../delivery/substituted';

/** @see docs/checks/unused-variable.md */
export const unusedVariable: ICheck = {
  checkId: 'unused-variable',
  title: 'A variable that nothing uses',
  examine: delivery => {
    const [configMap] = delivery.beside;
    const used = new Set(delivery.kustomizations.flatMap(substitutedStrings).flatMap(({ expressions }) => expressions.map(({ name }) => name)));
    return Object.keys(delivery.variables).filter(name => !used.has(name) && !isRead(delivery)).map(name => ({
      check: 'unused-variable',
      severity: Severity.INFO,
      cluster: delivery.cluster,
      file: configMap?.file,
      constructPath: configMap?.constructPath,
      message: `has the variable "${name}", which nothing on it uses`,
      fix: 'leave it out of the cluster\'s variables',
    }));
  },
};

/** Whether a delivered Kustomization reads all variables, so that one does not see what it uses. */
function isRead({ kustomizations, beside }: Delivery): boolean {
  const names = beside.map(({ name }) => name);
  return kustomizations.some(({ objects }) => objects.some(({ kind, manifest }) => kind === 'Kustomization'
    && (manifest.spec?.postBuild?.substituteFrom as { name: string }[] | undefined)?.some(({ name }) => names.includes(name))));
}
