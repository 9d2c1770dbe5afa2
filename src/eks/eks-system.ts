/** Systems of the platform document that a platform can do without. */
export enum EksSystem {
  /** Taken over where it is the network of the nodes; left out where something else keeps it up to date. */
  CILIUM = 'cilium',
  GRAFANA = 'grafana',
  HARBOR = 'harbor',
  HEADLAMP = 'headlamp',
  HOMEPAGE = 'homepage',
  KARPENTER = 'karpenter',
  KYVERNO = 'kyverno',
  VICTORIA_LOGS = 'victoria-logs',
  ZITADEL = 'zitadel',
}
