import { Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ClusterSecretStore } from './cluster-secret-store';
import { SecretStoreProvider } from './secret-store-provider';
import { Area } from '../../platform';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues, resourceValues, usualResources, Values } from '../helm/values';
import { IMetricsSource, MetricsEndpoint } from '../observability/metrics-endpoint';
import { IAwsClient } from '../pod-identity/aws-client';
import { ServiceAccountReference } from '../pod-identity/service-account-reference';
import { Statement } from '../pod-identity/statement';
import { System } from '../system';

const NAME = 'external-secrets';
/** API groups that it reconciles; its webhook looks at the first. */
const GROUPS = ['external-secrets.io', 'generators.external-secrets.io'];

/** How much the operator writes to its log. */
export enum ExternalSecretsLogLevel {
  DEBUG = 'debug',
  INFO = 'info',
  WARN = 'warn',
  ERROR = 'error',
}

export interface ExternalSecretsProps extends HelmOptions {
  /**
   * Namespace of the operator.
   *
   * @default 'security'
   */
  readonly namespace?: string;

  /**
   * Where the first store has its values; `addStore` adds others.
   *
   * @default SecretStoreProvider.awsSecretsManager()
   */
  readonly provider?: SecretStoreProvider;

  /**
   * Name of the first ClusterSecretStore.
   *
   * @default - `aws-secrets-manager`, or `openbao`
   */
  readonly storeName?: string;

  /**
   * Pods of the operator, and of its webhook. With more than one, one of them leads and a PodDisruptionBudget keeps one running.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * How many objects are reconciled at a time.
   *
   * @default 1
   */
  readonly concurrency?: number;

  /**
   * Resources of the operator.
   *
   * @default - 20m CPU and 128Mi of memory
   */
  readonly resources?: ContainerResources;

  /**
   * Resources of its webhook, and of what renews the webhook's certificate.
   *
   * @default - 10m CPU and 64Mi of memory
   */
  readonly webhookResources?: ContainerResources;

  /**
   * @default ExternalSecretsLogLevel.INFO
   */
  readonly logLevel?: ExternalSecretsLogLevel;
}

/**
 * External Secrets Operator: Secrets whose values come from a store, and a ClusterSecretStore that every namespace can read from.
 *
 * The definitions of its APIs come ahead of it: `Crds.ofSystem(…, System.EXTERNAL_SECRETS)`.
 *
 * @see https://external-secrets.io
 */
export class ExternalSecrets extends HelmComponent implements IAwsClient, IMetricsSource {
  /** The first store. */
  public readonly store: ClusterSecretStore;

  public readonly serviceAccount: ServiceAccountReference;

  private readonly providers: SecretStoreProvider[] = [];

  constructor(scope: Construct, id: string, props: ExternalSecretsProps = {}) {
    const { namespace = 'security', provider = SecretStoreProvider.awsSecretsManager() } = props;
    super(scope, id, {
      area: Area.SECURITY,
      chart: System.EXTERNAL_SECRETS.chart(scope),
      ...props,
      namespace,
      values: mergeValues(valuesOf(props), props.values),
      controllers: GROUPS,
      webhooks: GROUPS.slice(0, 1),
      provides: [
        { apiVersion: 'apps/v1', kind: 'Deployment', name: NAME, namespace },
        { apiVersion: 'apps/v1', kind: 'Deployment', name: `${NAME}-webhook`, namespace },
        { apiVersion: 'v1', kind: 'ServiceAccount', name: NAME, namespace },
      ],
    });
    this.serviceAccount = ServiceAccountReference.fromName(NAME, namespace);
    this.store = this.addStore(props.storeName ?? provider.usualStoreName, provider);
  }

  /** What the operator does on AWS for its stores. */
  public get awsStatements(): Statement[] {
    return this.providers.flatMap(provider => provider.awsStatements);
  }

  public get metricsEndpoints(): MetricsEndpoint[] {
    return [NAME, `${NAME}-webhook`, `${NAME}-cert-controller`].map(name => ({
      name, namespace: this.namespace!, matchLabels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': NAME }, port: 'metrics',
    }));
  }

  /**
   * Adds a ClusterSecretStore.
   *
   * @param name name of the store
   */
  public addStore(name: string, provider: SecretStoreProvider): ClusterSecretStore {
    this.providers.push(provider);
    const store = new ClusterSecretStore(this, name, { provider });
    if (this.providers.length === 1) {
      this.setFile(store, 'clustersecretstore.yaml');
    }
    return store;
  }
}

function valuesOf(props: ExternalSecretsProps): Values {
  const { replicas = 1, concurrency = 1, logLevel = ExternalSecretsLogLevel.INFO } = props;
  const operator = resourceValues(props.resources ?? usualResources(Cpu.millis(20), Size.mebibytes(128)));
  const webhook = resourceValues(props.webhookResources ?? usualResources(Cpu.millis(10), Size.mebibytes(64)));
  const disruption = { enabled: replicas > 1, minAvailable: 1 };
  return {
    // The `crds` layer installs them.
    installCRDs: false,
    replicaCount: replicas,
    leaderElect: replicas > 1,
    concurrent: concurrency,
    log: { level: logLevel },
    serviceAccount: { name: NAME },
    metrics: { service: { enabled: true } },
    podDisruptionBudget: disruption,
    resources: operator,
    webhook: {
      replicaCount: replicas,
      log: { level: logLevel },
      metrics: { service: { enabled: true } },
      podDisruptionBudget: disruption,
      resources: webhook,
    },
    certController: {
      log: { level: logLevel },
      metrics: { service: { enabled: true } },
      resources: webhook,
    },
  };
}
