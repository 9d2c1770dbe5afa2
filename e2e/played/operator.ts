import { World } from './world';
import { KubernetesObject } from '../harness/kubernetes-api';

/** What an operator does about one object of a kind: once, and again at every look at the cluster, as controllers do. */
export interface PlayedKind {
  /** `<group>/<version>`. */
  readonly apiVersion: string;
  readonly kind: string;
  /** What has to be there for the operator to look at the object at all: usually that it runs. */
  readonly operated: (world: World) => Promise<boolean>;
  readonly reconcile: (object: KubernetesObject, world: World) => Promise<void>;
  /** Whether the object is what it should be, as its operator says. */
  readonly isReady: (object: KubernetesObject) => boolean;
}

export interface WorkloadOptions {
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  readonly name: string;
  readonly namespace: string;
  /** Helm release that it is part of, or what made it. */
  readonly release: string;
  /** @default - that of the namespace */
  readonly account?: string;
  /** How many seconds its pods take until they are available. */
  readonly startSeconds: number;
}

/** A workload as operators and stand-in charts make it: admitted at every pod security level. */
export function workload({ kind, name, namespace, release, account, startSeconds }: WorkloadOptions): KubernetesObject {
  const labels = { 'app.kubernetes.io/instance': release, 'app.kubernetes.io/name': name };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace, labels },
    spec: {
      selector: { matchLabels: labels },
      minReadySeconds: startSeconds,
      ...kind === 'StatefulSet' ? { serviceName: name } : {},
      template: {
        metadata: { labels },
        spec: {
          ...account === undefined ? {} : { serviceAccountName: account },
          securityContext: { runAsNonRoot: true, runAsUser: 2000, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [{
            name: 'main',
            image: 'registry.example.com/played:1',
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          }],
        },
      },
    },
  };
}
