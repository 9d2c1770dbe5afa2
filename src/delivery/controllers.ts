/**
 * API groups of the catalogue's systems whose objects come to nothing without the system itself: something on the cluster has to say that
 * it runs their controller.
 */
export const CONTROLLED_GROUPS: ReadonlySet<string> = new Set([
  'cert-manager.io', 'external-secrets.io', 'fluxcd.controlplane.io', 'grafana.integreatly.org', 'karpenter.k8s.aws', 'karpenter.sh',
  'apiextensions.crossplane.io', 'pkg.crossplane.io', 'kyverno.io', 'policies.kyverno.io', 'operator.victoriametrics.com',
]);
