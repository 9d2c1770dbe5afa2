import { ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { celConditionError, celSyntaxError } from './cel';
import { goDuration } from './duration';
import { FLUX_NAMESPACE } from './flux-namespace';
import { FluxObject } from './flux-object';
import { HealthCheck, ObjectReference } from './health-check';
import { HealthCheckExpression } from './health-check-expression';
import { Decryption, KubeConfig, KustomizationOptions } from './kustomization-options';
import { Patch, PatchTargetSelector } from './patch';
import { PostBuild } from './post-build';
import { filled, list, sourceRef } from './reference';
import { Source } from './source';
import { isClusterScoped } from '../synth/cluster-scoped';
import { variableNameProblem } from '../synth/substitution';
import { toYaml } from '../synth/yaml';

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
    super(scope, id, 'kustomize.toolkit.fluxcd.io/v1', 'Kustomization', { namespace: FLUX_NAMESPACE, ...props.metadata });
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

  /** Substitution as the object is written; a subclass adds what it knows. @internal */
  protected _postBuild(): PostBuild | undefined {
    return this.props.postBuild;
  }

  /** Dependencies as they are written, each once. @internal */
  public _dependencies(): KustomizationDependency[] {
    const seen = new Map<string, KustomizationDependency>();
    for (const dependency of this.dependencies) {
      const key = `${dependency.on.kustomizationNamespace}/${dependency.on.kustomizationName}`;
      const before = seen.get(key);
      seen.set(key, { ...dependency, because: dependency.because ?? before?.because, readyExpr: dependency.readyExpr ?? before?.readyExpr });
    }
    return [...seen.values()];
  }

  /** Objects whose health is checked, in the order of their entries, each once. @internal */
  public _healthCheckReferences(): ObjectReference[] {
    const references = this._healthChecks().flatMap(check =>
      check._ofProgram ? check.references().map(reference => this._applied(reference)) : check.references());
    return [...new Map(references.map(reference => [JSON.stringify(reference), reference])).values()];
  }

  /** An object of the path as Flux applies it: with the namespace, prefix and suffix of the Kustomization. @internal */
  public _applied({ apiVersion, kind, name, namespace }: ObjectReference): ObjectReference {
    const { namePrefix = '', nameSuffix = '', targetNamespace } = this.props;
    return {
      apiVersion,
      kind,
      name: KEEPS_ITS_NAME.has(kind) ? name : `${namePrefix}${name}${nameSuffix}`,
      namespace: isClusterScoped(apiVersion, kind) ? undefined : targetNamespace ?? namespace,
    };
  }

  /** The reasons of the dependencies. @internal */
  protected _comments(): Record<string, string> {
    return Object.fromEntries(this._dependencies().flatMap(({ because }, i) => because ? [[`/spec/dependsOn/${i}`, because]] : []));
  }

  /** @internal */
  protected _problems(): string[] {
    return [
      ...this._healthCheckExpressions().flatMap(expression => expression.validate()),
      ...repeatedExpressions(this._healthCheckExpressions()),
      ...this._dependencies().flatMap(({ on, readyExpr }) => readyExpr === undefined ? [] : readyExprProblem(on, readyExpr)),
      ...Object.keys(this.props.postBuild?.substitute ?? {}).flatMap(name => variableNameProblem(name) ?? []),
    ];
  }

  /** @internal */
  protected _spec(): object {
    const { props } = this;
    const source = props.source ?? Source.git(Kustomization.DEFAULT_NAMESPACE, Kustomization.DEFAULT_NAMESPACE);
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
      sourceRef: sourceRef(source.sourceReference, this.namespace),
      dependsOn: list(this._dependencies(), dependency => ({
        name: dependency.on.kustomizationName,
        namespace: dependency.on.kustomizationNamespace === this.kustomizationNamespace ? undefined : dependency.on.kustomizationNamespace,
        readyExpr: dependency.readyExpr,
      })),
      healthChecks: list(this._healthCheckReferences(), check => ({
        apiVersion: check.apiVersion, kind: check.kind, name: check.name, namespace: check.namespace,
      })),
      healthCheckExprs: list(this._healthCheckExpressions(), expression => {
        const { apiVersion, kind, current, inProgress, failed } = expression.toProps();
        return { apiVersion, kind, inProgress, failed, current };
      }),
      serviceAccountName: props.serviceAccountName,
      kubeConfig: props.kubeConfig && kubeConfig(props.kubeConfig),
      decryption: props.decryption && decryption(props.decryption),
      targetNamespace: props.targetNamespace,
      namePrefix: props.namePrefix,
      nameSuffix: props.nameSuffix,
      commonMetadata: filled({ labels: filled(props.commonMetadata?.labels), annotations: filled(props.commonMetadata?.annotations) }),
      buildMetadata: filled(props.buildMetadata),
      components: filled(props.kustomizeComponents),
      ignoreMissingComponents: props.ignoreMissingComponents,
      images: filled(props.images),
      patches: list(props.patches, fluxPatch),
      postBuild: postBuild && filled({
        substitute: filled(postBuild.substitute),
        substituteFrom: list(postBuild.substituteFrom, ({ kind, name, optional }) => ({ kind, name, optional })),
        substituteStrategy: postBuild.substituteStrategy,
      }),
      ignore: list(props.ignore, rule => ({ paths: rule.paths, target: rule.target && selector(rule.target) })),
    };
  }
}

/** Kinds that kustomize gives neither prefix nor suffix. */
const KEEPS_ITS_NAME: ReadonlySet<string> = new Set(['APIService', 'CustomResourceDefinition', 'Namespace']);

function repeatedExpressions(expressions: readonly HealthCheckExpression[]): string[] {
  return expressions.filter((expression, i) => expressions.findIndex(other => other.judgesSameAs(expression)) !== i).map(expression => {
    const { apiVersion, kind } = expression.toProps();
    return `has two health check expressions for ${kind ?? 'every kind'} of ${apiVersion}, which Flux refuses; expected one: take one of them away.`;
  });
}

function readyExprProblem(on: IKustomization, expression: string): string[] {
  const problem = celSyntaxError(expression) ?? celConditionError(expression, ['self', 'dep']);
  return problem === undefined ? [] : [
    `the ready expression for its dependency "${on.kustomizationName}" is "${expression}", which Flux refuses (${problem}); `
    + 'expected CEL over self and dep that is true or false, such as dep.status.lastAppliedRevision == self.status.lastAppliedRevision.',
  ];
}

function kubeConfig(config: KubeConfig): object {
  return config.configMapName
    ? { configMapRef: { name: config.configMapName } }
    : { secretRef: { name: config.secretName, key: config.secretKey } };
}

function decryption(options: Decryption): object {
  return {
    provider: 'sops',
    secretRef: options.secretName ? { name: options.secretName } : undefined,
    serviceAccountName: options.serviceAccountName,
  };
}

function fluxPatch(patch: Patch): object {
  return { target: selector(patch.target), patch: toYaml(patch._document()) };
}

/** A selector with its fields in their usual order. */
function selector(target: PatchTargetSelector): object {
  const { group, version, kind, name, namespace, labelSelector, annotationSelector } = target;
  return { group, version, kind, name, namespace, labelSelector, annotationSelector };
}
