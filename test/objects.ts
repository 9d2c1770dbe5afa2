import { valueProblems } from './charts';
import { schemaErrors } from './schema';

/** Kinds whose definitions may not be in this repository: the Flux Operator's are under the AGPL. */
const WITHOUT_DEFINITION = /^fluxcd\.controlplane\.io\//;

/**
 * What is wrong with an object that the library wrote: what its definition does not allow, unknown fields included; a value that its chart
 * does not have; a secret.
 */
export function objectProblems(object: any): string[] {
  if (object.apiVersion.startsWith('kustomize.config.k8s.io/')) {
    return [];
  }
  return [
    ...WITHOUT_DEFINITION.test(object.apiVersion) ? [] : schemaErrors(withValues(object)),
    ...object.kind === 'Secret' ? ['a Secret has no place in the repository'] : [],
    ...object.kind === 'HelmRelease' ? valueProblems(chartOf(object), object.spec.values ?? {}) : [],
  ];
}

/** Name of a release's chart; where the chart is a source by itself, that source has its name. */
function chartOf({ spec }: any): string {
  return spec.chart?.spec.chart ?? spec.chartRef.name;
}

/** An object as a cluster gets it, with a word for each variable: where a hostname belongs, `${domain}` is none. */
function withValues(object: any): any {
  return JSON.parse(JSON.stringify(object).replace(/(?<!\$)\$\{\w+\}/g, 'value'));
}
