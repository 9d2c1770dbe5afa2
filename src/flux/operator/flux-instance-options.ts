import { Duration, Size } from 'cdk8s';

/** A controller of Flux. */
export enum FluxComponent {
  SOURCE_CONTROLLER = 'source-controller',
  KUSTOMIZE_CONTROLLER = 'kustomize-controller',
  HELM_CONTROLLER = 'helm-controller',
  NOTIFICATION_CONTROLLER = 'notification-controller',
  IMAGE_REFLECTOR_CONTROLLER = 'image-reflector-controller',
  IMAGE_AUTOMATION_CONTROLLER = 'image-automation-controller',
  /** Serves ArtifactGenerators. */
  SOURCE_WATCHER = 'source-watcher',
}

/** Who built the controllers' images, and on what. */
export enum FluxVariant {
  UPSTREAM_ALPINE = 'upstream-alpine',
  ENTERPRISE_ALPINE = 'enterprise-alpine',
  ENTERPRISE_DISTROLESS = 'enterprise-distroless',
  /** With cryptography that is validated to FIPS. */
  ENTERPRISE_DISTROLESS_FIPS = 'enterprise-distroless-fips',
}

/**
 * Which Flux, and from where.
 *
 * @see https://fluxoperator.dev/docs/crd/fluxinstance/
 */
export interface FluxDistribution {
  /** A version, or a range that the operator follows: `2.9.x`. */
  readonly version: string;

  /** Registry of the images: `ghcr.io/fluxcd`. */
  readonly registry: string;

  /**
   * @default - the operator's choice
   */
  readonly variant?: FluxVariant;

  /**
   * `oci://` address of the artifact with Flux's manifests.
   *
   * @default - the manifests that the operator brings
   */
  readonly artifact?: string;

  /**
   * Secret to pull the artifact with.
   *
   * @default - none: the artifact is public
   */
  readonly artifactPullSecret?: string;

  /**
   * Secret to pull the images with.
   *
   * @default - none: the images are public
   */
  readonly imagePullSecret?: string;
}

/** Where the cluster runs. */
export enum FluxClusterType {
  KUBERNETES = 'kubernetes',
  OPENSHIFT = 'openshift',
  AWS = 'aws',
  AZURE = 'azure',
  GCP = 'gcp',
}

/** How much the controllers do at the same time, and what they get for it. */
export enum FluxClusterSize {
  /** 5 objects at a time, 1 CPU and 512 MiB. */
  SMALL = 'small',
  /** 10 objects at a time, 2 CPUs and 1 GiB. */
  MEDIUM = 'medium',
  /** 20 objects at a time, 3 CPUs and 3 GiB. */
  LARGE = 'large',
}

/**
 * What the controllers are fitted to.
 *
 * @see https://fluxoperator.dev/docs/crd/fluxinstance/
 */
export interface FluxCluster {
  /**
   * @default FluxClusterType.KUBERNETES
   */
  readonly type?: FluxClusterType;

  /**
   * @default - Flux's own settings: 4 objects at a time
   */
  readonly size?: FluxClusterSize;

  /**
   * Domain of the cluster's own names.
   *
   * @default 'cluster.local'
   */
  readonly domain?: string;

  /**
   * Whether network policies keep others out of Flux's namespace.
   *
   * @default true
   */
  readonly networkPolicy?: boolean;

  /**
   * Whether tenants are kept apart: objects refer to nothing in other namespaces, nothing remote is built in, and what names no
   * ServiceAccount is applied with a tenant's. Every Kustomization of the platform itself has to name one then.
   *
   * @default false
   */
  readonly multitenant?: boolean;

  /**
   * ServiceAccount that acts for a tenant's Kustomizations and HelmReleases that name none.
   *
   * @default - `default` where tenants are kept apart
   */
  readonly tenantDefaultServiceAccount?: string;

  /**
   * Whether objects can have the cloud identity of a ServiceAccount of their own, instead of the controller's.
   *
   * @default false
   */
  readonly objectLevelWorkloadIdentity?: boolean;

  /**
   * Whether tenants have cloud identities of their own. Needs `objectLevelWorkloadIdentity`.
   *
   * @default false
   */
  readonly multitenantWorkloadIdentity?: boolean;

  /**
   * ServiceAccount whose cloud identity decrypts for a tenant's Kustomizations that name none.
   *
   * @default - none
   */
  readonly tenantDefaultDecryptionServiceAccount?: string;

  /**
   * ServiceAccount whose cloud identity reaches remote clusters for a tenant's objects that name none.
   *
   * @default - none
   */
  readonly tenantDefaultKubeConfigServiceAccount?: string;
}

/** Where a shard keeps its artifacts. */
export enum FluxShardStorage {
  /** In the pod: they are fetched again after a restart. */
  EPHEMERAL = 'ephemeral',
  /** On a volume of its own, made like `storage` says. */
  PERSISTENT = 'persistent',
}

/**
 * More instances of the controllers, which share the objects by a label.
 *
 * @see https://fluxoperator.dev/docs/crd/fluxinstance/
 */
export interface FluxSharding {
  /** Values of the label, one for each shard. */
  readonly shards: string[];

  /**
   * The label.
   *
   * @default 'sharding.fluxcd.io/key'
   */
  readonly key?: string;

  /**
   * @default - the operator's choice
   */
  readonly storage?: FluxShardStorage;
}

/** The volume of source-controller. */
export interface FluxStorage {
  /** Name of the StorageClass. */
  readonly class: string;

  readonly size: Size;
}

/** Kinds of source that the operator makes for a cluster. */
export enum FluxSyncKind {
  GIT_REPOSITORY = 'GitRepository',
  OCI_REPOSITORY = 'OCIRepository',
  BUCKET = 'Bucket',
}

/** How Flux authenticates to the source. */
export enum FluxSyncProvider {
  /** With what is in the Secret. */
  GENERIC = 'generic',
  AWS = 'aws',
  AZURE = 'azure',
  /** For an OCIRepository or a Bucket. */
  GCP = 'gcp',
  /** A GitHub App, whose credentials are in the Secret. For a GitRepository. */
  GITHUB = 'github',
}

/**
 * The source of a cluster, and the directory in it that Flux applies: the operator makes a source and a Kustomization of the
 * same name for it.
 *
 * @see https://fluxoperator.dev/docs/crd/fluxinstance/
 */
export interface FluxSync {
  readonly kind: FluxSyncKind;

  /**
   * @default FluxSyncProvider.GENERIC
   */
  readonly provider?: FluxSyncProvider;

  /** Address of the Git or OCI repository, or endpoint of the bucket. */
  readonly url: string;

  /** Full Git reference (`refs/heads/main`), tag of the OCI artifact, or name of the bucket. */
  readonly ref: string;

  /** Directory of the cluster. */
  readonly path: string;

  /**
   * Secret with the credentials.
   *
   * @default - none: the source is public
   */
  readonly pullSecret?: string;

  /**
   * How often Flux looks for something new.
   *
   * @default Duration.minutes(1)
   */
  readonly interval?: Duration;

  /**
   * Name of the source and the Kustomization. It can never be changed.
   *
   * @default - the name of the namespace
   */
  readonly name?: string;
}
