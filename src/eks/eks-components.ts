import { Construct } from 'constructs';
import { EksSystem } from './eks-system';
import { EksSystemsOptions } from './eks-systems-options';
import { FluxBootstrap } from './flux-bootstrap';
import * as components from '../components';
import { Component, Variable } from '../platform';

const { IssuerType, NotificationTarget, PodSecurityLevel, SecretSource, System } = components;
const DOMAIN = Variable.of('domain');

/** What the components of an EKS platform are made of. */
export interface EksComponentsProps {
  /** How Flux comes onto the clusters. */
  readonly bootstrap: FluxBootstrap;

  /** `https://` URL of the repository. */
  readonly repositoryUrl: string;

  /** Branch that Flux follows. */
  readonly branch: string;

  /** Secret in `flux-system` with the credentials for the repository. */
  readonly pullSecret: string;

  /** Slack channel for notifications. */
  readonly slackChannel: string;

  /**
   * What is decided about the systems.
   *
   * @default - everything is as the components have it
   */
  readonly systems?: EksSystemsOptions;
}

/** The components that the clusters of an EKS platform share: the systems of the platform document, wired to each other. */
export class EksComponents extends Construct {
  public readonly namespaces: components.Namespaces;
  /** CustomResourceDefinitions that are there before the systems that use them. */
  public readonly crds: Component[];
  public readonly crossplane: components.Crossplane;
  public readonly crossplaneProviders: components.CrossplaneProviders;
  public readonly crossplaneConfiguration: components.CrossplaneConfiguration;
  public readonly podIdentities: components.PodIdentities;

  public readonly externalSecrets: components.ExternalSecrets;
  public readonly certManager: components.CertManager;
  /** None where the platform does without. */
  public readonly kyverno?: components.Kyverno;
  /** None where the platform does without Kyverno. */
  public readonly kyvernoPolicies?: components.KyvernoPolicies;
  /** None where the platform does without. */
  public readonly zitadel?: components.Zitadel;

  /** None where the platform does without. */
  public readonly cilium?: components.Cilium;
  public readonly gatewayApi: components.GatewayApi;
  public readonly externalDns: components.ExternalDns;
  /** None where the platform does without. */
  public readonly karpenter?: components.Karpenter;
  /** None where the platform does without Karpenter. */
  public readonly karpenterNodes?: components.KarpenterNodes;

  public readonly victoriaMetrics: components.VictoriaMetrics;
  /** None where the platform does without. */
  public readonly victoriaLogs?: components.VictoriaLogs;
  /** None where the platform does without. */
  public readonly grafanaOperator?: components.GrafanaOperator;
  /** The Grafana that dashboards are for; none where the platform does without. */
  public readonly grafana?: components.Grafana;

  /** None where the platform does without. */
  public readonly harbor?: components.Harbor;
  /** None where the platform does without. */
  public readonly headlamp?: components.Headlamp;
  /** None where the platform does without. */
  public readonly homepage?: components.Homepage;

  /** None where `flux bootstrap` installs Flux. */
  public readonly fluxOperator?: components.FluxOperator;
  /** None where `flux bootstrap` installs Flux. */
  public readonly fluxInstance?: components.FluxInstance;
  public readonly notifications: components.Notifications;

  private readonly systems: EksSystemsOptions;

  constructor(scope: Construct, id: string, props: EksComponentsProps) {
    super(scope, id);
    this.systems = props.systems ?? {};
    this.namespaces = this.makeNamespaces();
    this.crds = this.makeCrds();
    this.crossplane = new components.Crossplane(this, 'crossplane', this.systems.crossplane);
    this.crossplaneProviders = new components.CrossplaneProviders(this, 'crossplane-providers', this.systems.crossplaneProviders);
    this.crossplaneConfiguration = new components.CrossplaneConfiguration(this, 'crossplane-configuration');
    this.podIdentities = new components.PodIdentities(this, 'epis');

    this.externalSecrets = new components.ExternalSecrets(this, 'external-secrets', this.systems.externalSecrets);
    this.certManager = new components.CertManager(this, 'cert-manager', this.systems.certManager);
    this.gatewayApi = new components.GatewayApi(this, 'gapi', { issuer: this.makeIssuer() });
    this.kyverno = this.unlessWithout(EksSystem.KYVERNO, () => this.makeKyverno());
    this.kyvernoPolicies = this.kyverno && this.makeKyvernoPolicies(this.kyverno);
    this.zitadel = this.unlessWithout(EksSystem.ZITADEL, () => this.makeZitadel());

    this.cilium = this.unlessWithout(EksSystem.CILIUM, () => new components.Cilium(this, 'cilium', this.systems.cilium));
    this.externalDns = new components.ExternalDns(this, 'external-dns', this.systems.externalDns);
    this.karpenter = this.unlessWithout(EksSystem.KARPENTER, () => new components.Karpenter(this, 'karpenter', this.systems.karpenter));
    this.karpenterNodes = this.karpenter && this.makeNodes(this.karpenter);

    this.victoriaMetrics = new components.VictoriaMetrics(this, 'victoriametrics', this.systems.victoriaMetrics);
    this.victoriaLogs = this.unlessWithout(EksSystem.VICTORIA_LOGS, () => new components.VictoriaLogs(this, 'victorialogs', this.systems.victoriaLogs));
    this.grafanaOperator = this.unlessWithout(EksSystem.GRAFANA, () => new components.GrafanaOperator(this, 'grafana', this.systems.grafanaOperator));
    this.grafana = this.grafanaOperator && this.makeGrafana(this.grafanaOperator);

    this.harbor = this.unlessWithout(EksSystem.HARBOR, () => this.makeHarbor());
    this.headlamp = this.unlessWithout(EksSystem.HEADLAMP, () => new components.Headlamp(this, 'headlamp', { route: this.route, ...this.systems.headlamp }));
    this.homepage = this.unlessWithout(EksSystem.HOMEPAGE, () => this.makeHomepage());

    if (props.bootstrap === FluxBootstrap.FLUX_OPERATOR) {
      this.fluxOperator = new components.FluxOperator(this, 'flux-operator');
      this.fluxInstance = new components.FluxInstance(this, 'flux-instance', {
        repositoryUrl: props.repositoryUrl, branch: props.branch, pullSecret: SecretSource.fromName(props.pullSecret),
      });
    }
    this.notifications = new components.Notifications(this, 'notifications', {
      target: NotificationTarget.slack(props.slackChannel, this.secret({ address: 'flux/slack-webhook-url' })),
    });
    this.giveRights();
    this.collectMetrics();
  }

  private unlessWithout<T>(system: EksSystem, make: () => T): T | undefined {
    return this.systems.without?.includes(system) ? undefined : make();
  }

  /** Values of the store, by key. */
  private secret(data: { [key: string]: string }): components.SecretSource {
    return SecretSource.fromStore(this.externalSecrets.store, data);
  }

  /** The Gateway for everyone. */
  private get route(): components.RouteOptions {
    return { gateway: this.gatewayApi.general };
  }

  private makeNamespaces(): components.Namespaces {
    const namespaces = new components.Namespaces(this, 'namespaces', {
      names: ['crossplane-system', 'security', 'infrastructure', 'karpenter', 'tooling', 'apps'], podSecurity: PodSecurityLevel.BASELINE,
    });
    // What runs on every node to read its logs and metrics.
    namespaces.addNamespace('observability', { podSecurity: PodSecurityLevel.PRIVILEGED });
    return namespaces;
  }

  private makeCrds(): Component[] {
    // A scope of their own: they bear the names of the systems that they belong to.
    const scope = new Construct(this, 'crds');
    return [
      System.CERT_MANAGER, System.EXTERNAL_SECRETS, System.GATEWAY_API, System.GRAFANA_OPERATOR, System.KYVERNO, System.VICTORIA_METRICS,
    ].map(system => components.Crds.ofSystem(scope, system.name, system));
  }

  private makeIssuer(): components.ClusterIssuer {
    const { certificateIssuer = IssuerType.acme({ email: this.systems.certificateEmail, route53: {} }) } = this.systems;
    return this.certManager.addIssuer(certificateIssuer.usualName, certificateIssuer);
  }

  private makeKyverno(): components.Kyverno {
    // A webhook that waits for a node must not keep Karpenter from making one.
    return new components.Kyverno(this, 'kyverno', { excludedNamespaces: ['karpenter'], ...this.systems.kyverno });
  }

  private makeKyvernoPolicies(kyverno: components.Kyverno): components.KyvernoPolicies {
    return new components.KyvernoPolicies(this, 'kyverno-policies', { kyverno });
  }

  private makeZitadel(): components.Zitadel {
    return new components.Zitadel(this, 'zitadel', {
      route: { ...this.route, hostname: `auth.${DOMAIN}` },
      database: this.database('zitadel'),
      masterkey: this.secret({ masterkey: 'zitadel/masterkey' }),
      adminPassword: this.secret({ password: 'zitadel/admin#password' }),
    });
  }

  private makeNodes(karpenter: components.Karpenter): components.KarpenterNodes {
    return new components.KarpenterNodes(this, 'karpenter-nodes', {
      karpenter,
      nodeClass: { ami: this.systems.nodeImage ?? components.Ami.latest(components.AmiFamily.BOTTLEROCKET) },
      nodePool: this.systems.nodePool,
    });
  }

  /** Grafana, its datasources, and a folder for the platform's own dashboards, beside its operator. */
  private makeGrafana(operator: components.GrafanaOperator): components.Grafana {
    const grafana = new components.Grafana(operator, 'grafana', {
      route: this.route, admin: this.secret({ username: 'grafana/admin#username', password: 'grafana/admin#password' }), ...this.systems.grafana,
    });
    components.GrafanaDatasource.prometheus(operator, 'metrics', { grafana, url: this.victoriaMetrics.readUrl, isDefault: true });
    if (this.victoriaLogs) {
      components.GrafanaDatasource.victoriaLogs(operator, 'logs', { grafana, url: this.victoriaLogs.readUrl });
    }
    new components.GrafanaFolder(operator, 'platform', { grafana });
    return grafana;
  }

  private makeHarbor(): components.Harbor {
    return new components.Harbor(this, 'harbor', {
      route: this.route,
      database: this.database('harbor'),
      redis: { address: this.systems.redisAddress ?? `valkey.${DOMAIN}:6379` },
      // Harbor's registry takes no pod identity.
      storage: components.HarborStorage.s3({
        bucket: this.systems.registryBucket ?? `${Variable.of('cluster_name')}-harbor`,
        credentials: this.secret({ REGISTRY_STORAGE_S3_ACCESSKEY: 'harbor/s3#access-key', REGISTRY_STORAGE_S3_SECRETKEY: 'harbor/s3#secret-key' }),
      }),
      adminPassword: this.secret({ HARBOR_ADMIN_PASSWORD: 'harbor/admin#password' }),
      internalSecrets: SecretSource.extractFromStore(this.externalSecrets.store, 'harbor/internal'),
    });
  }

  private makeHomepage(): components.Homepage {
    const links: [string, string | undefined][] = [
      ['Grafana', this.grafana?.url], ['Harbor', this.harbor?.url], ['Headlamp', this.headlamp?.url], ['ZITADEL', this.zitadel?.issuer],
    ];
    const services = links.flatMap(([name, href]) => href === undefined ? [] : [{ name, href, icon: name.toLowerCase() }]);
    return new components.Homepage(this, 'homepage', {
      route: this.route, groups: services.length === 0 ? undefined : [{ name: 'Platform', services }], ...this.systems.homepage,
    });
  }

  /** A database of the platform's server, whose user has its name. */
  private database(name: string): components.DatabaseConnection {
    return {
      host: this.systems.databaseHost ?? `postgresql.${DOMAIN}`, database: name, username: name, password: this.secret({ password: `${name}/database#password` }),
    };
  }

  private giveRights(): void {
    const clients: (components.IAwsClient | undefined)[] = [
      this.externalSecrets, this.certManager, this.externalDns, this.karpenter, this.harbor, this.victoriaMetrics,
    ];
    clients.filter(client => client !== undefined).filter(client => client.awsStatements.length > 0)
      .forEach(client => this.podIdentities.addClient(client));
  }

  private collectMetrics(): void {
    const sources: (components.IMetricsSource | undefined)[] = [
      this.crossplane, this.crossplaneProviders, this.externalSecrets, this.certManager, this.kyverno, this.zitadel, this.cilium,
      this.externalDns, this.karpenter, this.victoriaLogs, this.grafanaOperator, this.grafana, this.harbor, this.fluxOperator, this.fluxInstance,
    ];
    sources.filter(source => source !== undefined).forEach(source => this.victoriaMetrics.scrape(source));
  }
}
