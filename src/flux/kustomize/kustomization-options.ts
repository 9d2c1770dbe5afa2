import { Duration } from 'cdk8s';
import { CommonMetadata } from '../common-metadata';
import { HealthCheck } from '../health-check';
import { HealthCheckExpression } from '../health-check-expression';
import { IgnoreRule } from '../ignore-rule';
import { ImageOverride } from '../image-override';
import { KubeConfig } from '../kube-config';
import { Patch } from '../patch';
import { PostBuild } from './post-build';
import { ISource } from '../source/source';

/** What becomes of the objects when their Kustomization is deleted. */
export enum DeletionPolicy {
  /** Deletes them if `prune` is on. */
  MIRROR_PRUNE = 'MirrorPrune',
  DELETE = 'Delete',
  /** Deletes them and waits, up to the timeout, until they are gone. */
  WAIT_FOR_TERMINATION = 'WaitForTermination',
  ORPHAN = 'Orphan',
}

/** Annotations that kustomize writes on every object it builds. */
export enum BuildMetadata {
  ORIGIN_ANNOTATIONS = 'originAnnotations',
  TRANSFORMER_ANNOTATIONS = 'transformerAnnotations',
}

/** How encrypted manifests are decrypted, with SOPS. */
export interface Decryption {
  /**
   * Secret with the private keys, in the namespace of the Kustomization.
   *
   * @default - none: keys of a cloud's key service, through the identity of the controller or the ServiceAccount
   */
  readonly secretName?: string;

  /**
   * ServiceAccount whose identity reaches the key service. Needs the feature gate `ObjectLevelWorkloadIdentity`.
   *
   * @default - the identity of the controller
   */
  readonly serviceAccountName?: string;
}

/** What can be said of every Kustomization, whoever decides on its path and its dependencies. */
export interface KustomizationOptions {
  /**
   * How often Flux applies the manifests again, and corrects what drifted. Flux recommends a minute or more.
   *
   * @default Duration.minutes(10)
   */
  readonly interval?: Duration;

  /**
   * How soon Flux tries again after a failure.
   *
   * @default - the interval
   */
  readonly retryInterval?: Duration;

  /**
   * How long Flux waits for health.
   *
   * @default - 30 seconds less than the interval, at least 30 seconds
   */
  readonly timeout?: Duration;

  /**
   * Whether Flux deletes objects that left the repository.
   *
   * @default true
   */
  readonly prune?: boolean;

  /**
   * Whether the Kustomization is ready only once everything that it applied is healthy. Flux ignores `healthChecks` then.
   *
   * @default false
   */
  readonly wait?: boolean;

  /**
   * Objects that have to be healthy before the Kustomization is ready.
   *
   * @default - none: ready as soon as everything is applied
   */
  readonly healthChecks?: HealthCheck[];

  /**
   * How the health of kinds is judged that have no `Ready` condition, or another meaning of it.
   *
   * @default - none
   */
  readonly healthCheckExprs?: HealthCheckExpression[];

  /**
   * Whether Flux deletes and recreates an object where a change is refused as immutable. It does so for every invalid
   * manifest, too: the object is gone and does not come back.
   *
   * @default false
   */
  readonly force?: boolean;

  /**
   * What becomes of the objects when the Kustomization is deleted.
   *
   * @default DeletionPolicy.MIRROR_PRUNE
   */
  readonly deletionPolicy?: DeletionPolicy;

  /**
   * Whether Flux leaves the Kustomization alone.
   *
   * @default false
   */
  readonly suspend?: boolean;

  /**
   * Where the manifests come from.
   *
   * @default - the source of the platform, which is the GitRepository `flux-system` if nothing is said
   */
  readonly source?: ISource;

  /**
   * Namespace for every object. Flux does not make it.
   *
   * @default - the objects' own
   */
  readonly targetNamespace?: string;

  /** @default - none */
  readonly namePrefix?: string;

  /** @default - none */
  readonly nameSuffix?: string;

  /** @default - none */
  readonly commonMetadata?: CommonMetadata;

  /**
   * Changes to what the path builds.
   *
   * @default - none
   */
  readonly patches?: Patch[];

  /** @default - none */
  readonly images?: ImageOverride[];

  /**
   * kustomize components: relative paths from the Kustomization's path.
   *
   * @default - none
   */
  readonly kustomizeComponents?: string[];

  /**
   * Whether a component that does not exist is passed over.
   *
   * @default false
   */
  readonly ignoreMissingComponents?: boolean;

  /**
   * Needs Flux 2.9.
   *
   * @default - none
   */
  readonly buildMetadata?: BuildMetadata[];

  /** @default - none */
  readonly postBuild?: PostBuild;

  /** @default - none: drift is corrected in every field */
  readonly ignore?: IgnoreRule[];

  /** @default - none */
  readonly decryption?: Decryption;

  /**
   * ServiceAccount, in the namespace of the Kustomization, that Flux acts as.
   *
   * @default - the controller's own
   */
  readonly serviceAccountName?: string;

  /**
   * Shard of kustomize-controller that reconciles the Kustomization: the label `sharding.fluxcd.io/key`. A shard that the
   * FluxInstance does not have reconciles nothing, and says nothing.
   *
   * @default - none: the main controller
   */
  readonly shard?: string;

  /** @default - the cluster that Flux runs on */
  readonly kubeConfig?: KubeConfig;
}
