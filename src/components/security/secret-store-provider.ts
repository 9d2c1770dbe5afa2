import { Variable } from '../../platform';
import { variableUses } from '../../synth/substitution';
import { assumeRole } from '../pod-identity/assume-role';
import { ServiceAccountReference } from '../pod-identity/service-account-reference';
import { Statement } from '../pod-identity/statement';

export interface AwsSecretsManagerOptions {
  /**
   * AWS region.
   *
   * @default - the variable `cluster_region`
   */
  readonly region?: string;

  /**
   * ARN of a role that is assumed to read, for secrets of another account. It has to allow `sts:AssumeRole` and `sts:TagSession`.
   *
   * @default - none: the identity of the operator
   */
  readonly role?: string;

  /**
   * ARNs of the secrets that may be read, with wildcards.
   *
   * @default - every secret of the account
   */
  readonly secretArns?: string[];
}

export interface VaultOptions {
  /** URL of the server: `https://bao.example.com:8200`. */
  readonly server: string;

  /**
   * Path of the secrets engine.
   *
   * @default 'secret'
   */
  readonly path?: string;

  /**
   * Version of the key-value engine: `v1` or `v2`.
   *
   * @default 'v2'
   */
  readonly version?: string;

  /** Role of the Kubernetes authentication. */
  readonly role: string;

  /**
   * Path that the Kubernetes authentication is mounted at.
   *
   * @default 'kubernetes'
   */
  readonly mountPath?: string;

  /**
   * ServiceAccount that authenticates.
   *
   * @default - the operator's own
   */
  readonly serviceAccount?: ServiceAccountReference;

  /**
   * Certificate of the authority that signed the server's, in PEM.
   *
   * @default - those that the operator's image trusts
   */
  readonly caCertificate?: string;
}

/** Where a store of secrets has its values. */
export class SecretStoreProvider {
  /**
   * AWS Secrets Manager, with the pod identity of the operator.
   *
   * @see https://external-secrets.io/latest/provider/aws-secrets-manager/
   */
  public static awsSecretsManager(options: AwsSecretsManagerOptions = {}): SecretStoreProvider {
    const { region, role, secretArns } = options;
    const fields = { aws: { service: 'SecretsManager', region: region ?? Variable.of('cluster_region'), role } };
    const read = ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret', 'secretsmanager:ListSecretVersionIds'];
    return new SecretStoreProvider('aws-secrets-manager', fields, [
      role === undefined ? Statement.allow({ actions: read, resources: secretArns }) : assumeRole(role),
    ]);
  }

  /**
   * OpenBao, or HashiCorp Vault, whose API is the same.
   *
   * @see https://external-secrets.io/latest/provider/hashicorp-vault/
   */
  public static vault(options: VaultOptions): SecretStoreProvider {
    const { server, path = 'secret', version = 'v2', role, mountPath = 'kubernetes', serviceAccount, caCertificate } = options;
    return new SecretStoreProvider('openbao', {
      vault: {
        server,
        path,
        version,
        caBundle: caCertificate && Buffer.from(caCertificate).toString('base64'),
        auth: {
          kubernetes: {
            mountPath, role, serviceAccountRef: serviceAccount && { name: serviceAccount.name, namespace: serviceAccount.namespace },
          },
        },
      },
    }, [], start => [
      ...['v1', 'v2'].includes(version) ? [] : [`${start} is of version "${version}" of the key-value engine; expected v1 or v2: correct it.`],
      ...variableUses(server).length > 0 || /^https?:\/\/./.test(server) ? [] : [
        `${start} has the server "${server}"; expected a URL that begins with https:// or http://: correct it.`,
      ],
    ]);
  }

  private constructor(
    /** Name that a store of it usually has. */
    public readonly usualStoreName: string,
    private readonly fields: object,
    /** What the operator does on AWS to read from it. */
    public readonly awsStatements: Statement[],
    /** Why the operator would refuse it. @internal */
    public readonly _problems: (start: string) => string[] = () => [],
  ) {}

  /** @internal */
  public _toJson(): object {
    return this.fields;
  }
}
