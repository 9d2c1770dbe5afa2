import { assumeBootstrap } from './bootstrap';
import { EksCluster, EksClusterProps } from './eks-cluster';
import { EksComponents } from './eks-components';
import { EksSystemsOptions } from './eks-systems-options';
import { FluxBootstrap } from './flux-bootstrap';
import { Component, Platform, PlatformProps } from '../platform';

/** The Git repository that the output is committed to. */
export interface EksRepository {
  /** Its `https://` URL. */
  readonly url: string;

  /**
   * Branch that Flux follows.
   *
   * @default 'main'
   */
  readonly branch?: string;

  /**
   * Secret in `flux-system` with the credentials of the GitHub App that may read it; unused with `FluxBootstrap.FLUX_CLI`.
   *
   * @default 'flux-system'
   */
  readonly pullSecret?: string;

  /**
   * How Flux comes onto the clusters; their prerequisites have the commands.
   *
   * @default FluxBootstrap.FLUX_OPERATOR
   */
  readonly bootstrap?: FluxBootstrap;
}

export interface EksPlatformProps extends PlatformProps, EksSystemsOptions {
  readonly repository: EksRepository;

  /** The clusters; all of them get the same layers. */
  readonly clusters: EksClusterProps[];

  /**
   * Slack channel for what becomes of Kustomizations and HelmReleases.
   *
   * @default '#gitops-notifications'
   */
  readonly slackChannel?: string;
}

/**
 * The platform of the platform document in one call: namespaces, CRDs, Crossplane, EKS Pod Identities, security, infrastructure,
 * observability, tooling and applications, for any number of EKS clusters.
 */
export class EksPlatform extends Platform {
  /** What the clusters share. */
  public readonly components: EksComponents;

  /** In the order in which they were given. */
  public readonly clusters: EksCluster[];

  constructor(props: EksPlatformProps) {
    super(props);
    const { url, branch = 'main', pullSecret = 'flux-system', bootstrap = FluxBootstrap.FLUX_OPERATOR } = props.repository;
    const source = { bootstrap, repositoryUrl: url, branch, pullSecret };
    this.components = new EksComponents(this, 'components', {
      ...source, slackChannel: props.slackChannel ?? '#gitops-notifications', systems: props,
    });
    this.clusters = props.clusters.map(cluster => new EksCluster(this, cluster.name, this.components, cluster));
    this.clusters.forEach(cluster => assumeBootstrap(cluster, this.components, source));
  }

  /**
   * A cluster by its name.
   *
   * @throws where there is none of that name
   */
  public cluster(name: string): EksCluster {
    const cluster = this.clusters.find(candidate => candidate.clusterName === name);
    if (!cluster) {
      throw new Error(`the platform has no cluster "${name}"; expected one of ${this.clusters.map(known => known.clusterName).join(', ')}.`);
    }
    return cluster;
  }

  /** Delivers applications to every cluster. */
  public addApp(...components: Component[]): void {
    this.clusters.forEach(cluster => cluster.addApp(...components));
  }
}
