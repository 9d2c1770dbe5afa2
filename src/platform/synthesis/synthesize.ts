import { Construct } from 'constructs';
import { Cluster } from '../cluster';
import { Component } from '../component';
import { ClusterContent, takeInventory } from './inventory';
import { Layer } from '../layer';
import { Mirror } from '../mirror';
import { Stage } from '../stage';
import { assumedFacts, deliveredObject, provisionsOf } from './delivered';
import { deliveredWith, withInferred } from './inferred';
import { layoutOf, StageLayout } from './layout';
import { applyPatches, patchEntry, patchVariableUses } from './patching';
import { commentProblems, renderComponent, RenderedComponent, renderObject, RenderedObject, writtenObject } from './render';
import { knownVariables, planSubstitution, StageContent, SubstitutionPlan } from './substitution-plan';
import { inventoryProblems, placementProblems } from './validation';
import { Assessor } from '../../delivery/assessment';
import { DeliveredDependency, DeliveredKustomization, DeliveredObject, Delivery } from '../../delivery/delivery';
import { ReferenceRule, rowOf } from '../../delivery/reference-rule';
import { Kustomization } from '../../flux/kustomize/kustomization';
import { ISource } from '../../flux/source/source';
import { JsonObject, mapStrings, stringsIn } from '../../synth/json';
import { memoized } from '../../synth/memoized';
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
  /** Whether dependencies and health checks that the order needs are added. */
  readonly infer: boolean;
  /** Whether the repository is only a part of what the clusters have. */
  readonly partial: boolean;
  /** References that the library does not know. */
  readonly references: readonly ReferenceRule[];
}

/** Reads the tree of constructs and turns it into the repository, in memory. */
export function synthesize(platform: Construct, { source, mirrors, infer, partial, references }: SynthesisOptions): Synthesis {
  const assessor = new Assessor({ infer, partial, rows: references.map(rowOf) });
  const inventory = takeInventory(platform);
  const rendered = new Map(inventory.components.map(({ component, objects }) => [component, renderComponent(component, objects, mirrors)]));
  const byArea = sharedByArea(rendered.keys());
  const clusters = inventory.clusters.map(content => ({
    ...content,
    stages: stagesOf(content, rendered),
    layouts: layoutOf(content.cluster, content.layers, byArea),
  }));
  const substitution = planSubstitution(clusters.flatMap(({ stages }) => stages), [...rendered.values()]);

  const tree = new RepositoryTree();
  for (const component of rendered.values()) {
    componentFiles(component, substitution.substituted.has(component)).forEach(file => tree.add(file));
  }
  const problems = [
    ...inventory.problems,
    ...inventoryProblems(inventory),
    ...[...rendered.values()].flatMap(({ objects }) => objects.flatMap(commentProblems)),
  ];
  const shared = new SharedObjects(substitution.substituted);
  const deliveries = clusters.map(({ cluster, stages, layouts }) => {
    const variables = variablesFile(cluster);
    variables.forEach(file => tree.add(file));
    const outputs = stages.map((content, i) => outputOf(content, layouts[i], substitution, source, shared));
    const delivery = deliveryOf(cluster, outputs.map(({ delivered }) => delivered), variables, { source, partial });
    const assessed = { ...delivery, ...assessor.assess(delivery) };
    const inferred = infer ? assessed.inferred : [];
    const kustomizations = outputs.map(({ delivered, file: { object, comments = {} } }) => withInferred(delivered, { object, comments }, inferred));
    outputs.forEach(({ file, overlay, problems: own }, i) => {
      tree.add({ ...file, ...kustomizations[i] });
      overlay.forEach(other => tree.add(other));
      problems.push(...own);
    });
    return infer ? deliveredWith(assessed, kustomizations) : assessed;
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
  return { path: file, comments, owner: construct.node.path, title: `the ${construct.kind} "${construct.name}"`, object: writtenObject(manifest, substituted) };
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

/** What is delivered to a cluster. */
function deliveryOf(
  cluster: Cluster, kustomizations: DeliveredKustomization[], variables: readonly RepositoryFile[], { source, partial }: Pick<SynthesisOptions, 'source' | 'partial'>,
): Delivery {
  const { apiVersion = 'source.toolkit.fluxcd.io/v1', kind, name, namespace = Kustomization.DEFAULT_NAMESPACE } = source.sourceReference;
  return {
    cluster: cluster.clusterName,
    kustomizations,
    beside: variables.map(({ path, object, owner }) => ({
      apiVersion: 'v1', kind: 'ConfigMap', name: cluster.variablesName, namespace: Kustomization.DEFAULT_NAMESPACE, file: path, constructPath: owner, manifest: object,
    })),
    source: { apiVersion, kind, name, namespace },
    variablesName: cluster.variablesName,
    variables: { ...cluster.variables },
    assumed: assumedFacts(cluster),
    partial,
    requirements: [],
    obstacles: [],
    inferred: [],
  };
}

/** Objects as the repository holds them, one for all clusters that take a component as it is. */
class SharedObjects {
  /** The component's objects, in their order. */
  public readonly manifests = memoized((component: RenderedComponent): readonly JsonObject[] =>
    component.objects.map(({ manifest }) => writtenObject(manifest, this.substituted.has(component))));

  public readonly provisionsOf = memoized(provisionsOf);

  private readonly delivered = memoized((object: RenderedObject) => memoized((manifest: JsonObject) => deliveredObject(object, manifest)));

  constructor(private readonly substituted: ReadonlySet<RenderedComponent>) {}

  public deliveredObject(object: RenderedObject, manifest: JsonObject): DeliveredObject {
    return this.delivered(object)(manifest);
  }
}

/** What a stage adds to the repository, and what it delivers. */
interface StageOutput {
  /** The Kustomization. */
  readonly file: RepositoryFile;
  /** The list of what it delivers; nothing where it reads the directory of a component. */
  readonly overlay: RepositoryFile[];
  readonly delivered: DeliveredKustomization;
  readonly problems: Problem[];
}

function outputOf(
  content: StageContent, layout: StageLayout, { postBuilds }: SubstitutionPlan, source: ISource, shared: SharedObjects,
): StageOutput {
  const { cluster, layer, stage, patches } = content;
  const substitutes = postBuilds.has(stage);
  stage._setPlan({ directory: layout.directory, source, postBuild: postBuilds.get(stage) });
  const kustomization = renderObject(stage.apiObject, `${cluster.directory}/${stage.kustomizationName}.yaml`);

  const objects = content.components.flatMap(component => shared.manifests(component).map((manifest, i) =>
    ({ component: component.component, object: component.objects[i], manifest })));
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
    file,
    overlay: overlay ? [overlay] : [],
    problems: [...patched.problems, ...unsubstituted(layer, kustomization), ...commentProblems(kustomization)],
    delivered: {
      name: stage.kustomizationName,
      namespace: stage.kustomizationNamespace,
      layer: layer.node.id,
      constructPath: layer.node.path,
      file: kustomization.file,
      directory: layout.directory,
      source: sourceTitle(stage),
      dependsOn: dependenciesOf(stage, file.object),
      objects: patched.objects.map(({ object, manifest }) => shared.deliveredObject(object, manifest)),
      provides: content.components.flatMap(component => shared.provisionsOf(component)),
      ...knownVariables(content),
      manifest: file.object,
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

/** The dependencies as they are written, with the reasons that the program gives. */
function dependenciesOf(stage: Stage, manifest: JsonObject): DeliveredDependency[] {
  const { dependsOn = [] } = manifest.spec as { dependsOn?: { name: string; namespace?: string }[] };
  const known = stage._dependencies();
  return dependsOn.map(({ name, namespace = stage.kustomizationNamespace }) => ({
    name, namespace, because: known.find(({ on }) => on.kustomizationName === name && on.kustomizationNamespace === namespace)?.because,
  }));
}

function sourceTitle(stage: Stage): string {
  const { kind, name, namespace = stage.kustomizationNamespace } = stage._source().sourceReference;
  return `${kind} ${namespace}/${name}`;
}
