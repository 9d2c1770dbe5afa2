import { Cluster } from '../cluster';
import { ComponentPatch, Layer } from '../layer';
import { RenderedComponent } from './render';
import { DeliveredKustomization } from '../../delivery/delivery';
import { PostBuild, SubstituteStrategy, VariableSource } from '../../flux/kustomize/post-build';
import { VariableUse } from '../../synth/substitution';
import { Stage } from '../stage';

/** A stage together with what it delivers. */
export interface StageContent {
  readonly cluster: Cluster;
  readonly layer: Layer;
  readonly stage: Stage;
  readonly components: RenderedComponent[];
  /** The layer's patches on these components. */
  readonly patches: readonly ComponentPatch[];
  /** Variables that the patches use. */
  readonly patchUses: VariableUse[];
}

/** Where Flux substitutes, and with what. */
export interface SubstitutionPlan {
  /** Components whose text Flux substitutes in: their text is escaped. */
  readonly substituted: ReadonlySet<RenderedComponent>;
  /** The `postBuild` of each stage that has one. */
  readonly postBuilds: ReadonlyMap<Stage, PostBuild>;
}

/**
 * Decides for which Kustomizations Flux substitutes variables. One that uses a variable does; and because a component is
 * written once, escaped or not, every Kustomization that delivers an escaped component does, too.
 */
export function planSubstitution(stages: readonly StageContent[], components: readonly RenderedComponent[]): SubstitutionPlan {
  const receivers = receiversOf(stages);
  const references = new Map(components.map(component => [component, referencesOf(component, receivers.get(component) ?? [])]));

  const substituted = new Set(components.filter(component => references.get(component)!.length > 0));
  const substituting = new Set(stages.filter(content => content.stage._ownPostBuild !== undefined
    || content.patchUses.some(use => !use.byHand || variablesOf(content).has(use.name))
    || content.components.some(component => substituted.has(component))));
  const visited = new Set<RenderedComponent>();
  for (const content of substituting) {
    for (const component of content.components.filter(candidate => !visited.has(candidate))) {
      visited.add(component);
      substituted.add(component);
      // A set yields what is added to it while it is gone through.
      (component.needsEscape ? receivers.get(component)! : []).forEach(other => substituting.add(other));
    }
  }

  const usesOf = (content: StageContent) => [...content.components.flatMap(component => references.get(component)!), ...content.patchUses];
  return {
    substituted,
    postBuilds: new Map([...substituting].map(content => [content.stage, postBuildOf(content, usesOf(content))])),
  };
}

function receiversOf(stages: readonly StageContent[]): Map<RenderedComponent, StageContent[]> {
  const receivers = new Map<RenderedComponent, StageContent[]>();
  for (const content of stages) {
    for (const component of content.components) {
      const known = receivers.get(component);
      if (known) {
        known.push(content);
      } else {
        receivers.set(component, [content]);
      }
    }
  }
  return receivers;
}

/** What was typed by hand is a reference where a cluster that receives the component has such a variable. */
function referencesOf(component: RenderedComponent, receivers: readonly StageContent[]): VariableUse[] {
  if (!component.references.some(reference => reference.byHand)) {
    return component.references;
  }
  const known = new Set(receivers.flatMap(content => [...variablesOf(content)]));
  return component.references.filter(reference => !reference.byHand || known.has(reference.name));
}

/** Sources of a stage's variables, the winning one last. */
function sourcesOf({ cluster, stage }: StageContent): VariableSource[] {
  const own = VariableSource.configMap(cluster.variablesName, { variables: Object.keys(cluster.variables) });
  return [own, ...cluster._variableSources, ...stage._ownPostBuild?.substituteFrom ?? []];
}

/** Names of the variables that a stage can use. */
function variablesOf(content: StageContent): Set<string> {
  const inline = Object.keys(content.stage._ownPostBuild?.substitute ?? {});
  return new Set([...inline, ...sourcesOf(content).flatMap(source => source.variables)]);
}

/** The variables that a stage can use and does use, as a delivery tells them. */
export function knownVariables(content: StageContent): Pick<DeliveredKustomization, 'variables' | 'variablesElsewhere' | 'variablesUsed'> {
  const { cluster, stage, components, patchUses } = content;
  const inline = stage._ownPostBuild?.substitute ?? {};
  const elsewhere = new Set(sourcesOf(content).slice(1).flatMap(source => source.variables));
  const uses = [...components.flatMap(({ references }) => references), ...patchUses];
  return {
    // A later source wins over the cluster's own, and what stands in the Kustomization over all.
    variables: { ...Object.fromEntries(Object.entries(cluster.variables).filter(([name]) => !elsewhere.has(name))), ...inline },
    variablesElsewhere: [...elsewhere].filter(name => !(name in inline)),
    variablesUsed: [...new Set(uses.filter(({ byHand }) => !byHand).map(({ name }) => name))],
  };
}

function postBuildOf(content: StageContent, uses: readonly VariableUse[]): PostBuild {
  const own = content.stage._ownPostBuild ?? {};
  const used = new Set(uses.map(use => use.name));
  const needed = sourcesOf(content).filter(source =>
    own.substituteFrom?.includes(source) || source.variables.some(name => used.has(name) && !(name in (own.substitute ?? {}))));
  // Text that is escaped has to be unescaped: without a single variable Flux does that only when it is told to.
  const strategy = needed.length === 0 && Object.keys(own.substitute ?? {}).length === 0 ? SubstituteStrategy.ALWAYS : undefined;
  return {
    ...own,
    substituteFrom: needed.length === 0 ? undefined : needed,
    substituteStrategy: own.substituteStrategy ?? strategy,
  };
}
