import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { neverPruned } from './never-pruned';
import * as flux from '../../flux';
import { Area, Component, Variable } from '../../platform';
import { IMetricsSource, MetricsEndpoint, MetricsTarget } from '../observability/metrics-endpoint';
import { ExternalSecret, ISecretReference } from '../security/external-secret';
import { SecretSource } from '../security/secret-source';
import { System } from '../system';

const NAMESPACE = 'flux-system';

const CORE = [
  flux.FluxComponent.SOURCE_CONTROLLER, flux.FluxComponent.KUSTOMIZE_CONTROLLER, flux.FluxComponent.HELM_CONTROLLER,
  flux.FluxComponent.NOTIFICATION_CONTROLLER,
];

export interface FluxInstanceProps {
  /** URL of the repository: `https://github.com/acme/platform`. */
  readonly repositoryUrl: string;

  /**
   * Branch that Flux follows.
   *
   * @default 'main'
   */
  readonly branch?: string;

  /**
   * Directory of the cluster in the repository.
   *
   * @default - `clusters/<cluster_name>`
   */
  readonly path?: string;

  /**
   * How often Flux looks for a new commit.
   *
   * @default - 1 minute, which the operator takes
   */
  readonly interval?: Duration;

  /**
   * Secret with the credentials for the repository: those of a GitHub App as `githubAppID`, `githubAppPrivateKey` and
   * `githubAppInstallationOwner` or `githubAppInstallationID`. It has to be there before Flux can fetch anything; one that comes from a
   * store is kept as the store has it from then on.
   *
   * @default - none: the repository is public
   */
  readonly pullSecret?: SecretSource;

  /**
   * Name of that Secret, where it comes from a store.
   *
   * @default 'flux-system'
   */
  readonly pullSecretName?: string;

  /**
   * How Flux authenticates to the repository.
   *
   * @default - `GITHUB`, a GitHub App, with a `pullSecret`; otherwise not at all
   */
  readonly provider?: flux.FluxSyncProvider;

  /**
   * The controllers.
   *
   * @default - source-, kustomize-, helm- and notification-controller
   */
  readonly components?: flux.FluxComponent[];

  /**
   * Whether the controllers run that write new versions of images to the repository.
   *
   * @default false
   */
  readonly imageAutomation?: boolean;

  /**
   * Whether the controller runs that splits a source into artifacts.
   *
   * @default false
   */
  readonly sourceWatcher?: boolean;

  /**
   * Version of Flux, or a range that the operator follows.
   *
   * @default - that of `System.FLUX`: `versions` of the platform says another
   */
  readonly version?: string;

  /**
   * Registry of the images.
   *
   * @default 'ghcr.io/fluxcd'
   */
  readonly registry?: string;

  /**
   * Who built the images, and on what.
   *
   * @default - the operator's choice
   */
  readonly variant?: flux.FluxVariant;

  /**
   * `oci://` address of the artifact with Flux's manifests.
   *
   * @default - the manifests that the operator brings
   */
  readonly artifact?: string;

  /**
   * Secret in `flux-system` to pull the images with, of the type `kubernetes.io/dockerconfigjson`.
   *
   * @default - none: the images are public
   */
  readonly imagePullSecret?: ISecretReference;

  /**
   * Where the cluster runs.
   *
   * @default FluxClusterType.AWS
   */
  readonly type?: flux.FluxClusterType;

  /**
   * How much the controllers do at the same time.
   *
   * @default FluxClusterSize.MEDIUM
   */
  readonly size?: flux.FluxClusterSize;

  /**
   * Whether network policies keep others out of `flux-system`, except for metrics and webhooks.
   *
   * @default true
   */
  readonly networkPolicy?: boolean;

  /**
   * Whether tenants are kept apart. Every layer has to act as a ServiceAccount then, see `LayerAccount`, and objects refer to nothing in
   * other namespaces.
   *
   * @default false
   */
  readonly multitenant?: boolean;

  /**
   * ServiceAccount that acts for what names none. With `multitenant`.
   *
   * @default - `default`, which the operator takes
   */
  readonly tenantDefaultServiceAccount?: string;

  /**
   * More instances of the controllers, which share the objects by a label.
   *
   * @default - none
   */
  readonly sharding?: flux.FluxSharding;

  /**
   * The volume of source-controller.
   *
   * @default - none: artifacts are fetched again after a restart
   */
  readonly storage?: flux.FluxStorage;

  /**
   * Changes to Flux's own manifests.
   *
   * @default - none
   */
  readonly patches?: flux.Patch[];
}

/**
 * Flux itself, as the Flux Operator installs it: its controllers, and this repository as what it reconciles. It stays on the cluster when
 * it leaves the repository.
 *
 * @see https://fluxoperator.dev/docs/crd/fluxinstance/
 */
export class FluxInstance extends Component implements IMetricsSource {
  /** The FluxInstance. */
  public readonly instance: flux.FluxInstance;

  /** Name of the Secret with the credentials for the repository. */
  public readonly pullSecretName?: string;

  private readonly shards: string[];

  constructor(scope: Construct, id: string, props: FluxInstanceProps) {
    super(scope, id, { area: Area.FLUX, namespace: NAMESPACE });
    this.shards = [...props.sharding?.shards ?? []];
    this.pullSecretName = this.bindPullSecret(props);
    this.instance = new flux.FluxInstance(this, 'flux', {
      distribution: {
        version: props.version ?? System.FLUX.versions(this).app!,
        registry: props.registry ?? 'ghcr.io/fluxcd',
        variant: props.variant,
        artifact: props.artifact,
        imagePullSecret: props.imagePullSecret?.secretName,
      },
      components: componentsOf(props),
      cluster: {
        type: props.type ?? flux.FluxClusterType.AWS,
        size: props.size ?? flux.FluxClusterSize.MEDIUM,
        networkPolicy: props.networkPolicy ?? true,
        multitenant: props.multitenant,
        tenantDefaultServiceAccount: props.tenantDefaultServiceAccount,
      },
      sharding: props.sharding,
      storage: props.storage,
      patches: props.patches,
      sync: this.syncOf(props),
    });
    neverPruned(this.instance);
    this.declare({
      objects: [
        ...this.deployments.map(deployment => ({ apiVersion: 'apps/v1', kind: 'Deployment', name: deployment, namespace: NAMESPACE })),
        { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', name: NAMESPACE, namespace: NAMESPACE },
      ],
      by: [this.instance],
    });
    this.node.addValidation({ validate: () => problems(props) });
  }

  public get metricsEndpoints(): MetricsEndpoint[] {
    return this.deployments.map(deployment => ({
      name: deployment, target: MetricsTarget.POD, namespace: NAMESPACE, matchLabels: { app: deployment }, port: 'http-prom',
    }));
  }

  /** Each controller, and its instance for each shard; notification-controller has none. */
  private get deployments(): string[] {
    return Object.values(flux.FluxComponent).filter(component => this.instance.hasComponent(component)).flatMap(component => {
      const shards = component === flux.FluxComponent.NOTIFICATION_CONTROLLER ? [] : this.shards;
      return [component, ...shards.map(shard => `${component}-${shard}`)];
    });
  }

  private bindPullSecret({ pullSecret, pullSecretName, provider = flux.FluxSyncProvider.GITHUB }: FluxInstanceProps): string | undefined {
    const keys = provider === flux.FluxSyncProvider.GITHUB ? ['githubAppID', 'githubAppPrivateKey'] : [];
    const name = pullSecret?._bind(this, 'pull-secret', { name: pullSecretName ?? NAMESPACE, keys });
    const made = this.node.tryFindChild('pull-secret');
    if (made instanceof ExternalSecret) {
      // The Secret goes with it, and Flux could fetch nothing any more.
      neverPruned(made);
    }
    return name;
  }

  private syncOf({ provider, repositoryUrl, branch, path, interval }: FluxInstanceProps): flux.FluxSync {
    return {
      kind: flux.FluxSyncKind.GIT_REPOSITORY,
      provider: provider ?? (this.pullSecretName === undefined ? undefined : flux.FluxSyncProvider.GITHUB),
      url: repositoryUrl,
      ref: `refs/heads/${branch ?? 'main'}`,
      path: path ?? `clusters/${Variable.of('cluster_name')}`,
      pullSecret: this.pullSecretName,
      interval,
    };
  }
}

function componentsOf({ components = CORE, imageAutomation, sourceWatcher }: FluxInstanceProps): flux.FluxComponent[] {
  return [...new Set([
    ...components,
    ...imageAutomation ? [flux.FluxComponent.IMAGE_REFLECTOR_CONTROLLER, flux.FluxComponent.IMAGE_AUTOMATION_CONTROLLER] : [],
    ...sourceWatcher ? [flux.FluxComponent.SOURCE_WATCHER] : [],
  ])];
}

function problems(props: FluxInstanceProps): string[] {
  const { provider, pullSecret, pullSecretName, components = CORE, multitenant, tenantDefaultServiceAccount } = props;
  const needed = [flux.FluxComponent.SOURCE_CONTROLLER, flux.FluxComponent.KUSTOMIZE_CONTROLLER];
  const missing = needed.filter(component => !components.includes(component));
  return [
    ...missing.length === 0 ? [] : [
      `Flux is installed without ${missing.join(' and ')}, so it cannot fetch and apply this repository; expected source-controller and kustomize-controller `
      + 'among its components: name them, too.',
    ],
    ...provider !== flux.FluxSyncProvider.GITHUB || pullSecret ? [] : [
      'Flux is to fetch the repository as a GitHub App whose credentials it does not have; expected a Secret with them: name it in pullSecret, or leave provider out.',
    ],
    ...pullSecretName === undefined || pullSecret ? [] : [
      `Flux is given the name "${pullSecretName}" for a Secret that nothing says the contents of; expected pullSecret with it: say where the credentials come from.`,
    ],
    ...multitenant || tenantDefaultServiceAccount === undefined ? [] : [
      `Flux is given the ServiceAccount "${tenantDefaultServiceAccount}" for tenants that it does not keep apart; expected multitenant with it: set that, too, or leave `
      + 'tenantDefaultServiceAccount out.',
    ],
  ];
}
