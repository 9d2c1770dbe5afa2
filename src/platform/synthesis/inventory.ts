import { ApiObject, Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { Problem } from '../../synth/problem';
import { Cluster } from '../cluster';
import { Component } from '../component';
import { Layer } from '../layer';

/** What a platform is made of, found in one walk of its constructs. */
export interface Inventory {
  /** Sorted by name, so that nothing depends on the order of the program's statements. */
  readonly clusters: ClusterContent[];
  /** Sorted by directory. */
  readonly components: ComponentContent[];
  /** Every object, those of layers included. */
  readonly objects: ApiObject[];
  /** What constructs say of themselves. */
  readonly problems: Problem[];
}

export interface ClusterContent {
  readonly cluster: Cluster;
  /** Sorted by name. */
  readonly layers: Layer[];
}

export interface ComponentContent {
  readonly component: Component;
  readonly objects: ApiObject[];
}

export function takeInventory(platform: Construct): Inventory {
  const clusters = new Map<Cluster, Layer[]>();
  const components = new Map<Component, ApiObject[]>();
  const objects: ApiObject[] = [];
  const problems: Problem[] = [];

  const visit = (construct: IConstruct, owner: Component | Layer | undefined) => {
    const { path } = construct.node;
    problems.push(...construct.node.validate().map(message => ({ path, message })));
    let inside = owner;
    if (Cluster.isCluster(construct)) {
      clusters.set(construct, []);
    } else if (Layer.isLayer(construct)) {
      clusters.get(construct.cluster)!.push(construct);
      inside = construct;
    } else if (Component.isComponent(construct)) {
      components.set(construct, []);
      inside = construct;
    } else if (Chart.isChart(construct)) {
      problems.push(...strayChart(construct, owner));
    } else if (ApiObject.isApiObject(construct)) {
      objects.push(construct);
      problems.push(...misplaced(construct, owner));
      if (owner && Component.isComponent(owner)) {
        components.get(owner)!.push(construct);
      }
    }
    construct.node.children.forEach(child => visit(child, inside));
  };
  visit(platform, undefined);

  return {
    clusters: sortedBy([...clusters].map(([cluster, layers]) => ({ cluster, layers: sortedBy(layers, layer => layer.node.id) })),
      content => content.cluster.clusterName),
    components: sortedBy([...components].map(([component, own]) => ({ component, objects: own })), ({ component }) => `${component.directory}\n${component.node.path}`),
    objects,
    problems,
  };
}

/** The only chart beside the components is the one in which a layer has its stages. */
function strayChart(chart: Chart, owner: Component | Layer | undefined): Problem[] {
  if (owner && !Component.isComponent(owner) && chart.node.scope === owner) {
    return [];
  }
  const message = owner && Component.isComponent(owner)
    ? 'a Chart inside a component has no directory of its own; expected a plain construct: make it a Construct.'
    : 'a Chart has no place in the repository; expected a Component, which has a directory: make it a Component.';
  return [{ path: chart.node.path, message }];
}

/** A layer has no objects but its Kustomizations. */
function misplaced(object: ApiObject, owner: Component | Layer | undefined): Problem[] {
  return !owner || Component.isComponent(owner) || owner.stages.some(stage => stage.apiObject === object) ? [] : [{
    path: object.node.path,
    message: `the ${object.kind} "${object.name}" is made in a layer; expected a component, because a layer delivers components: make it in one.`,
  }];
}

function sortedBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return items.map(item => ({ item, key: key(item) })).sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ item }) => item);
}
