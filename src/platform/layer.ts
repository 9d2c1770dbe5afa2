import { Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { Cluster } from './cluster';
import { Component } from './component';
import { Stage, StageProps } from './stage';
import { IKustomization } from '../flux/kustomize/kustomization';
import { Patch } from '../flux/patch';

const LAYER = Symbol.for('cdk8s-strata.Layer');

/** Why a layer depends on another. */
export interface LayerDependencyOptions {
  /**
   * Becomes the comment behind the entry.
   *
   * @default - no comment
   */
  readonly because?: string;
}

/** A stage after the first. */
export interface AdditionalStageProps extends StageProps {
  /**
   * Why it comes after the stage before it; becomes the comment behind the entry.
   *
   * @default - no comment
   */
  readonly because?: string;

  /**
   * Whether what depends on the layer waits for this stage, too. Off for what nothing else relies on: it then holds nothing up.
   *
   * @default true
   */
  readonly awaited?: boolean;
}

/** What can be said of every layer; the Kustomization's fields are those of its first stage. */
export interface LayerProps extends StageProps {
  /**
   * Layers that have to be ready first.
   *
   * @default - none
   */
  readonly dependsOn?: Layer[];

  /**
   * Top-level folder of the layer's own directory: one of `Area`, or another name.
   *
   * @default - the layer's usual one; the name of the layer for a plain `Layer`
   */
  readonly area?: string;
}

/** A change to a component on the layer's cluster alone. @internal */
export interface ComponentPatch {
  readonly component: Component;
  readonly patch: Patch;
}

/** An edge between two layers. @internal */
export interface LayerDependency {
  readonly layer: Layer;
  readonly because?: string;
}

/**
 * Delivers components to a cluster: one Kustomization, `clusters/<cluster>/<id>.yaml`, or one for each of its stages.
 */
export class Layer extends Construct {
  /** Whether a construct is a layer. */
  public static isLayer(construct: IConstruct): construct is Layer {
    return LAYER in construct;
  }

  public readonly cluster: Cluster;

  /** Top-level folder of the layer's own directory. */
  public readonly area: string;

  private readonly chart: Chart;
  private readonly orderedStages: Stage[] = [];
  private readonly unawaited = new Set<Stage>();
  private readonly dependencies: LayerDependency[] = [];
  private readonly patches: ComponentPatch[] = [];

  /**
   * @param cluster where the layer runs
   * @param id name of the layer and of its first Kustomization
   * @throws where the cluster has a construct of that name
   */
  constructor(cluster: Cluster, id: string, props: LayerProps = {}) {
    if (cluster.node.tryFindChild(id)) {
      throw new Error(`${cluster.node.path} already has a construct named "${id}", so it cannot have a layer of that name; `
        + 'expected every name once in a cluster: rename one of them.');
    }
    super(cluster, id);
    const { dependsOn = [], area = id, ...stage } = props;
    Object.defineProperty(this, LAYER, { value: true });
    this.cluster = cluster;
    this.area = area;
    this.chart = new Chart(this, 'stages');
    this.orderedStages.push(new Stage(this.chart, id, stage));
    dependsOn.forEach(layer => this.addDependency(layer));
  }

  /** The stages, in the order in which they become ready. */
  public get stages(): Stage[] {
    return [...this.orderedStages];
  }

  /** The stage that is applied first. */
  public get firstStage(): Stage {
    return this.orderedStages[0];
  }

  /** The stage that is ready last. */
  public get lastStage(): Stage {
    return this.orderedStages[this.orderedStages.length - 1];
  }

  /** The stage that what depends on the layer waits for: the last one that is awaited. */
  public get awaitedStage(): Stage {
    return this.orderedStages.filter(stage => !this.unawaited.has(stage)).pop()!;
  }

  /** Everything that the layer delivers. */
  public get components(): Component[] {
    return this.orderedStages.flatMap(stage => stage.components);
  }

  /** Delivers one more component, in the first stage. */
  public addComponent(...components: Component[]): void {
    this.firstStage.addComponent(...components);
  }

  /**
   * Adds a stage that waits for the ones before it.
   *
   * @param id name of its Kustomization
   * @throws where the layer has a stage of that name
   */
  public addStage(id: string, props: AdditionalStageProps): Stage {
    if (this.chart.node.tryFindChild(id)) {
      throw new Error(`${this.node.path} already has a stage named "${id}"; expected every name once on a cluster: rename one of them.`);
    }
    const { because, awaited = true, ...rest } = props;
    const stage = new Stage(this.chart, id, rest);
    stage.addDependency(this.lastStage, { because });
    this.orderedStages.push(stage);
    if (!awaited) {
      this.unawaited.add(stage);
    }
    return stage;
  }

  /** Applies this layer only when another one of the same cluster is ready; synth refuses a layer of another cluster. */
  public addDependency(layer: Layer, options: LayerDependencyOptions = {}): void {
    this.dependencies.push({ layer, ...options });
    if (layer.cluster === this.cluster) {
      this.firstStage.addDependency(awaitedStageOf(layer), options);
    }
  }

  /**
   * Changes a component on this cluster alone; what other clusters get stays as it is. Synth refuses a patch that matches no
   * object of the component, or an object of another one.
   *
   * @param component one that the layer delivers
   */
  public addPatch(component: Component, patch: Patch): void {
    this.patches.push({ component, patch });
  }

  /** Whether the layer reads `<area>/base` where it delivers all that the area shares. @internal */
  public get _readsWholeArea(): boolean {
    return false;
  }

  /** @internal */
  public get _patches(): readonly ComponentPatch[] {
    return this.patches;
  }

  /** @internal */
  public get _dependencies(): readonly LayerDependency[] {
    return this.dependencies;
  }
}

/** The awaited stage of a layer, asked for when it is needed: a layer may get further stages after others depend on it. */
function awaitedStageOf(layer: Layer): IKustomization {
  return {
    get kustomizationName() { return layer.awaitedStage.kustomizationName; },
    get kustomizationNamespace() { return layer.awaitedStage.kustomizationNamespace; },
  };
}
