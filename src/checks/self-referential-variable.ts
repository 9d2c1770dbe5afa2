import { Finding, ICheck, Severity } from './check';
import { onKustomization, Remark } from './support/place';
import { DeliveredKustomization, Delivery } from '../delivery/delivery';
import { postBuildOf, variableNames } from '../delivery/substituted';
import { readText } from '../synth/envsubst';

/** @see docs/checks/self-referential-variable.md */
export const selfReferentialVariable: ICheck = {
  checkId: 'self-referential-variable',
  title: 'A variable whose value is to be substituted in',
  examine: delivery => [
    ...remarks(delivery.variables, new Set(Object.keys(delivery.variables))).map(remark => onCluster(delivery, remark)),
    ...delivery.kustomizations.flatMap(kustomization => remarks(postBuildOf(kustomization).substitute ?? {}, namesOf(kustomization))
      .map(remark => onKustomization(delivery, kustomization, remark))),
  ],
};

function namesOf(kustomization: DeliveredKustomization): ReadonlySet<string> {
  return new Set([...variableNames(kustomization), ...Object.keys(kustomization.variables), ...kustomization.variablesElsewhere]);
}

function remarks(variables: { readonly [name: string]: string }, names: ReadonlySet<string>): Remark[] {
  return Object.entries(variables).filter(([, value]) => value.includes('${')).map(([name, value]) => {
    const isReference = usedIn(value).some(used => names.has(used));
    return {
      check: 'self-referential-variable',
      severity: isReference ? Severity.ERROR : Severity.WARNING,
      message: `gives the variable "${name}" the value ${value}, in which nothing is substituted: the objects get it as it stands`,
      fix: isReference ? 'write the value itself, or leave the variable out where another source gives it' : 'write the value itself, unless the text is for another system',
    };
  });
}

function usedIn(value: string): string[] {
  const read = readText(value);
  return 'expressions' in read ? read.expressions.map(({ name }) => name) : [];
}

function onCluster({ cluster, beside }: Delivery, remark: Remark): Finding {
  return { severity: Severity.ERROR, ...remark, cluster, file: beside[0]?.file, constructPath: beside[0]?.constructPath };
}
