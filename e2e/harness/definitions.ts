import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { KubernetesObject } from './kubernetes-api';

const FOLDER = join(__dirname, '..', '..', 'crds');

/** Upstream's CustomResourceDefinitions, as the project has them: by the folder of their project. */
export function definitionsOf(project: string): KubernetesObject[] {
  const folder = join(FOLDER, project);
  return readdirSync(folder).filter(file => file.endsWith('.yaml')).map(file => parse(readFileSync(join(folder, file), 'utf-8')) as KubernetesObject);
}

/** The schemas of Kubernetes' own API, by their names. */
export function kubernetesDefinitions(): { readonly [name: string]: any } {
  return JSON.parse(readFileSync(join(FOLDER, 'kubernetes', 'api.json'), 'utf-8'));
}

/** The project whose repository upstream is, and where its definitions are. */
export function projects(): { readonly project: string; readonly repository: string }[] {
  return parse(readFileSync(join(FOLDER, 'index.yaml'), 'utf-8')) as { project: string; repository: string }[];
}

/** The definitions of an API group. */
export function definitionsOfGroup(group: string): KubernetesObject[] {
  return allDefinitions().filter(({ spec }) => spec.group === group);
}

/** The Flux Operator's kinds. Its definitions are under the AGPL, and not among the project's: of an object, the API server judges nothing but the metadata. */
function fluxOperatorDefinitions(): KubernetesObject[] {
  return ['FluxInstance', 'ResourceSet', 'ResourceSetInputProvider'].map(kind => anythingGoes('fluxcd.controlplane.io/v1', kind, true));
}

/**
 * The definitions of APIs, as `<group>/<Kind>` or `<group>/*` each: upstream's, of the whole group; where there are none, one of a named kind that allows
 * everything, of the version `v1`.
 */
export function definitionsOfApis(apis: readonly string[]): KubernetesObject[] {
  const groups = new Map<string, KubernetesObject[]>();
  for (const name of new Set(apis)) {
    const [group, kind] = name.split('/');
    const upstream = definitionsOfGroup(group);
    const named = kind === '*' ? [] : [anythingGoes(`${group}/v1`, kind, true)];
    groups.set(group, upstream.length > 0 ? upstream : [...groups.get(group) ?? [], ...named]);
  }
  return [...groups.values()].flat();
}

let all: KubernetesObject[] | undefined;

/** Every definition that the project has, and what stands for those of the Flux Operator. */
export function allDefinitions(): KubernetesObject[] {
  all ??= [
    ...readdirSync(FOLDER, { withFileTypes: true }).filter(entry => entry.isDirectory()).flatMap(entry => definitionsOf(entry.name)),
    ...fluxOperatorDefinitions(),
  ];
  return all;
}

/** A definition that allows everything, for kinds whose own one the project may not have. */
export function anythingGoes(apiVersion: string, kind: string, namespaced: boolean): KubernetesObject {
  const [group, version] = apiVersion.split('/');
  const plural = `${kind.toLowerCase()}s`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: namespaced ? 'Namespaced' : 'Cluster',
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [{
        name: version,
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true },
              status: { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true },
            },
          },
        },
      }],
    },
  };
}
