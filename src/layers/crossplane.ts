import { GroupVersionKind } from 'cdk8s';
import { HealthCheck, HealthCheckExpression, KustomizationOptions, ObjectReference } from '../flux';
import { Area, Cluster, Component, Layer, LayerProps, Stage } from '../platform';

const PROVIDER = { apiVersion: 'pkg.crossplane.io/v1', kind: 'Provider' };
const FUNCTION = { apiVersion: 'pkg.crossplane.io/v1', kind: 'Function' };
const DEFINITION = { apiVersion: 'apiextensions.crossplane.io/v2', kind: 'CompositeResourceDefinition' };

export interface CrossplaneProps extends LayerProps {
  /**
   * Crossplane's providers and functions. They need the controller, and get a stage of their own: `<id>-providers`.
   *
   * @default - none
   */
  readonly providers?: Component[];

  /**
   * What needs the APIs that the providers install: provider configurations, XRDs, Compositions, EnvironmentConfigs. They get
   * a stage of their own: `<id>-configuration`.
   *
   * @default - none
   */
  readonly configuration?: Component[];

  /**
   * The controller, whose health says that Crossplane runs.
   *
   * @default - the Deployment `crossplane` in `crossplane-system`
   */
  readonly controller?: ObjectReference;
}

/**
 * Crossplane, in up to three stages: the controller, its packages, and what is configured with their APIs. Each needs
 * what the one before it installs while it runs, and Flux dry-runs a whole Kustomization before it applies any of it.
 */
export class Crossplane extends Layer {
  /** Providers and functions; none where the layer was given none. */
  public readonly providersStage?: Stage;

  /** What is configured; none where the layer was given nothing of it. */
  public readonly configurationStage?: Stage;

  /**
   * @param cluster where the layer runs
   * @param id name of the layer and of its first Kustomization
   * @param props its components, what it depends on, and every field of the first Kustomization
   */
  constructor(cluster: Cluster, id: string, props: CrossplaneProps = {}) {
    const controller = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'crossplane', namespace: 'crossplane-system' };
    const gate = props.wait ? undefined : [HealthCheck.of(props.controller ?? controller)];
    super(cluster, id, { ...props, area: props.area ?? Area.INFRASTRUCTURE, healthChecks: props.healthChecks ?? gate });
    const { providers = [], configuration = [] } = props;
    if (providers.length > 0) {
      this.providersStage = this.addStage(`${id}-providers`, {
        ...stageOptions(props), components: providers, because: 'packages are installed by the controller',
      });
      // A package has no condition Ready, and would count as healthy at once.
      addGates(this.providersStage, [PROVIDER, FUNCTION], HealthCheckExpression.healthy);
    }
    if (configuration.length > 0) {
      this.configurationStage = this.addStage(`${id}-configuration`, {
        ...stageOptions(props), components: configuration, because: providers.length > 0 ? 'APIs of the providers' : 'APIs of Crossplane',
      });
      addGates(this.configurationStage, [DEFINITION], HealthCheckExpression.established);
    }
  }
}

/** Makes a stage ready only once its objects of these kinds are. */
function addGates(stage: Stage, kinds: readonly GroupVersionKind[], judge: (apiVersion: string, kind: string) => HealthCheckExpression): void {
  kinds.forEach(({ apiVersion, kind }) => stage.addGate(apiVersion, kind, judge(apiVersion, kind)));
}

/** What was said of the first stage and holds for the others. */
function stageOptions(props: CrossplaneProps): KustomizationOptions {
  const { interval, retryInterval, timeout, prune, suspend, source, serviceAccountName, kubeConfig, decryption, commonMetadata, shard } = props;
  return { interval, retryInterval, timeout, prune, suspend, source, serviceAccountName, kubeConfig, decryption, commonMetadata, shard };
}
