import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { HelmComponent, HelmOptions, mergeValues } from './helm-component';
import { Area, Variable } from '../platform';

export interface ExternalSecretsProps extends HelmOptions {
  /** @default - `security` */
  readonly namespace?: string;

  /**
   * Name of the ClusterSecretStore.
   *
   * @default - `aws-secrets-manager`
   */
  readonly storeName?: string;
}

/** External Secrets Operator, with a store for AWS Secrets Manager that every namespace can read from. */
export class ExternalSecrets extends HelmComponent {
  /** Name of the ClusterSecretStore. */
  public readonly storeName: string;

  constructor(scope: Construct, id: string, props: ExternalSecretsProps = {}) {
    super(scope, id, {
      area: Area.SECURITY,
      namespace: 'security',
      chart: 'external-secrets',
      version: '2.9.0',
      repository: 'https://charts.external-secrets.io',
      ...props,
      // The `crds` layer installs the definitions.
      values: mergeValues({ installCRDs: false, serviceAccount: { name: 'external-secrets' } }, props.values),
    });
    this.storeName = props.storeName ?? 'aws-secrets-manager';
    const store = new ApiObject(this, 'store', {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ClusterSecretStore',
      metadata: { name: this.storeName },
      // No credentials: the operator's pod identity.
      spec: { provider: { aws: { service: 'SecretsManager', region: Variable.of('cluster_region') } } },
    });
    this.setFile(store, 'clustersecretstore.yaml');
  }
}
