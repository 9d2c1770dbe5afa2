import { apiGroup } from '../synth/api-group';
import { JsonObject } from '../synth/json';

/**
 * The stages in which Flux applies the objects of one Kustomization. Each is dry-run as a whole before anything of it is written, and
 * the first two are waited for before the next one begins.
 */
export const APPLY_STAGES = ['definitions', 'classes', 'rest'] as const;

export type ApplyStage = typeof APPLY_STAGES[number];

/** Kinds of the first stage, by group. */
const DEFINITIONS: Readonly<Record<string, string>> = {
  'apiextensions.k8s.io': 'CustomResourceDefinition',
  '': 'Namespace',
  'rbac.authorization.k8s.io': 'ClusterRole',
};

/** The stage in which Flux applies an object. */
export function applyStageOf(manifest: JsonObject): ApplyStage {
  const kind = String(manifest.kind);
  if (DEFINITIONS[apiGroup(String(manifest.apiVersion))] === kind) {
    return 'definitions';
  }
  return kind.endsWith('Class') ? 'classes' : 'rest';
}
