import { ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { isClusterScoped } from '../../synth/cluster-scoped';
import { changedNames } from '../../synth/kustomize-names';
import { variableNameProblem } from '../../synth/substitution';
import { commonMetadataField, healthCheckExprsField, ignoreField, kubeConfigField, patchesField, repeatedExpressions } from '../common-fields';
import { dependencyComments, eachOnce, readyExprProblem } from '../dependency';
import { goDuration } from '../duration';
import { FLUX_NAMESPACE } from '../flux-namespace';
import { FluxObject } from '../flux-object';
import { HealthCheck, ObjectReference } from '../health-check';
import { HealthCheckExpression } from '../health-check-expression';
import { Decryption, KustomizationOptions } from './kustomization-options';
import { PostBuild } from './post-build';
import { ProvidedApi } from '../provided-api';
import { filled, list, sourceRef } from '../reference';
import { ISource, Source } from '../source/source';

/** A Kustomization, made by the program or known by its name. */
export interface IKustomization {
  readonly kustomizationName: string;
  readonly kustomizationNamespace: string;
}

/** What a Kustomization waits for before it is applied. */
export interface KustomizationDependencyOptions {
  /**
   * Why; becomes the comment behind the entry.
   *
   * @default - no comment
   */
  readonly because?: string;

  /**
   * CEL expression over `self` and `dep` that says when the dependency is ready, instead of Flux's own checks.
   *
   * @default - the dependency's `Ready` condition, and for the same source its revision
   */
  readonly readyExpr?: string;
}

/** An entry of `dependsOn`. */
export interface KustomizationDependency extends KustomizationDependencyOptions {
  readonly on: IKustomization;
}

export interface KustomizationProps extends KustomizationOptions {
  /**
   * Metadata of the object.
   *
   * @default - named like the construct, in `flux-system`
   */
  readonly metadata?: ApiObjectMetadata;

  /** Directory in the source, for example `./security/base/epis`. */
  readonly path: string;

  /** @default - none */
  readonly dependsOn?: KustomizationDependency[];

  /**
   * The APIs whose definitions the directory holds, where nothing in this repository tells.
   *
   * @default - none
   */
  readonly provides?: ProvidedApi[];
}

/**
 * Flux's Kustomization: applies a directory of a source to the cluster, and keeps it applied.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export class Kustomization extends FluxObject implements IKustomization {
  /** The namespace that Flux runs in, and Kustomizations live in if nothing else is said. */
  public static readonly DEFAULT_NAMESPACE = FLUX_NAMESPACE;

  /** A Kustomization that the program does not make. */
  public static fromName(name: string, namespace: string = Kustomization.DEFAULT_NAMESPACE): IKustomization {
    return { kustomizationName: name, kustomizationNamespace: namespace };
  }

  private readonly props: KustomizationProps;
  private readonly dependencies: KustomizationDependency[];
  private readonly healthChecks: HealthCheck[];
  private readonly healthCheckExprs: HealthCheckExpression[];

  constructor(scope: Construct, id: string, props: KustomizationProps) {
    // Not the component's namespace: sources and dependencies are looked for beside the Kustomization.
    super(scope, id, 'kustomize.toolkit.fluxcd.io/v1', 'Kustomization', {
      namespace: FLUX_NAMESPACE,
      ...props.metadata,
      labels: { ...props.metadata?.labels, ...props.shard === undefined ? {} : { 'sharding.fluxcd.io/key': props.shard } },
    });
    this.props = props;
    this.dependencies = [...props.dependsOn ?? []];
    this.healthChecks = [...props.healthChecks ?? []];
    this.healthCheckExprs = [...props.healthCheckExprs ?? []];
  }

  public get kustomizationName(): string {
    return this.name;
  }

  public get kustomizationNamespace(): string {
    return this.namespace;
  }

  /** Directory in the source. */
  public get path(): string {
    return this.props.path;
  }

  /** The APIs whose definitions it applies, as far as they were said. */
  public get providedApis(): ProvidedApi[] {
    return [...this.props.provides ?? []];
  }

  /** Applies this Kustomization only when another is ready. */
  public addDependency(kustomization: IKustomization, options: KustomizationDependencyOptions = {}): void {
    this.dependencies.push({ on: kustomization, ...options });
  }

  /** Makes readiness wait for an object's health. */
  public addHealthCheck(...healthChecks: HealthCheck[]): void {
    this.healthChecks.push(...healthChecks);
  }

  /** Says how the health of a kind is judged. */
  public addHealthCheckExpression(...expressions: HealthCheckExpression[]): void {
    this.healthCheckExprs.push(...expressions);
  }

  /** Health checks as they are written; a subclass adds its own. @internal */
  protected _healthChecks(): HealthCheck[] {
    return this.healthChecks;
  }

  /** Expressions as they are written; a subclass adds its own. @internal */
  protected _healthCheckExpressions(): HealthCheckExpression[] {
    return this.healthCheckExprs;
  }

  /** The source as it is written; a subclass knows another default. @internal */
  public _source(): ISource {
    return this.props.source ?? Source.git(FLUX_NAMESPACE, FLUX_NAMESPACE);
  }

  /** Substitution as the object is written; a subclass adds what it knows. @internal */
  protected _postBuild(): PostBuild | undefined {
    return this.props.postBuild;
  }

  /** Dependencies as they are written, each once. @internal */
  public _dependencies(): KustomizationDependency[] {
    return eachOnce(this.dependencies, ({ on }) => `${on.kustomizationNamespace}/${on.kustomizationName}`);
  }

  /** Objects whose health is checked, in the order of their entries, each once. @internal */
  public _healthCheckReferences(): ObjectReference[] {
    const references = this._healthChecks().flatMap(check =>
      check._ofProgram ? check.references().map(reference => this._applied(reference)) : check.references());
    return [...new Map(references.map(reference => [JSON.stringify(reference), reference])).values()];
  }

  /** An object of the path as Flux applies it: with the namespace, prefix and suffix of the Kustomization. @internal */
  public _applied(reference: ObjectReference): ObjectReference {
    const { namePrefix, nameSuffix, targetNamespace } = this.props;
    const { apiVersion, kind } = reference;
    const { name, namespace } = changedNames(reference, { namespace: targetNamespace, namePrefix, nameSuffix });
    return { apiVersion, kind, name, namespace: isClusterScoped(apiVersion, kind) ? undefined : namespace };
  }

  /** The reasons of the dependencies. @internal */
  protected _comments(): Record<string, string> {
    return dependencyComments(this._dependencies());
  }

  /** @internal */
  protected _problems(): string[] {
    const expressions = this._healthCheckExpressions();
    return [
      ...expressions.flatMap(expression => expression.validate()),
      ...repeatedExpressions(expressions),
      ...this._dependencies().flatMap(({ on, readyExpr }) =>
        readyExprProblem(on.kustomizationName, readyExpr, 'dep.status.lastAppliedRevision == self.status.lastAppliedRevision')),
      ...Object.keys(this.props.postBuild?.substitute ?? {}).flatMap(name => variableNameProblem(name) ?? []),
    ];
  }

  /** @internal */
  protected _spec(): object {
    const { props } = this;
    const postBuild = this._postBuild();
    return {
      interval: goDuration(props.interval ?? Duration.minutes(10)),
      retryInterval: props.retryInterval && goDuration(props.retryInterval),
      timeout: props.timeout && goDuration(props.timeout),
      path: this.path,
      prune: props.prune ?? true,
      wait: props.wait,
      force: props.force,
      deletionPolicy: props.deletionPolicy,
      suspend: props.suspend,
      sourceRef: sourceRef(this._source().sourceReference, this.namespace),
      dependsOn: list(this._dependencies(), dependency => ({
        name: dependency.on.kustomizationName,
        namespace: dependency.on.kustomizationNamespace === this.kustomizationNamespace ? undefined : dependency.on.kustomizationNamespace,
        readyExpr: dependency.readyExpr,
      })),
      healthChecks: list(this._healthCheckReferences(), check => ({
        apiVersion: check.apiVersion, kind: check.kind, name: check.name, namespace: check.namespace,
      })),
      healthCheckExprs: healthCheckExprsField(this._healthCheckExpressions()),
      serviceAccountName: props.serviceAccountName,
      kubeConfig: kubeConfigField(props.kubeConfig),
      decryption: props.decryption && decryption(props.decryption),
      targetNamespace: props.targetNamespace,
      namePrefix: props.namePrefix,
      nameSuffix: props.nameSuffix,
      commonMetadata: commonMetadataField(props.commonMetadata),
      buildMetadata: filled(props.buildMetadata),
      components: filled(props.kustomizeComponents),
      ignoreMissingComponents: props.ignoreMissingComponents,
      images: filled(props.images),
      patches: patchesField(props.patches),
      postBuild: postBuild && filled({
        substitute: filled(postBuild.substitute),
        substituteFrom: list(postBuild.substituteFrom, ({ kind, name, optional }) => ({ kind, name, optional })),
        substituteStrategy: postBuild.substituteStrategy,
      }),
      ignore: ignoreField(props.ignore),
    };
  }
}

function decryption(options: Decryption): object {
  return {
    provider: 'sops',
    secretRef: options.secretName ? { name: options.secretName } : undefined,
    serviceAccountName: options.serviceAccountName,
  };
}
