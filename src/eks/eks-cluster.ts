import { Construct } from 'constructs';
import { EksComponents } from './eks-components';
import { Karpenter, KarpenterNodes } from '../components';
import { HealthCheck } from '../flux';
import { Apps, Crds, Crossplane, Flux, Infrastructure, Namespaces, Observability, PodIdentities, Security, Tooling } from '../layers';
import { Cluster, Component } from '../platform';

export interface EksClusterProps {
  /** Name of the cluster, on EKS and in the repository. */
  readonly name: string;

  /** AWS region. */
  readonly region: string;

  /** Domain below which the cluster's services have their names. */
  readonly domain: string;

  /** Address range of the VPC. */
  readonly vpcCidr: string;

  /**
   * Further variables, after `cluster_name`, `cluster_region`, `domain` and `vpc_cidr`.
   *
   * @default - none
   */
  readonly variables?: { [name: string]: string };
}

/** An EKS cluster with the nine layers of the platform document, and one for Flux itself. */
export class EksCluster extends Cluster {
  public readonly namespaces: Namespaces;
  public readonly crds: Crds;
  public readonly crossplane: Crossplane;
  public readonly podIdentities: PodIdentities;
  public readonly security: Security;
  public readonly infrastructure: Infrastructure;
  public readonly observability: Observability;
  /** None where the platform has no tools. */
  public readonly tooling?: Tooling;
  public readonly flux: Flux;

  private appsLayer?: Apps;

  constructor(scope: Construct, id: string, shared: EksComponents, props: EksClusterProps) {
    super(scope, id, {
      variablesPrefix: 'eks',
      variables: { cluster_name: props.name, cluster_region: props.region, domain: props.domain, vpc_cidr: props.vpcCidr, ...props.variables },
    });
    this.namespaces = new Namespaces(this, 'namespaces', { components: [shared.namespaces] });

    this.crds = new Crds(this, 'crds', { components: shared.crds });
    this.crds.addDependency(this.namespaces, { because: 'Wait for namespaces' });

    this.crossplane = new Crossplane(this, 'crossplane', {
      components: [shared.crossplane], providers: [shared.crossplaneProviders], configuration: [shared.crossplaneConfiguration],
    });
    this.crossplane.addDependency(this.crds, { because: 'CRDs must exist' });

    this.podIdentities = new PodIdentities(this, 'epis', { components: [shared.podIdentities] });
    this.podIdentities.addDependency(this.crossplane, { because: 'Crossplane must be ready' });

    this.security = new Security(this, 'security', {
      components: delivered(shared.externalSecrets, shared.certManager, shared.kyverno, shared.kyvernoPolicies, shared.zitadel),
    });
    this.security.addDependency(this.podIdentities, { because: 'IAM roles for External Secrets' });

    this.infrastructure = new Infrastructure(this, 'infrastructure', {
      components: delivered(shared.cilium, shared.externalDns, shared.gatewayApi, shared.karpenter),
    });
    this.infrastructure.addDependency(this.security, { because: 'External Secrets needed' });
    this.infrastructure.addDependency(this.podIdentities, { because: 'IAM roles needed' });
    if (shared.karpenter && shared.karpenterNodes) {
      this.addNodes(shared.karpenter, shared.karpenterNodes);
    }

    this.observability = new Observability(this, 'observability', {
      components: delivered(shared.victoriaMetrics, shared.victoriaLogs, shared.grafanaOperator),
    });
    const tools = delivered(shared.harbor, shared.headlamp, shared.homepage);
    this.tooling = tools.length === 0 ? undefined : new Tooling(this, 'tooling', { components: tools });
    for (const layer of [this.observability, this.tooling]) {
      layer?.addDependency(this.infrastructure, { because: 'Gateway, DNS needed' });
      layer?.addDependency(this.security, { because: 'Secrets, certificates needed' });
    }

    this.flux = new Flux(this, 'flux', { components: delivered(shared.fluxOperator, shared.fluxInstance, shared.notifications) });
    this.flux.addDependency(this.security, { because: 'The secret of the Slack webhook' });
  }

  /** The layer of the applications; made with the first one. */
  public get apps(): Apps | undefined {
    return this.appsLayer;
  }

  /** Delivers applications, after everything that the platform offers them. */
  public addApp(...components: Component[]): void {
    if (!this.appsLayer) {
      this.appsLayer = new Apps(this, 'apps');
      this.appsLayer.addDependency(this.infrastructure, { because: 'Networking needed' });
      this.appsLayer.addDependency(this.observability, { because: 'Monitoring needed' });
    }
    this.appsLayer.addComponent(...components);
  }

  /** NodePools and their classes are of kinds that Karpenter's chart brings; nothing else waits for them. */
  private addNodes(karpenter: Karpenter, nodes: KarpenterNodes): void {
    this.infrastructure.firstStage.addHealthCheck(HealthCheck.ofObject(karpenter.release.apiObject));
    this.infrastructure.addStage('infrastructure-nodes', { components: [nodes], awaited: false, because: 'APIs of Karpenter' });
  }
}

/** The components that the platform has. */
function delivered(...components: (Component | undefined)[]): Component[] {
  return components.filter(component => component !== undefined);
}
