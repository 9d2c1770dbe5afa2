import { CommonMetadata } from './common-metadata';
import { HealthCheckExpression } from './health-check-expression';
import { IgnoreRule } from './ignore-rule';
import { KubeConfig } from './kube-config';
import { Patch, PatchTargetSelector } from './patch';
import { filled, list } from './reference';
import { toYaml } from '../synth/yaml';

// Fields that a Kustomization and a HelmRelease have in common, as they are written; no field where there is nothing to write.

export function commonMetadataField(metadata: CommonMetadata | undefined): object | undefined {
  return filled({ labels: filled(metadata?.labels), annotations: filled(metadata?.annotations) });
}

export function healthCheckExprsField(expressions: readonly HealthCheckExpression[]): object[] | undefined {
  return list(expressions, expression => {
    const { apiVersion, kind, current, inProgress, failed } = expression.toProps();
    return { apiVersion, kind, inProgress, failed, current };
  });
}

export function ignoreField(rules: readonly IgnoreRule[] | undefined): object[] | undefined {
  return list(rules, rule => ({ paths: rule.paths, target: rule.target && selector(rule.target) }));
}

export function kubeConfigField(config: KubeConfig | undefined): object | undefined {
  return config && (config.configMapName
    ? { configMapRef: { name: config.configMapName } }
    : { secretRef: { name: config.secretName, key: config.secretKey } });
}

export function patchesField(patches: readonly Patch[] | undefined): object[] | undefined {
  return list(patches, patch => ({ target: selector(patch.target), patch: toYaml(patch._document()) }));
}

/** Sentences on kinds that two expressions are for. */
export function repeatedExpressions(expressions: readonly HealthCheckExpression[]): string[] {
  return expressions.filter((expression, i) => expressions.findIndex(other => other.judgesSameAs(expression)) !== i).map(expression => {
    const { apiVersion, kind } = expression.toProps();
    return `has two health check expressions for ${kind ?? 'every kind'} of ${apiVersion}, which Flux refuses; expected one: take one of them away.`;
  });
}

/** A selector with its fields in their usual order. */
function selector(target: PatchTargetSelector): object {
  const { group, version, kind, name, namespace, labelSelector, annotationSelector } = target;
  return { group, version, kind, name, namespace, labelSelector, annotationSelector };
}
