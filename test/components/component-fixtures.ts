import { parse } from 'yaml';
import { Component, Platform, Testing } from '../../src';
import { valueProblems } from '../charts';
import { schemaErrors } from '../schema';

/**
 * A component's directory as one text, for a snapshot, after making sure of what holds for every component: its objects are what their
 * definitions allow, unknown fields included; its chart has the values that it writes; no secret is in it.
 */
export function manifestsOf(component: Component): string {
  const files = Object.entries(Testing.synth(component.node.root as Platform)).filter(([path]) => path.startsWith(`${component.directory}/`));
  const own = files.map(([path, text]): [string, string] => [path.slice(component.directory.length + 1), text]);
  expect(own.length).toBeGreaterThan(1);
  expect(own.flatMap(([path, text]) => problemsOf(parse(text)).map(problem => `${path}: ${problem}`))).toEqual([]);
  return own.map(([path, text]) => `# ${path}\n${text}`).join('\n');
}

function problemsOf(object: any): string[] {
  if (object.apiVersion === 'kustomize.config.k8s.io/v1beta1') {
    return [];
  }
  return [
    ...schemaErrors(object),
    ...object.kind === 'Secret' ? ['a Secret has no place in the repository'] : [],
    ...object.kind === 'HelmRelease' ? valueProblems(chartOf(object), object.spec.values ?? {}) : [],
  ];
}

/** Name of a release's chart; where the chart is a source by itself, that source has its name. */
function chartOf({ spec }: any): string {
  return spec.chart?.spec.chart ?? spec.chartRef.name;
}
