import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';

export interface ExternalSecretProps {
  /** Name of the ExternalSecret, and of the Secret that comes of it. */
  readonly name: string;

  /**
   * @default - the namespace of the component
   */
  readonly namespace?: string;

  /** Name of the ClusterSecretStore. */
  readonly storeName: string;

  /** Keys of the Secret, and where each value is in the store. */
  readonly data: { [key: string]: string };
}

/** A Secret whose values come from a store. @see https://external-secrets.io/latest/api/externalsecret/ */
export class ExternalSecret extends Construct {
  /** Name of the Secret. */
  public readonly secretName: string;

  constructor(scope: Construct, id: string, props: ExternalSecretProps) {
    super(scope, id);
    this.secretName = props.name;
    new ApiObject(this, 'Resource', {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: props.name, namespace: props.namespace },
      spec: {
        refreshInterval: '1h',
        secretStoreRef: { kind: 'ClusterSecretStore', name: props.storeName },
        target: { name: props.name },
        data: Object.entries(props.data).map(([secretKey, key]) => ({ secretKey, remoteRef: { key } })),
      },
    });
  }
}
