import { ApiObject, Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ClusterIssuer } from './cluster-issuer';
import { CERT_MANAGER as NAME, IssuerType, zoneIdProblems } from './issuer-type';
import { Area } from '../../platform';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues, resourceValues, usualResources, Values } from '../helm/values';
import { IMetricsSource, MetricsEndpoint } from '../observability/metrics-endpoint';
import { assumeRole } from '../pod-identity/assume-role';
import { IAwsClient } from '../pod-identity/aws-client';
import { ServiceAccountReference } from '../pod-identity/service-account-reference';
import { Statement } from '../pod-identity/statement';
import { System } from '../system';

const WEBHOOK = `${NAME}-webhook`;
const CAINJECTOR = `${NAME}-cainjector`;
const RBAC = 'rbac.authorization.k8s.io';
/** API groups that it reconciles, and that its webhook looks at. */
const GROUPS = ['cert-manager.io', 'acme.cert-manager.io'];

const NAMESERVER = /^(https:\/\/\S+|\S+:\d{1,5})$/;

export interface CertManagerProps extends HelmOptions {
  /**
   * Namespace of the controllers, and of the Secrets that ClusterIssuers need.
   *
   * @default 'security'
   */
  readonly namespace?: string;

  /**
   * Pods of the controller, and of what puts authorities into webhooks; one of each leads. With more than one, a PodDisruptionBudget keeps
   * one running.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Pods of the webhook. While none answers, no object of cert-manager's kinds can be written.
   *
   * @default - as many as `replicas`
   */
  readonly webhookReplicas?: number;

  /**
   * Whether certificates are also made for Gateways that ask for them by an annotation, and names proven over HTTP through Gateways. The
   * definitions of the Gateway API have to be there when cert-manager starts.
   *
   * @default false
   */
  readonly gatewayApi?: boolean;

  /**
   * Nameservers that are asked whether a record is there yet, ahead of the authority: `1.1.1.1:53`, or `https://1.1.1.1/dns-query`. Where
   * the cluster's own resolve the domain to a private zone, they never see the record in the public one.
   *
   * @default - those of the cluster
   */
  readonly recursiveNameservers?: string[];

  /**
   * Whether those alone are asked, and not the zone's own after them.
   *
   * @default false
   */
  readonly recursiveNameserversOnly?: boolean;

  /**
   * Ids of the hosted zones in which records may be changed: `Z…`.
   *
   * @default - those of its issuers; every zone of the account, where one of them does not say its zone
   */
  readonly hostedZoneIds?: string[];

  /**
   * AWS partition: `aws`, `aws-cn` or `aws-us-gov`.
   *
   * @default 'aws'
   */
  readonly partition?: string;

  /**
   * Whether the Secret of a certificate goes when the Certificate does.
   *
   * @default - it stays, and is used again if the Certificate comes back
   */
  readonly deleteSecrets?: boolean;

  /**
   * Resources of the controller, which holds Certificates and metadata of Secrets in memory.
   *
   * @default - 20m CPU, and 128Mi of memory up to 256Mi
   */
  readonly resources?: ContainerResources;

  /**
   * Resources of the webhook.
   *
   * @default - 10m CPU, and 64Mi of memory
   */
  readonly webhookResources?: ContainerResources;

  /**
   * Resources of what puts authorities into webhooks, which holds every definition and metadata of Secrets in memory.
   *
   * @default - 10m CPU, and 128Mi of memory up to 256Mi
   */
  readonly cainjectorResources?: ContainerResources;

  /**
   * How much is written to the logs: from 0, little, to 6, everything.
   *
   * @default 2
   */
  readonly logLevel?: number;
}

/**
 * cert-manager: TLS certificates, obtained and renewed, and the ClusterIssuers that sign them.
 *
 * The definitions of its APIs come ahead of it: `Crds.ofSystem(…, System.CERT_MANAGER)`.
 *
 * @see https://cert-manager.io
 */
export class CertManager extends HelmComponent implements IAwsClient, IMetricsSource {
  public readonly serviceAccount: ServiceAccountReference;

  private readonly props: CertManagerProps;
  private readonly issuers: { readonly issuer: ClusterIssuer; readonly type: IssuerType }[] = [];

  constructor(scope: Construct, id: string, props: CertManagerProps = {}) {
    const { namespace = 'security' } = props;
    super(scope, id, {
      area: Area.SECURITY,
      chart: System.CERT_MANAGER.chart(scope),
      ...props,
      namespace,
      values: mergeValues(valuesOf(namespace, props), props.values),
      controllers: GROUPS,
      webhooks: GROUPS,
      provides: [
        ...[NAME, WEBHOOK, CAINJECTOR].map(name => ({ apiVersion: 'apps/v1', kind: 'Deployment', name, namespace })),
        { apiVersion: 'v1', kind: 'ServiceAccount', name: NAME, namespace },
      ],
    });
    this.props = props;
    this.serviceAccount = ServiceAccountReference.fromName(NAME, namespace);
    this.node.addValidation({ validate: () => this.mistakes() });
  }

  /**
   * The first of its issuers.
   *
   * @throws where it has none
   */
  public get issuer(): ClusterIssuer {
    if (this.issuers.length === 0) {
      throw new Error(`${this.node.path} is asked for its issuer and has none; expected at least one: add it with addIssuer.`);
    }
    return this.issuers[0].issuer;
  }

  /** What the controller does on AWS for its issuers: it proves names in Route 53, and may change no records but those of type TXT. */
  public get awsStatements(): Statement[] {
    const solvers = this.issuers.map(({ type }) => type._route53).filter(solver => solver !== undefined);
    const own = solvers.filter(({ role }) => role === undefined);
    const roles = [...new Set(solvers.map(({ role }) => role).filter(role => role !== undefined))];
    return [...own.length === 0 ? [] : this.zoneStatements(own.map(({ hostedZoneId }) => hostedZoneId)), ...roles.map(assumeRole)];
  }

  public get metricsEndpoints(): MetricsEndpoint[] {
    return [
      { name: NAME, app: NAME, port: 'http-metrics' },
      { name: WEBHOOK, app: 'webhook', port: 'metrics' },
      { name: CAINJECTOR, app: 'cainjector', port: 'http-metrics' },
    ].map(({ name, app, port }) => ({
      name, namespace: this.namespace!, matchLabels: { 'app.kubernetes.io/name': app, 'app.kubernetes.io/instance': NAME }, port,
    }));
  }

  /**
   * Adds a ClusterIssuer, with what cert-manager needs to use it.
   *
   * @param name name of the issuer
   * @param type what signs: `IssuerType.acme(…)`
   */
  public addIssuer(name: string, type: IssuerType): ClusterIssuer {
    const issuer = new ClusterIssuer(this, name, { type });
    this.issuers.push({ issuer, type });
    if (type._tokenOf !== undefined && this.node.tryFindChild(`token-${type._tokenOf}`) === undefined) {
      this.allowToken(type._tokenOf);
    }
    return issuer;
  }

  /** The right to ask for tokens of a ServiceAccount in its namespace. */
  private allowToken(serviceAccount: string): void {
    const name = `${NAME}-token-${serviceAccount}`;
    new ApiObject(this, `token-${serviceAccount}`, {
      apiVersion: `${RBAC}/v1`,
      kind: 'Role',
      metadata: { name },
      rules: [{ apiGroups: [''], resources: ['serviceaccounts/token'], resourceNames: [serviceAccount], verbs: ['create'] }],
    });
    new ApiObject(this, `token-${serviceAccount}-binding`, {
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata: { name },
      roleRef: { apiGroup: RBAC, kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name: NAME, namespace: this.namespace }],
    });
  }

  /** What upstream asks for; zones are looked up where an issuer does not say its own. */
  private zoneStatements(zones: (string | undefined)[]): Statement[] {
    const { partition = 'aws', hostedZoneIds } = this.props;
    const allKnown = zones.every(zone => zone !== undefined);
    const ids = hostedZoneIds ?? (allKnown ? [...new Set(zones)] : ['*']);
    const arn = `arn:${partition}:route53:::`;
    return [
      Statement.allow({ actions: ['route53:GetChange'], resources: [`${arn}change/*`] }),
      Statement.allow({
        actions: ['route53:ChangeResourceRecordSets', 'route53:ListResourceRecordSets'],
        resources: ids.map(id => `${arn}hostedzone/${id}`),
        conditions: { 'ForAllValues:StringEquals': { 'route53:ChangeResourceRecordSetsRecordTypes': ['TXT'] } },
      }),
      ...allKnown ? [] : [Statement.allow({ actions: ['route53:ListHostedZonesByName'] })],
    ];
  }

  private mistakes(): string[] {
    const { replicas = 1, webhookReplicas = replicas, logLevel = 2 } = this.props;
    const { recursiveNameservers, recursiveNameserversOnly, hostedZoneIds, gatewayApi } = this.props;
    const start = this.node.path;
    const strange = recursiveNameservers?.find(nameserver => !NAMESERVER.test(nameserver));
    const unseen = gatewayApi ? undefined : this.issuers.find(({ type }) => type._usesGateway);
    return [
      ...Object.entries({ replicas, webhookReplicas }).filter(([, count]) => !Number.isInteger(count) || count < 1).map(([prop, count]) =>
        `${start} is given ${count} for ${prop}; expected a whole number from 1: correct it, or leave it out.`),
      ...Number.isInteger(logLevel) && logLevel >= 0 && logLevel <= 6 ? [] : [
        `${start} has the log level ${logLevel}; expected a whole number from 0 to 6: correct it, or leave it out.`,
      ],
      ...strange === undefined ? [] : [
        `${start} has the nameserver "${strange}"; expected an address with its port, such as 1.1.1.1:53, or an https:// URL: correct it.`,
      ],
      ...recursiveNameserversOnly && (recursiveNameservers ?? []).length === 0 ? [
        `${start} asks its recursive nameservers alone and has none; expected at least one: name it in recursiveNameservers.`,
      ] : [],
      ...hostedZoneIds?.length === 0 ? [`${start} may change records in no hosted zone; expected at least one: name it, or leave hostedZoneIds out.`] : [],
      ...zoneIdProblems(start, hostedZoneIds ?? []),
      ...unseen === undefined ? [] : [
        `${start} has the issuer "${unseen.issuer.name}", which proves names through a Gateway, and does not look at Gateways; expected both or neither: set gatewayApi.`,
      ],
    ];
  }
}

function valuesOf(namespace: string, props: CertManagerProps): Values {
  const { replicas = 1, webhookReplicas = replicas, logLevel = 2 } = props;
  const { recursiveNameservers = [], recursiveNameserversOnly, gatewayApi, deleteSecrets } = props;
  return {
    // The `crds` layer installs them.
    crds: { enabled: false },
    // Its leases are usually in kube-system.
    global: { logLevel, leaderElection: { namespace } },
    ...replicaValues(replicas, props.resources ?? usual(20, 128, 256)),
    ...recursiveNameservers.length === 0 ? {} : { dns01RecursiveNameservers: recursiveNameservers.join(',') },
    ...recursiveNameserversOnly ? { dns01RecursiveNameserversOnly: true } : {},
    ...gatewayApi ? { config: { gatewayAPI: { enabled: true } } } : {},
    ...deleteSecrets ? { enableCertificateOwnerRef: true } : {},
    webhook: replicaValues(webhookReplicas, props.webhookResources ?? usual(10, 64)),
    cainjector: replicaValues(replicas, props.cainjectorResources ?? usual(10, 128, 256)),
    // The release is ready once the webhook has answered.
    startupapicheck: { resources: resourceValues(usual(10, 64)) },
  };
}

function replicaValues(replicaCount: number, resources: ContainerResources): Values {
  return { replicaCount, podDisruptionBudget: { enabled: replicaCount > 1 }, resources: resourceValues(resources) };
}

/** Thousandths of a CPU, and mebibytes of memory. */
function usual(cpu: number, memory: number, memoryLimit = memory): ContainerResources {
  return usualResources(Cpu.millis(cpu), Size.mebibytes(memory), Size.mebibytes(memoryLimit));
}
