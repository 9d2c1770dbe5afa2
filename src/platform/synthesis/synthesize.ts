import { Construct } from 'constructs';
import { Cluster } from '../cluster';
import { Component } from '../component';
import { ClusterContent, takeInventory } from './inventory';
import { Layer } from '../layer';
import { Mirror } from '../mirror';
import { Stage } from '../stage';
import { layoutOf, StageLayout } from './layout';
import { applyPatches, patchEntry, patchVariableUses } from './patching';
import { commentProblems, renderComponent, RenderedComponent, renderObject, RenderedObject, written } from './render';
import { planSubstitution, StageContent, SubstitutionPlan } from './substitution-plan';
import { deliveryProblems, inventoryProblems, placementProblems } from './validation';
import { DeliveredKustomization, DeliveredObject, Delivery } from '../../delivery/delivery';
import { Kustomization } from '../../flux/kustomize/kustomization';
import { ISource } from '../../flux/source/source';
import { JsonObject, mapStrings, stringsIn } from '../../synth/json';
import { Problem } from '../../synth/problem';
import { kustomizationFile, RepositoryFile, RepositoryTree } from '../../synth/repository';
import { render, variableUses } from '../../synth/substitution';

/** What a platform comes to: the files, what they deliver, and what is wrong with it. */
export interface Synthesis {
  /** Path → content; nothing where there are problems. */
  readonly files: Readonly<Record<string, string>>;
  readonly deliveries: Delivery[];
  readonly problems: Problem[];
}

/** What the platform says of all that is in it. */
export interface SynthesisOptions {
  /** Read by every Kustomization of a layer that names no other. */
  readonly source: ISource;
  readonly mirrors: readonly Mirror[];
}

/** Reads the tree of constructs and turns it into the repository, in memory. */
export function synthesize(platform: Construct, { source, mirrors }: SynthesisOptions): Synthesis {
  const inventory = takeInventory(platform);
  const rendered = new Map(inventory.components.map(({ component, objects }) => [component, renderComponent(component, objects, mirrors)]));
  const shared = sharedByArea(rendered.keys());
  const clusters = inventory.clusters.map(content => ({
    ...content,
    stages: stagesOf(content, rendered),
    layouts: layoutOf(content.cluster, content.layers, shared),
  }));
  const substitution = planSubstitution(clusters.flatMap(({ stages }) => stages), [...rendered.values()]);

  const tree = new RepositoryTree();
  for (const component of rendered.values()) {
    componentFiles(component, substitution.substituted.has(component)).forEach(file => tree.add(file));
  }
  const problems = [
    ...inventory.problems,
    ...inventoryProblems(inventory),
    ...substitution.problems,
    ...[...rendered.values()].flatMap(({ objects }) => objects.flatMap(commentProblems)),
  ];
  const deliveries = clusters.map(({ cluster, stages, layouts }) => {
    variablesFile(cluster).forEach(file => tree.add(file));
    const delivery = {
      cluster: cluster.clusterName,
      kustomizations: stages.map((content, i) => {
        const output = outputOf(content, layouts[i], substitution, source);
        output.files.forEach(file => tree.add(file));
        problems.push(...output.problems);
        return output.delivered;
      }),
    };
    problems.push(...deliveryProblems(stages, delivery));
    return delivery;
  });
  const misplaced = placementProblems(inventory, deliveries);
  problems.push(...misplaced, ...tree.problems.filter(problem => !misplaced.some(({ path }) => isWithin(problem.path, path))));
  return { files: problems.length === 0 ? tree.render() : {}, deliveries, problems };
}

/** Whether a construct path is another one or below it. */
function isWithin(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}/`);
}

function sharedByArea(components: Iterable<Component>): Map<string, Component[]> {
  const shared = new Map<string, Component[]>();
  for (const component of components) {
    if (!component.cluster) {
      shared.set(component.area, [...shared.get(component.area) ?? [], component]);
    }
  }
  return shared;
}

/** The stages of a cluster, in the order of `layoutOf`. */
function stagesOf({ cluster, layers }: ClusterContent, rendered: ReadonlyMap<Component, RenderedComponent>): StageContent[] {
  return layers.flatMap(layer => layer.stages.map(stage => {
    const components = stage.components.flatMap(component => rendered.get(component) ?? []);
    const patches = layer._patches.filter(({ component }) => stage.components.includes(component));
    const patchUses = [...patches.map(({ patch }) => patch), ...stage._options.patches ?? []].flatMap(patchVariableUses);
    return { cluster, layer, stage, components, patches, patchUses };
  }));
}

/** A component's directory: one file an object, and the list of them. */
function componentFiles({ component, objects }: RenderedComponent, substituted: boolean): RepositoryFile[] {
  const resources = objects.map(object => object.file.slice(component.directory.length + 1));
  return [
    ...objects.map(object => objectFile(object, substituted)),
    kustomizationFile(component.directory, component.node.path, [...new Set(resources)]),
  ];
}

function objectFile({ construct, file, comments, manifest }: RenderedObject, substituted: boolean): RepositoryFile {
  return { path: file, comments, owner: construct.node.path, title: `the ${construct.kind} "${construct.name}"`, object: written(manifest, substituted) };
}

/** The ConfigMap with a cluster's variables. */
function variablesFile(cluster: Cluster): RepositoryFile[] {
  return cluster.variablesMadeElsewhere || Object.keys(cluster.variables).length === 0 ? [] : [{
    path: `${cluster.directory}/cluster-vars-configmap.yaml`,
    owner: cluster.node.path,
    title: 'the ConfigMap with the variables',
    mend: 'give the layer of that name another one.',
    object: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: cluster.variablesName, namespace: Kustomization.DEFAULT_NAMESPACE },
      data: { ...cluster.variables },
    },
  }];
}

/** What a stage adds to the repository, and what it delivers. */
interface StageOutput {
  readonly files: RepositoryFile[];
  readonly delivered: DeliveredKustomization;
  readonly problems: Problem[];
}

function outputOf(
  content: StageContent, layout: StageLayout, { substituted, postBuilds }: SubstitutionPlan, source: ISource,
): StageOutput {
  const { cluster, layer, stage, patches } = content;
  const substitutes = postBuilds.has(stage);
  stage._setPlan({ directory: layout.directory, source, postBuild: postBuilds.get(stage) });
  const kustomization = renderObject(stage.apiObject, `${cluster.directory}/${stage.kustomizationName}.yaml`);

  const objects = content.components.flatMap(component => component.objects.map(object =>
    ({ component: component.component, object, manifest: written(object.manifest, substituted.has(component)) })));
  const patched = applyPatches(layer, patches, objects, substitutes);
  const overlay = layout.resources && kustomizationFile(
    layout.directory, layer.node.path, layout.resources, patches.map(({ patch }) => patchEntry(patch, substitutes)),
  );
  const file = {
    ...objectFile(kustomization, false),
    object: writtenStage(kustomization.manifest, substitutes),
    mend: 'give the layer or stage another name.',
  };
  return {
    files: [file, ...overlay ? [overlay] : []],
    problems: [...patched.problems, ...unsubstituted(layer, kustomization), ...commentProblems(kustomization)],
    delivered: {
      name: stage.kustomizationName,
      namespace: stage.kustomizationNamespace,
      layer: layer.node.id,
      constructPath: layer.node.path,
      file: kustomization.file,
      directory: layout.directory,
      source: sourceTitle(stage),
      dependsOn: stage._dependencies().map(({ on, because }) => ({ name: on.kustomizationName, namespace: on.kustomizationNamespace, because })),
      objects: patched.objects.map(({ object, manifest }) => deliveredObject(object, manifest)),
    },
  };
}

/** Flux substitutes in what a Kustomization builds, which its own patches are a part of, and not in the Kustomization itself. */
const PATCHES = /^\/spec\/patches\//;

/** Told with the object that they name. */
const HEALTH_CHECKS = /^\/spec\/healthChecks\//;

function writtenStage(manifest: JsonObject, substituted: boolean): JsonObject {
  return mapStrings(manifest, (text, field) => render(text, substituted && PATCHES.test(field)));
}

function unsubstituted(layer: Layer, { construct, manifest }: RenderedObject): Problem[] {
  return stringsIn(manifest).filter(({ pointer }) => !PATCHES.test(pointer) && !HEALTH_CHECKS.test(pointer)).flatMap(({ text, pointer }) => {
    const use = variableUses(text).find(({ byHand }) => !byHand);
    return use === undefined ? [] : [{
      path: layer.node.path,
      message: `the Kustomization "${construct.name}" uses \${${use.name}} at ${pointer}, where nothing substitutes it; `
        + 'expected variables in components and patches alone: write the value itself.',
    }];
  });
}

function sourceTitle(stage: Stage): string {
  const { kind, name, namespace = stage.kustomizationNamespace } = stage._source().sourceReference;
  return `${kind} ${namespace}/${name}`;
}

function deliveredObject({ construct, file }: RenderedObject, manifest: JsonObject): DeliveredObject {
  const { name, namespace } = manifest.metadata as { name: string; namespace?: string };
  const { apiVersion, kind } = construct;
  return { apiVersion, kind, name, namespace, file, constructPath: construct.node.path, manifest };
}
