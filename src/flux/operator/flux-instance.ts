import { ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { commonMetadataField, patchesField } from '../common-fields';
import { goDuration } from '../duration';
import {
  FluxCluster, FluxComponent, FluxDistribution, FluxSharding, FluxShardStorage, FluxStorage, FluxSync, FluxSyncKind, FluxSyncProvider,
} from './flux-instance-options';
import { FluxObject } from '../flux-object';
import { operatorMetadata } from './operator-metadata';
import { OperatorOptions } from './operator-options';
import { objectNameProblem } from '../../synth/kubernetes-names';
import { CommonMetadata } from '../common-metadata';
import { Patch } from '../patch';
import { filled } from '../reference';
import { either, urlProblem } from '../source/source-problems';

export interface FluxInstanceProps extends OperatorOptions {
  /**
   * Metadata of the object. Its name has to be `flux`.
   *
   * @default - named `flux`, in the namespace of its component, or in `flux-system` where that has none
   */
  readonly metadata?: ApiObjectMetadata;

  /** Which Flux, and from where. */
  readonly distribution: FluxDistribution;

  /**
   * The controllers.
   *
   * @default - not written; source-, kustomize-, helm- and notification-controller
   */
  readonly components?: FluxComponent[];

  /**
   * What the controllers are fitted to.
   *
   * @default - a Kubernetes cluster without tenants
   */
  readonly cluster?: FluxCluster;

  /**
   * More instances of the controllers, which share the objects by a label.
   *
   * @default - none
   */
  readonly sharding?: FluxSharding;

  /**
   * The volume of source-controller.
   *
   * @default - none: artifacts are fetched again after a restart
   */
  readonly storage?: FluxStorage;

  /**
   * Labels and annotations for every object of the operator's.
   *
   * @default - none
   */
  readonly commonMetadata?: CommonMetadata;

  /**
   * Changes to Flux's own manifests, `sync` included.
   *
   * @default - none
   */
  readonly patches?: Patch[];

  /**
   * Whether the instance is ready only once its controllers are.
   *
   * @default true
   */
  readonly wait?: boolean;

  /**
   * Whether the operator rewrites Flux's objects on the cluster to the newest version of their API after an upgrade.
   *
   * @default true
   */
  readonly migrateResources?: boolean;

  /**
   * The source of the cluster.
   *
   * @default - none: Flux runs and applies nothing
   */
  readonly sync?: FluxSync;

  /**
   * How often the operator looks for a new version of the distribution's artifact.
   *
   * @default - not written; 10 minutes
   */
  readonly reconcileArtifactEvery?: Duration;
}

/** What the operator installs where nothing is said. */
const CORE_COMPONENTS: readonly FluxComponent[] = [
  FluxComponent.SOURCE_CONTROLLER, FluxComponent.KUSTOMIZE_CONTROLLER, FluxComponent.HELM_CONTROLLER, FluxComponent.NOTIFICATION_CONTROLLER,
];

/**
 * Flux, as the Flux Operator installs it and keeps it up to date. A cluster has one, named `flux`.
 *
 * The operator reconciles it every hour and takes five minutes at most, if nothing else is said.
 *
 * @see https://fluxoperator.dev/docs/crd/fluxinstance/
 */
export class FluxInstance extends FluxObject {
  private readonly props: FluxInstanceProps;
  private readonly components: Set<FluxComponent>;

  constructor(scope: Construct, id: string, props: FluxInstanceProps) {
    super(scope, id, 'fluxcd.controlplane.io/v1', 'FluxInstance', { ...operatorMetadata(props), name: props.metadata?.name ?? 'flux' });
    this.props = props;
    this.components = new Set(props.components);
  }

  /** Installs further controllers, beside the ones that were given or the four of the default. */
  public addComponent(...components: FluxComponent[]): void {
    [...this.installed(), ...components].forEach(component => this.components.add(component));
  }

  /** Whether a controller is installed. */
  public hasComponent(component: FluxComponent): boolean {
    return this.installed().includes(component);
  }

  /** @internal */
  protected _spec(): object {
    const { distribution, cluster, sharding, storage, sync, ...props } = this.props;
    return {
      distribution: {
        version: distribution.version,
        registry: distribution.registry,
        variant: distribution.variant,
        artifact: distribution.artifact,
        artifactPullSecret: distribution.artifactPullSecret,
        imagePullSecret: distribution.imagePullSecret,
      },
      components: filled([...this.components]),
      cluster: cluster && filled({
        type: cluster.type,
        size: cluster.size,
        domain: cluster.domain,
        networkPolicy: cluster.networkPolicy,
        multitenant: cluster.multitenant,
        tenantDefaultServiceAccount: cluster.tenantDefaultServiceAccount,
        objectLevelWorkloadIdentity: cluster.objectLevelWorkloadIdentity,
        multitenantWorkloadIdentity: cluster.multitenantWorkloadIdentity,
        tenantDefaultDecryptionServiceAccount: cluster.tenantDefaultDecryptionServiceAccount,
        tenantDefaultKubeConfigServiceAccount: cluster.tenantDefaultKubeConfigServiceAccount,
      }),
      sharding: sharding && { key: sharding.key, shards: sharding.shards, storage: sharding.storage },
      storage: storage && { class: storage.class, size: storage.size.asString() },
      commonMetadata: commonMetadataField(props.commonMetadata),
      kustomize: filled({ patches: patchesField(props.patches) }),
      wait: props.wait,
      migrateResources: props.migrateResources,
      sync: sync && {
        kind: sync.kind,
        provider: sync.provider,
        url: sync.url,
        ref: sync.ref,
        path: sync.path,
        pullSecret: sync.pullSecret,
        interval: sync.interval && goDuration(sync.interval),
        name: sync.name,
      },
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { distribution: { artifact }, cluster, sharding, storage, sync } = this.props;
    return [
      ...this.name === 'flux' ? [] : [
        `is named "${this.name}"; expected "flux", the only name that the operator accepts: leave the name out.`,
      ],
      ...artifact === undefined ? [] : urlProblem(artifact, ['oci'], 'artifact'),
      ...!cluster?.multitenantWorkloadIdentity || cluster.objectLevelWorkloadIdentity ? [] : [
        'has multitenantWorkloadIdentity without objectLevelWorkloadIdentity; expected both, because a tenant\'s identity is that of an object: '
        + 'set objectLevelWorkloadIdentity, too.',
      ],
      ...sharding?.shards.length === 0 ? ['has sharding without shards; expected at least one: name it, or leave sharding out.'] : [],
      ...sharding?.storage !== FluxShardStorage.PERSISTENT || storage ? [] : [
        'has shards with persistent storage, but no storage to make their volumes like; expected storage with a class and a size: say which, '
        + 'or take FluxShardStorage.EPHEMERAL.',
      ],
      ...sync ? syncProblems(sync) : [],
    ];
  }

  private installed(): readonly FluxComponent[] {
    return this.components.size > 0 ? [...this.components] : CORE_COMPONENTS;
  }
}

/** The providers that not every kind of source has. */
const KINDS_OF_PROVIDER: { readonly [provider: string]: readonly FluxSyncKind[] } = {
  [FluxSyncProvider.GCP]: [FluxSyncKind.OCI_REPOSITORY, FluxSyncKind.BUCKET],
  [FluxSyncProvider.GITHUB]: [FluxSyncKind.GIT_REPOSITORY],
};

function syncProblems({ kind, provider = FluxSyncProvider.GENERIC, name }: FluxSync): string[] {
  const kinds = KINDS_OF_PROVIDER[provider] ?? [kind];
  // The operator gives the name to a Kustomization.
  const nameProblem = name === undefined ? undefined : objectNameProblem('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', name);
  return [
    ...kinds.includes(kind) ? [] : [
      `syncs a ${kind} with the provider "${provider}"; expected the kind ${either(kinds)} with it: correct the kind, or name another provider.`,
    ],
    ...nameProblem === undefined ? [] : [nameProblem],
  ];
}
