import { EksSystem } from './eks-system';
import * as components from '../components';

/** What a platform decides about its systems; everything that is not said is as the system's component has it. */
export interface EksSystemsOptions {
  /**
   * Systems that the platform does without.
   *
   * @default - none: all of the platform document
   */
  readonly without?: EksSystem[];

  /**
   * Email address of the account with Let's Encrypt.
   *
   * @default - none
   */
  readonly certificateEmail?: string;

  /**
   * What signs the certificates of the Gateways, and of whoever asks.
   *
   * @default - Let's Encrypt, to which names are proven by records in Route 53
   */
  readonly certificateIssuer?: components.IssuerType;

  /**
   * Host of the PostgreSQL server with the databases `zitadel` and `harbor`, each with a user of its name.
   *
   * @default - `postgresql.<domain>`
   */
  readonly databaseHost?: string;

  /**
   * Address of the Valkey or Redis of Harbor, with its port.
   *
   * @default - `valkey.<domain>:6379`
   */
  readonly redisAddress?: string;

  /**
   * Bucket that Harbor keeps images in; an access key for it is in the store, at `harbor/s3`.
   *
   * @default - `<cluster_name>-harbor`
   */
  readonly registryBucket?: string;

  /**
   * Image of the nodes that Karpenter starts.
   *
   * @default - the newest Bottlerocket: with every release of it, nodes are replaced on all clusters. `Ami.bottlerocket(version)` pins one
   */
  readonly nodeImage?: components.Ami;

  /** @default - as the component has it */
  readonly crossplane?: components.CrossplaneProps;
  /** @default - as the component has it */
  readonly crossplaneProviders?: components.CrossplaneProvidersProps;
  /** @default - as the component has it */
  readonly externalSecrets?: components.ExternalSecretsProps;
  /** @default - as the component has it */
  readonly certManager?: components.CertManagerProps;
  /** @default - as the component has it; its webhooks are not asked about Karpenter, whose nodes it runs on */
  readonly kyverno?: components.KyvernoProps;
  /** @default - as the component has it */
  readonly cilium?: components.CiliumProps;
  /** @default - as the component has it */
  readonly externalDns?: components.ExternalDnsProps;
  /** @default - as the component has it */
  readonly karpenter?: components.KarpenterProps;
  /** @default - as the component has it */
  readonly nodePool?: components.NodePoolOptions;
  /** @default - as the component has it */
  readonly victoriaMetrics?: components.VictoriaMetricsProps;
  /** @default - as the component has it */
  readonly victoriaLogs?: components.VictoriaLogsProps;
  /** @default - as the component has it */
  readonly grafanaOperator?: components.GrafanaOperatorProps;
  /** @default - as the construct has it, reached at `grafana.<domain>`, its administrator's password from the store */
  readonly grafana?: components.GrafanaProps;
  /** @default - as the component has it, reached at `headlamp.<domain>` */
  readonly headlamp?: components.HeadlampProps;
  /** @default - as the component has it, reached at `homepage.<domain>`, with links to the other systems */
  readonly homepage?: components.HomepageProps;
}
