import { ApiObject, Duration, Lazy, Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import { Construct, IConstruct } from 'constructs';
import { AwsService } from './aws-service';
import { Composition } from './composition';
import { CrossplaneFunction } from './crossplane-function';
import { awsResourcesBelow, isAwsGroup, ManagedResource } from './managed-resource';
import { goDuration } from '../../flux/duration';
import { Area, Component } from '../../platform';
import { resourceValues, RESTRICTED_POD, usualResources, Values } from '../helm/values';
import { IMetricsSource, MetricsEndpoint, MetricsTarget } from '../observability/metrics-endpoint';
import { ServiceAccountReference } from '../pod-identity/service-account-reference';
import { System } from '../system';

const PROVIDERS = Symbol.for('cdk8s-strata.CrossplaneProviders');

/**
 * The package that every AWS provider needs, for the configuration of access to AWS. Crossplane would install it by itself, under this
 * name and at a version of its choice.
 */
const FAMILY = { object: 'crossplane-contrib-provider-family-aws', name: 'provider-family-aws', group: 'aws.m.upbound.io' };

export interface CrossplaneProvidersProps {
  /**
   * Namespace of Crossplane, in which its packages run.
   *
   * @default 'crossplane-system'
   */
  readonly namespace?: string;

  /**
   * AWS services whose provider is installed.
   *
   * @default - IAM and EKS: what pod identities need
   */
  readonly services?: AwsService[];

  /**
   * Functions that Compositions run.
   *
   * @default - auto-ready, environment-configs and go-templating
   */
  readonly functions?: CrossplaneFunction[];

  /**
   * Further managed resources that are activated.
   *
   * @default - those that Compositions say they are composed of, and those that are objects of the platform's components
   */
  readonly activate?: ManagedResource[];

  /**
   * Resources of each AWS provider.
   *
   * @default - 50m CPU and 256Mi of memory, at most 1Gi
   */
  readonly resources?: ContainerResources;

  /**
   * Resources of each function.
   *
   * @default - 20m CPU and 64Mi of memory, at most 256Mi
   */
  readonly functionResources?: ContainerResources;

  /**
   * How often each resource is compared with AWS.
   *
   * @default - the providers' own: ten minutes
   */
  readonly pollInterval?: Duration;

  /**
   * How many resources a provider compares with AWS in a second, at most.
   *
   * @default - the providers' own: 100
   */
  readonly maxReconcileRate?: number;
}

/**
 * Crossplane's AWS providers, the functions that Compositions run, and what is active of the providers' APIs.
 *
 * @see https://docs.crossplane.io/latest/packages/providers/
 */
export class CrossplaneProviders extends Component implements IMetricsSource {
  /** ServiceAccount, in Crossplane's namespace, that the AWS providers run as. Something outside the cluster gives it rights on AWS. */
  public static readonly SERVICE_ACCOUNT = 'provider-aws';

  /** Whether a construct is the providers of a platform. */
  public static isCrossplaneProviders(construct: IConstruct): construct is CrossplaneProviders {
    return PROVIDERS in construct;
  }

  /** The ServiceAccount that the AWS providers run as. */
  public readonly serviceAccount: ServiceAccountReference;

  private readonly packagesNamespace: string;
  private readonly services: AwsService[];
  private readonly functions: CrossplaneFunction[];
  private readonly activated: ManagedResource[];

  constructor(scope: Construct, id: string, props: CrossplaneProvidersProps = {}) {
    super(scope, id, { area: Area.INFRASTRUCTURE });
    Object.defineProperty(this, PROVIDERS, { value: true });
    const { AUTO_READY, ENVIRONMENT_CONFIGS, GO_TEMPLATING } = CrossplaneFunction;
    this.packagesNamespace = props.namespace ?? 'crossplane-system';
    this.services = props.services ?? [AwsService.IAM, AwsService.EKS];
    this.functions = props.functions ?? [AUTO_READY, ENVIRONMENT_CONFIGS, GO_TEMPLATING];
    this.activated = props.activate ?? [];
    this.serviceAccount = ServiceAccountReference.fromName(CrossplaneProviders.SERVICE_ACCOUNT, this.packagesNamespace);
    if (this.services.length > 0) {
      this.addAwsProviders(props);
    }
    if (this.functions.length > 0) {
      this.addFunctions(props.functionResources);
    }
    this.node.addValidation({ validate: () => this.problems() });
  }

  public get metricsEndpoints(): MetricsEndpoint[] {
    return this.providerNames().map(name => ({
      name, target: MetricsTarget.POD, namespace: this.packagesNamespace, matchLabels: { 'pkg.crossplane.io/provider': name }, port: 'metrics',
    }));
  }

  private addAwsProviders(props: CrossplaneProvidersProps): void {
    const runtimeConfigRef = this.addRuntime('provider-aws', {
      resources: props.resources ?? usualResources(Cpu.millis(50), Size.mebibytes(256), Size.gibibytes(1)), args: argumentsOf(props),
    }, { serviceAccountTemplate: { metadata: { name: CrossplaneProviders.SERVICE_ACCOUNT } } });
    const packageOf = (name: string) => System.CROSSPLANE_PROVIDER_AWS.package(this, name);
    const family = this.addPackage('Provider', FAMILY.object, packageOf(FAMILY.name), runtimeConfigRef);
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', name: this.serviceAccount.name, namespace: this.packagesNamespace };
    this.declare({ objects: [account], apis: [{ group: FAMILY.group }], controllers: [FAMILY.group], by: [family] });
    for (const { providerName, group } of this.services) {
      const provider = this.addPackage('Provider', providerName, packageOf(providerName), runtimeConfigRef);
      this.declare({ apis: [{ group }], controllers: [group], by: [provider] });
    }
    new ApiObject(this, 'activation', {
      apiVersion: 'apiextensions.crossplane.io/v1alpha1',
      kind: 'ManagedResourceActivationPolicy',
      metadata: { name: 'provider-aws' },
      // What is used is only known when all of the platform is said.
      spec: Lazy.any({ produce: () => ({ activate: this.activations() }) }),
    });
  }

  private addFunctions(resources: ContainerResources = usualResources(Cpu.millis(20), Size.mebibytes(64), Size.mebibytes(256))): void {
    const runtimeConfigRef = this.addRuntime('function', { resources });
    this.functions.forEach(({ name, _packageIn }) => this.addPackage('Function', name, _packageIn(this), runtimeConfigRef));
  }

  /** How Crossplane runs packages: as it does by itself, and as Pod Security's `restricted` wants it. */
  private addRuntime(name: string, { resources, args }: { resources: ContainerResources; args?: string[] }, others: Values = {}): Values {
    const container = { name: 'package-runtime', args, resources: resourceValues(resources), securityContext: RESTRICTED_PACKAGE };
    new ApiObject(this, `runtime-${name}`, {
      apiVersion: 'pkg.crossplane.io/v1beta1',
      kind: 'DeploymentRuntimeConfig',
      metadata: { name },
      spec: {
        ...others,
        deploymentTemplate: {
          spec: { selector: {}, template: { spec: { securityContext: { ...RESTRICTED_POD, ...PACKAGE_USER }, containers: [container] } } },
        },
      },
    });
    return { name };
  }

  private addPackage(kind: string, name: string, source: string, runtimeConfigRef: Values): ApiObject {
    return new ApiObject(this, name, { apiVersion: 'pkg.crossplane.io/v1', kind, metadata: { name }, spec: { package: source, runtimeConfigRef } });
  }

  private providerNames(): string[] {
    return this.services.length === 0 ? [] : [FAMILY.object, ...this.services.map(({ providerName }) => providerName)];
  }

  /** Names of the definitions that are activated, of the services whose provider is here. */
  private activations(): string[] {
    const provided = this.usedResources().filter(({ group }) => !isAwsGroup(group) || this.hasProviderOf(group));
    return [...new Set(provided.map(({ definitionName }) => definitionName))].sort();
  }

  private usedResources(): ManagedResource[] {
    return [...this.activated, ...this.compositions().flatMap(composition => composition.composes), ...awsResourcesBelow(this.node.root)];
  }

  private compositions(): Composition[] {
    return this.node.root.node.findAll().filter(Composition.isComposition);
  }

  private hasProviderOf(group: string): boolean {
    return this.services.some(service => service.group === group);
  }

  /** What is used without being installed. A platform with providers of several kinds has some of it elsewhere. */
  private problems(): string[] {
    const nothing = this.services.length > 0 && this.activations().length === 0 ? [
      `the providers of ${this.node.path} are installed and nothing uses them; expected a managed resource that is active: name it with activate, `
        + 'or install none with services: [].',
    ] : [];
    const others = this.node.root.node.findAll().filter(CrossplaneProviders.isCrossplaneProviders);
    return others.length > 1 ? nothing : [...nothing, ...this.missingProviders(), ...this.missingFunctions()];
  }

  private missingProviders(): string[] {
    const missing = this.usedResources().filter(({ group }) => isAwsGroup(group) && !this.hasProviderOf(group));
    return [...new Map(missing.map(({ group, definitionName }) => [group, definitionName]))].map(([group, definitionName]) =>
      `${this.node.path} has no provider for ${definitionName}, which the platform uses; expected one of every service that is used: `
      + `add ${group.split('.')[0]} to services.`);
  }

  private missingFunctions(): string[] {
    const installed = new Set(this.functions.map(({ name }) => name));
    return this.compositions().flatMap(composition => composition.steps.filter(step => !installed.has(step.runs.name)).map(step =>
      `${this.node.path} has no function ${step.runs.name}, which the step ${step.name} of the Composition ${composition.name} runs; expected every `
        + 'function that runs: add it to functions.'));
  }
}

/** As Crossplane runs a package where nothing else is said. */
const PACKAGE_USER = { runAsUser: 2000, runAsGroup: 2000 };

const RESTRICTED_PACKAGE = { allowPrivilegeEscalation: false, privileged: false, capabilities: { drop: ['ALL'] } };

function argumentsOf({ pollInterval, maxReconcileRate }: CrossplaneProvidersProps): string[] | undefined {
  const args = [
    ...pollInterval === undefined ? [] : [`--poll=${goDuration(pollInterval)}`],
    ...maxReconcileRate === undefined ? [] : [`--max-reconcile-rate=${maxReconcileRate}`],
  ];
  return args.length === 0 ? undefined : args;
}
