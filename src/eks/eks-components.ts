import { Construct } from 'constructs';
import { FluxBootstrap } from './flux-bootstrap';
import * as components from '../components';
import { Component, Variable } from '../platform';

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
}

/** The components that the clusters of an EKS platform share: the systems of the platform document. */
export class EksComponents extends Construct {
  /** None where `flux bootstrap` installs Flux. */
  public readonly fluxOperator?: components.FluxOperator;
  /** None where `flux bootstrap` installs Flux. */
  public readonly fluxInstance?: components.FluxInstance;
  public readonly notifications: components.Notifications;
  public readonly namespaces: components.Namespaces;
  /** CustomResourceDefinitions that are there before the systems that use them. */
  public readonly crds: Component[];
  public readonly crossplane: components.Crossplane;
  public readonly crossplaneProviders: components.CrossplaneProviders;
  public readonly crossplaneConfiguration: components.CrossplaneConfiguration;
  public readonly podIdentities: components.PodIdentities;
  public readonly externalSecrets: components.ExternalSecrets;
  public readonly certManager: components.CertManager;
  public readonly kyverno: components.Kyverno;
  public readonly zitadel: components.Zitadel;
  public readonly cilium: components.Cilium;
  public readonly gatewayApi: components.GatewayApi;
  public readonly externalDns: components.ExternalDns;
  public readonly karpenter: components.Karpenter;
  public readonly victoriaMetrics: components.VictoriaMetrics;
  public readonly victoriaLogs: components.VictoriaLogs;
  public readonly grafanaOperator: components.GrafanaOperator;
  public readonly harbor: components.Harbor;
  public readonly headlamp: components.Headlamp;
  public readonly homepage: components.Homepage;

  constructor(scope: Construct, id: string, props: EksComponentsProps) {
    super(scope, id);
    this.namespaces = new components.Namespaces(this, 'namespaces', {
      names: ['crossplane-system', 'security', 'infrastructure', 'karpenter', 'observability', 'tooling', 'apps'],
    });
    this.crds = this.makeCrds();
    this.crossplane = new components.Crossplane(this, 'crossplane');
    this.crossplaneProviders = new components.CrossplaneProviders(this, 'crossplane-providers');
    this.crossplaneConfiguration = new components.CrossplaneConfiguration(this, 'crossplane-configuration');

    this.externalSecrets = new components.ExternalSecrets(this, 'external-secrets');
    this.podIdentities = this.makePodIdentities();
    const { store } = this.externalSecrets;
    this.certManager = new components.CertManager(this, 'cert-manager');
    this.kyverno = new components.Kyverno(this, 'kyverno');
    this.zitadel = new components.Zitadel(this, 'zitadel', {
      database: {
        host: 'zitadel-db-rw', database: 'zitadel', username: 'zitadel', password: components.SecretSource.fromStore(store, { password: 'zitadel/database#password' }),
      },
      masterkey: components.SecretSource.fromStore(store, { masterkey: 'zitadel/masterkey' }),
      adminPassword: components.SecretSource.fromStore(store, { password: 'zitadel/admin#password' }),
    });

    this.cilium = new components.Cilium(this, 'cilium');
    this.gatewayApi = new components.GatewayApi(this, 'gapi', { certificate: { secretName: 'platform-tls' } });
    this.externalDns = new components.ExternalDns(this, 'external-dns');
    this.karpenter = new components.Karpenter(this, 'karpenter');

    this.victoriaMetrics = new components.VictoriaMetrics(this, 'victoriametrics');
    this.victoriaLogs = new components.VictoriaLogs(this, 'victorialogs');
    this.grafanaOperator = new components.GrafanaOperator(this, 'grafana');

    this.harbor = new components.Harbor(this, 'harbor', {
      database: {
        host: 'harbor-db-rw', database: 'harbor', username: 'harbor', password: components.SecretSource.fromStore(store, { password: 'harbor/database#password' }),
      },
      redis: { address: 'harbor-valkey:6379' },
      storage: components.HarborStorage.s3({
        bucket: `${Variable.of('cluster_name')}-harbor`, credentials: components.SecretSource.extractFromStore(store, 'harbor/s3'),
      }),
      adminPassword: components.SecretSource.fromStore(store, { HARBOR_ADMIN_PASSWORD: 'harbor/admin#password' }),
      internalSecrets: components.SecretSource.extractFromStore(store, 'harbor/internal'),
    });
    this.headlamp = new components.Headlamp(this, 'headlamp');
    this.homepage = new components.Homepage(this, 'homepage');

    if (props.bootstrap === FluxBootstrap.FLUX_OPERATOR) {
      this.fluxOperator = new components.FluxOperator(this, 'flux-operator');
      this.fluxInstance = new components.FluxInstance(this, 'flux-instance', {
        repositoryUrl: props.repositoryUrl, branch: props.branch, pullSecret: components.SecretSource.fromName(props.pullSecret),
      });
    }
    this.notifications = new components.Notifications(this, 'notifications', {
      target: components.NotificationTarget.slack(props.slackChannel, components.SecretSource.fromStore(store, { address: 'flux/slack-webhook-url' })),
    });
  }

  private makeCrds(): Component[] {
    // A scope of their own: they bear the names of the systems that they belong to.
    const scope = new Construct(this, 'crds');
    return [
      components.System.CERT_MANAGER, components.System.EXTERNAL_SECRETS, components.System.GATEWAY_API, components.System.GRAFANA_OPERATOR, components.System.KYVERNO, components.System.VICTORIA_METRICS,
    ].map(system => components.Crds.ofSystem(scope, system.name, system));
  }

  private makePodIdentities(): components.PodIdentities {
    const { Statement, ServiceAccountReference } = components;
    const identities = new components.PodIdentities(this, 'epis');
    identities.addClient(this.externalSecrets);
    new components.PodIdentity(identities, 'cert-manager', {
      serviceAccount: ServiceAccountReference.fromName('cert-manager', 'security'),
      statements: [
        Statement.allow({ actions: ['route53:GetChange'], resources: ['arn:aws:route53:::change/*'] }),
        Statement.allow({ actions: ['route53:ChangeResourceRecordSets', 'route53:ListResourceRecordSets'], resources: ['arn:aws:route53:::hostedzone/*'] }),
        Statement.allow({ actions: ['route53:ListHostedZonesByName'] }),
      ],
    });
    new components.PodIdentity(identities, 'external-dns', {
      serviceAccount: ServiceAccountReference.fromName('external-dns', 'kube-system'),
      statements: [
        Statement.allow({ actions: ['route53:ChangeResourceRecordSets'], resources: ['arn:aws:route53:::hostedzone/*'] }),
        Statement.allow({ actions: ['route53:ListHostedZones', 'route53:ListResourceRecordSets', 'route53:ListTagsForResources'] }),
      ],
    });
    return identities;
  }
}
