import { Cluster } from '../cluster';
import { ComponentPatch, Layer } from '../layer';
import { RenderedComponent, VariableReference } from './render';
import { PostBuild, SubstituteStrategy, VariableSource } from '../../flux/kustomize/post-build';
import { Problem } from '../../synth/problem';
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
  readonly problems: Problem[];
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
    problems: [...substituting].flatMap(undefinedVariables),
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
function referencesOf(component: RenderedComponent, receivers: readonly StageContent[]): VariableReference[] {
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

/** Values of the variables that a stage can use, and the names of those whose values are elsewhere. */
export function knownVariables(content: StageContent): { readonly variables: { [name: string]: string }; readonly variablesElsewhere: string[] } {
  const variables = { ...content.cluster.variables, ...content.stage._ownPostBuild?.substitute };
  return { variables, variablesElsewhere: [...variablesOf(content)].filter(name => !(name in variables)) };
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

function undefinedVariables(content: StageContent): Problem[] {
  const known = variablesOf(content);
  const isMissing = (use: VariableUse) => !known.has(use.name) && (use.byHand || !use.hasDefault);
  const problems = content.components.flatMap(component => firstUses(component.references.filter(isMissing)).map(reference => {
    const { construct, manifest } = reference.object;
    const place = `the ${String(manifest.kind)} "${construct.name}" uses \${${reference.name}} at ${reference.field}`;
    return { path: construct.node.path, message: undefinedVariable(content, reference, place, known) };
  }));
  const inPatches = firstUses(content.patchUses.filter(isMissing)).map(use => ({
    path: content.layer.node.path, message: undefinedVariable(content, use, `a patch uses \${${use.name}}`, known),
  }));
  return [...problems, ...inPatches];
}

/** The first use of each variable. */
function firstUses<T extends VariableUse>(uses: readonly T[]): T[] {
  return [...new Map([...uses].reverse().map(use => [use.name, use])).values()].reverse();
}

function undefinedVariable({ cluster, stage }: StageContent, use: VariableUse, place: string, known: ReadonlySet<string>): string {
  const choices = known.size === 0 ? 'no variables' : `only the variables ${[...known].sort().join(', ')}`;
  return `${place}, but cluster "${cluster.clusterName}" gives its Kustomization "${stage.kustomizationName}" ${choices}; `
    + `expected every variable to be defined: add "${use.name}" to the cluster's variables`
    + `${use.byHand ? ', or write Variable.literal(…) where it is text' : ''}.`;
}
