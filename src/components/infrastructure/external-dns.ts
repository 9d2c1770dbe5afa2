import { Duration, Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { goDuration } from '../../flux/duration';
import { Area, Variable } from '../../platform';
import { withChartDefinitions } from '../helm/chart-definitions';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues, present, resourceValues, usualResources, Values } from '../helm/values';
import { IMetricsSource, MetricsEndpoint } from '../observability/metrics-endpoint';
import { IAwsClient } from '../pod-identity/aws-client';
import { ServiceAccountReference } from '../pod-identity/service-account-reference';
import { Statement } from '../pod-identity/statement';
import { System } from '../system';

const NAME = 'external-dns';

/** What hostnames are taken from. The definitions of its kind have to be there when ExternalDNS starts. */
export enum DnsSource {
  SERVICE = 'service',
  INGRESS = 'ingress',
  HTTP_ROUTE = 'gateway-httproute',
  GRPC_ROUTE = 'gateway-grpcroute',
  TLS_ROUTE = 'gateway-tlsroute',
  TCP_ROUTE = 'gateway-tcproute',
  UDP_ROUTE = 'gateway-udproute',
  /** DNSEndpoints: records that are written by hand. */
  DNS_ENDPOINT = 'crd',
}

/** What ExternalDNS may do with records. */
export enum DnsPolicy {
  /** Makes them, and never touches them again. */
  CREATE_ONLY = 'create-only',
  /** Makes and changes them. */
  UPSERT_ONLY = 'upsert-only',
  /** Makes, changes and deletes them. */
  SYNC = 'sync',
}

/** Who sees a zone. */
export enum DnsZoneType {
  PUBLIC = 'public',
  /** VPCs that it is associated with. */
  PRIVATE = 'private',
}

/** How much ExternalDNS writes to its log. */
export enum ExternalDnsLogLevel {
  DEBUG = 'debug',
  INFO = 'info',
  WARNING = 'warning',
  ERROR = 'error',
}

export interface ExternalDnsProps extends HelmOptions {
  /**
   * Namespace of the controller.
   *
   * @default 'kube-system'
   */
  readonly namespace?: string;

  /**
   * Name of the HelmRelease and of all that the chart makes of it, the ServiceAccount among them. Two on a cluster need two, one for a
   * public and one for a private zone for example, because the chart's ClusterRole bears it.
   *
   * @default 'external-dns'
   */
  readonly releaseName?: string;

  /**
   * Domains that it may write names in.
   *
   * @default - the variable `domain`
   */
  readonly domainFilters?: string[];

  /**
   * Domains below those that it leaves alone.
   *
   * @default - none
   */
  readonly excludeDomains?: string[];

  /**
   * Ids of the hosted zones that it writes to: `Z…`. Its rights on AWS are narrowed to them.
   *
   * @default - every zone of the domains
   */
  readonly zoneIds?: string[];

  /**
   * Zones that it writes to. Where a domain has a public and a private zone, its names are in both if nothing is said.
   *
   * @default - either
   */
  readonly zoneType?: DnsZoneType;

  /**
   * What it takes hostnames from.
   *
   * @default - Services, Ingresses and HTTPRoutes
   */
  readonly sources?: DnsSource[];

  /**
   * What it may do with records. `SYNC` also deletes those of hostnames that are gone: all of them when a cluster is rebuilt and has no
   * routes yet, or when a Gateway loses its address.
   *
   * @default DnsPolicy.UPSERT_ONLY
   */
  readonly policy?: DnsPolicy;

  /**
   * Name by which it knows its own records, in a TXT record beside each. Two that write to the same zone need two names.
   *
   * @default - the variable `cluster_name`
   */
  readonly txtOwnerId?: string;

  /**
   * Prefix of the names of those TXT records. Another one makes it forget which records are its own. A hostname that is a whole zone's name
   * needs one with the type of the record and a dot at its end, `%{record_type}-txt.`: its TXT record would be outside the zone without.
   *
   * @default - none
   */
  readonly txtPrefix?: string;

  /**
   * How often it compares records with hostnames.
   *
   * @default Duration.minutes(1)
   */
  readonly interval?: Duration;

  /**
   * Whether it also does so as soon as something changes. Route 53 takes five requests a second of an account.
   *
   * @default false
   */
  readonly triggerLoopOnEvent?: boolean;

  /**
   * Region of AWS whose credentials it asks for.
   *
   * @default - the variable `cluster_region`
   */
  readonly region?: string;

  /**
   * AWS partition: `aws`, `aws-cn` or `aws-us-gov`.
   *
   * @default 'aws'
   */
  readonly partition?: string;

  /**
   * Resources of the controller.
   *
   * @default - 20m CPU and 64Mi of memory, at most 128Mi
   */
  readonly resources?: ContainerResources;

  /**
   * @default ExternalDnsLogLevel.INFO
   */
  readonly logLevel?: ExternalDnsLogLevel;
}

/**
 * ExternalDNS: records in Route 53 for the hostnames of Services, Ingresses and routes.
 *
 * @see https://kubernetes-sigs.github.io/external-dns/
 */
export class ExternalDns extends HelmComponent implements IAwsClient, IMetricsSource {
  public readonly serviceAccount: ServiceAccountReference;

  private readonly props: ExternalDnsProps;
  private readonly name: string;

  constructor(scope: Construct, id: string, props: ExternalDnsProps = {}) {
    const { namespace = 'kube-system', releaseName: name = NAME } = props;
    super(scope, id, {
      area: Area.INFRASTRUCTURE,
      chart: System.EXTERNAL_DNS.chart(scope),
      apis: System.EXTERNAL_DNS.apis,
      ...props,
      namespace,
      release: withChartDefinitions(props.release),
      values: mergeValues(valuesOf(props, name), props.values),
      provides: [
        { apiVersion: 'apps/v1', kind: 'Deployment', name, namespace },
        { apiVersion: 'v1', kind: 'ServiceAccount', name, namespace },
      ],
    });
    this.props = props;
    this.name = name;
    this.serviceAccount = ServiceAccountReference.fromName(name, namespace);
    this.node.addValidation({ validate: () => this.mistakes() });
  }

  /** Records of its zones alone are read and changed; zones can be listed only all together. */
  public get awsStatements(): Statement[] {
    const { partition = 'aws', zoneIds = ['*'] } = this.props;
    return [
      Statement.allow({
        actions: ['route53:ChangeResourceRecordSets', 'route53:ListResourceRecordSets'],
        resources: zoneIds.map(id => `arn:${partition}:route53:::hostedzone/${id}`),
      }),
      Statement.allow({ actions: ['route53:ListHostedZones'] }),
    ];
  }

  public get metricsEndpoints(): MetricsEndpoint[] {
    return [{
      name: this.name, namespace: this.namespace!, matchLabels: { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/instance': this.name }, port: 'http',
    }];
  }

  private mistakes(): string[] {
    const { sources, domainFilters, zoneIds } = this.props;
    const wrongId = zoneIds?.find(id => id.includes('/') || id === '');
    return [
      ...sources?.length === 0 ? [`${this.node.path} has no sources of hostnames; expected at least one: name them, or leave them out for the usual ones.`] : [],
      ...domainFilters?.length === 0 ? [
        `${this.node.path} has no domain filters, so that it could write to every zone of the account; expected at least one: leave them out for the variable domain.`,
      ] : [],
      ...zoneIds?.length === 0 ? [`${this.node.path} has an empty list of zone ids; expected at least one: leave them out for every zone of the domains.`] : [],
      ...wrongId === undefined ? [] : [`${this.node.path} has the zone id "${wrongId}"; expected the id alone, such as Z0123456789ABC: leave out what is around it.`],
    ];
  }
}

function valuesOf(props: ExternalDnsProps, name: string): Values {
  const { sources = [DnsSource.SERVICE, DnsSource.INGRESS, DnsSource.HTTP_ROUTE], policy = DnsPolicy.UPSERT_ONLY } = props;
  return {
    ...present({ fullnameOverride: name === NAME ? undefined : name }),
    provider: { name: 'aws' },
    // The SDK asks for a region although Route 53 has none.
    env: [{ name: 'AWS_DEFAULT_REGION', value: props.region ?? `${Variable.of('cluster_region')}` }],
    serviceAccount: { name },
    sources,
    domainFilters: props.domainFilters ?? [`${Variable.of('domain')}`],
    ...present({ excludeDomains: props.excludeDomains }),
    policy,
    registry: 'txt',
    txtOwnerId: props.txtOwnerId ?? `${Variable.of('cluster_name')}`,
    ...present({ txtPrefix: props.txtPrefix, triggerLoopOnEvent: props.triggerLoopOnEvent }),
    interval: goDuration(props.interval ?? Duration.minutes(1)),
    logLevel: props.logLevel ?? ExternalDnsLogLevel.INFO,
    resources: resourceValues(props.resources ?? usualResources(Cpu.millis(20), Size.mebibytes(64), Size.mebibytes(128))),
    ...present({ extraArgs: present({ 'zone-id-filter': props.zoneIds, 'aws-zone-type': props.zoneType }) }),
  };
}
