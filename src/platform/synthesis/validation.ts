import { posix } from 'path';
import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Cluster } from '../cluster';
import { Component } from '../component';
import { ComponentContent, Inventory } from './inventory';
import { DeliveredKustomization, Delivery } from '../../delivery/delivery';
import { isClusterScoped } from '../../synth/cluster-scoped';
import { labelNameProblem, nameLengthLimit, objectNameProblem } from '../../synth/kubernetes-names';
import { Problem } from '../../synth/problem';
import { pathProblem } from '../../synth/repository';
import { OPEN } from '../../synth/substitution';
import { Layer } from '../layer';
import { Stage } from '../stage';

/** What is wrong with a platform before anything is laid out: names, and what layers deliver and depend on. */
export function inventoryProblems({ clusters, components, objects }: Inventory): Problem[] {
  const known = new Set(components.map(({ component }) => component));
  return [
    ...objects.flatMap(nameProblems),
    ...components.flatMap(({ component }) => namespaceProblems(component, 'the component\'s namespace', component.namespace)),
    ...clusters.flatMap(({ cluster, layers }) => [
      ...layers.flatMap(layer => layerProblems(layer, known)),
      ...repeatedComponents(cluster, layers),
    ]),
  ];
}

/** What has no place of its own in the repository. The files that clash because of it need not be told. */
export function placementProblems({ clusters, components }: Inventory, deliveries: readonly Delivery[]): Problem[] {
  return [
    ...directoryProblems(components),
    ...repeatedClusters(clusters.map(({ cluster }) => cluster)),
    ...clusters.flatMap(({ layers }) => layers.flatMap(layerDirectoryProblems)),
    ...deliveries.flatMap(repeatedKustomizations),
  ];
}

/** A name with a variable in it is known on the cluster alone. */
function hasVariable(name: string): boolean {
  return name.includes(OPEN) || name.includes('${');
}

function nameProblems(object: ApiObject): Problem[] {
  const { name, kind, apiVersion, metadata: { namespace }, chart } = object;
  // How long a name is, a check tells.
  const message = hasVariable(name) || name.length > nameLengthLimit(apiVersion, kind) ? undefined : objectNameProblem(apiVersion, kind, name);
  return [
    ...message === undefined ? [] : [{ path: object.node.path, message }],
    ...namespace === chart.namespace || isClusterScoped(apiVersion, kind) ? [] : namespaceProblems(object, `the namespace of the ${kind} "${name}"`, namespace),
  ];
}

function namespaceProblems(construct: IConstruct, what: string, namespace: string | undefined): Problem[] {
  const message = namespace === undefined || hasVariable(namespace) ? undefined : labelNameProblem(what, namespace);
  return message === undefined ? [] : [{ path: construct.node.path, message }];
}

function layerDirectoryProblems(layer: Layer): Problem[] {
  const directories: [string, string | undefined, string][] = [
    ['area', layer.area, 'area'],
    ...layer.stages.map((stage): [string, string | undefined, string] => [`directory of the ${stageTitle(layer, stage)}`, stage._directory, 'directory']),
  ];
  return directories.flatMap(([what, path, mend]) => {
    const wrong = path === undefined ? undefined : pathProblem(posix.normalize(path));
    return wrong === undefined ? [] : [{
      path: layer.node.path, message: `the ${what} is "${path}", which ${wrong}; expected a path inside the repository: give it another ${mend}.`,
    }];
  });
}

function directoryProblems(components: readonly ComponentContent[]): Problem[] {
  const owners = new Map<string, Component>();
  return components.flatMap(({ component, objects }) => {
    const { directory } = component;
    const wrong = pathProblem(directory);
    const other = owners.get(directory);
    owners.set(directory, other ?? component);
    return [
      ...wrong === undefined ? [] : [
        `the component's directory is "${directory}", which ${wrong}; expected a path inside the repository: give it another directory or area.`,
      ],
      ...other === undefined ? [] : [
        `the component and ${other.node.path} both have the directory "${directory}"; expected one component a directory: `
        + 'rename one of them, or give it a directory of its own.',
      ],
      ...objects.length > 0 ? [] : [
        'the component has no objects, so there is nothing to apply; expected at least one: add an object to it, or leave it out.',
      ],
    ].map(message => ({ path: component.node.path, message }));
  });
}

function repeatedClusters(clusters: readonly Cluster[]): Problem[] {
  const first = new Map<string, Cluster>();
  return clusters.flatMap(cluster => {
    const other = first.get(cluster.clusterName);
    first.set(cluster.clusterName, other ?? cluster);
    return other === undefined ? [] : [{
      path: cluster.node.path,
      message: `the cluster is named "${cluster.clusterName}" like ${other.node.path}; expected every cluster once, because its name is its directory: rename one of them.`,
    }];
  });
}

function layerProblems(layer: Layer, known: ReadonlySet<Component>): Problem[] {
  const { cluster } = layer;
  const messages = [
    ...layer.stages.filter(stage => stage.components.length === 0).map(stage =>
      `the ${stageTitle(layer, stage)} delivers nothing; expected at least one component: give it one, or leave it out.`),
    ...layer._dependencies.filter(dependency => dependency.layer.cluster !== cluster).map(dependency =>
      `depends on ${dependency.layer.node.path}, a layer of another cluster; expected a layer of "${cluster.clusterName}", because Flux looks for `
      + 'dependencies on its own cluster: depend on that cluster\'s layer of the same name.'),
    ...layer.components.filter(component => component.cluster !== undefined && component.cluster !== cluster).map(component =>
      `delivers ${component.node.path}, a component of another cluster; expected a shared component or one of "${cluster.clusterName}": make it in the platform.`),
    ...layer.components.filter(component => !known.has(component)).map(component =>
      `delivers ${component.node.path}, a component of another platform; expected one of this platform: make it here.`),
    ...layer._patches.filter(({ component }) => !layer.components.includes(component)).map(({ component }) =>
      `patches ${component.node.path}, which it does not deliver; expected one of its own components: patch it in the layer that delivers it.`),
  ];
  return messages.map(message => ({ path: layer.node.path, message }));
}

function stageTitle(layer: Layer, stage: Stage): string {
  return layer.stages.length === 1 ? 'layer' : `stage "${stage.kustomizationName}"`;
}

function repeatedComponents(cluster: Cluster, layers: readonly Layer[]): Problem[] {
  const first = new Map<Component, string>();
  return layers.flatMap(layer => layer.stages.flatMap(stage => stage.components.flatMap(component => {
    const other = first.get(component);
    first.set(component, other ?? stage.kustomizationName);
    return other === undefined ? [] : [{
      path: layer.node.path,
      message: other === stage.kustomizationName
        ? `delivers ${component.node.path} twice; expected a component once: take it out once.`
        : `delivers ${component.node.path} with "${stage.kustomizationName}", and "${other}" delivers it, too; expected a component once on `
          + `"${cluster.clusterName}", because two Kustomizations would fight over its objects: take it out of one of them.`,
    }];
  })));
}

function repeatedKustomizations(delivery: Delivery): Problem[] {
  const first = new Map<string, DeliveredKustomization>();
  return delivery.kustomizations.flatMap(kustomization => {
    const id = `${kustomization.namespace}/${kustomization.name}`;
    const other = first.get(id);
    first.set(id, other ?? kustomization);
    return other === undefined ? [] : [{
      path: kustomization.constructPath,
      message: `has a Kustomization "${id}", and so has ${other.constructPath}; expected every name once on a cluster: rename the stage.`,
    }];
  });
}
