import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { goDuration } from '../duration';
import { FluxObject } from '../flux-object';
import { goRegexpProblem } from '../go-regexp';
import { INPUT_PROVIDER_RULES } from './input-provider-rules';
import { operatorMetadata } from './operator-metadata';
import { OperatorOptions } from './operator-options';
import { filled, labelSelectorFields, list, nameRef } from '../reference';
import {
  ExternalArtifactSelector, InputProviderFilter, InputProviderSchedule, InputProviderSkip, InputProviderType,
} from './resource-set-input-provider-options';
import { urlProblem } from '../source/source-problems';

/** A ResourceSetInputProvider, made by the program or known by its name. */
export interface IResourceSetInputProvider {
  readonly resourceSetInputProviderName: string;
}

export interface ResourceSetInputProviderProps extends OperatorOptions {
  /**
   * Metadata of the object.
   *
   * @default - named like the construct, in the namespace of its component, or in `flux-system` where that has none
   */
  readonly metadata?: ApiObjectMetadata;

  /** What the inputs are made from. */
  readonly type: InputProviderType;

  /**
   * `https://` or `http://` URL of the repository or service, or `oci://` URL of the artifact's repository, as the type has it. The
   * types `Static` and `ExternalArtifact` have none.
   *
   * @default - none
   */
  readonly url?: string;

  /**
   * Whether the service or registry is spoken to without TLS; with the types `ExternalService` and `OCIArtifactTag` alone.
   *
   * @default false
   */
  readonly insecure?: boolean;

  /**
   * Secret with the credentials; not with the clouds' registries and CodeCommit, which know the identity of a ServiceAccount.
   *
   * @default - none
   */
  readonly secretName?: string;

  /**
   * Secret with the certificates to trust and to show; with GitHub, GitLab, Gitea, `OCIArtifactTag` and `ExternalService` alone.
   *
   * @default - none
   */
  readonly certSecretName?: string;

  /**
   * ServiceAccount whose identity the operator uses; with the registries, Azure DevOps, CodeCommit and `ExternalArtifact` alone.
   *
   * @default - the operator's own
   */
  readonly serviceAccountName?: string;

  /**
   * The artifacts, for the type `ExternalArtifact`.
   *
   * @default - none
   */
  readonly selectors?: ExternalArtifactSelector[];

  /**
   * Which of what is found becomes inputs.
   *
   * @default - all, 100 at most
   */
  readonly filter?: InputProviderFilter;

  /**
   * What is found and does not change the inputs.
   *
   * @default - nothing
   */
  readonly skip?: InputProviderSkip;

  /**
   * When the inputs may change.
   *
   * @default - at any time
   */
  readonly schedule?: InputProviderSchedule[];

  /**
   * Values that each set of inputs has, if what was found does not say otherwise.
   *
   * @default - none
   */
  readonly defaultValues?: { [name: string]: any };
}

/**
 * Sets of inputs for ResourceSets: from branches, tags, requests or artifacts, and kept up to date.
 *
 * @see https://fluxoperator.dev/docs/crd/resourcesetinputprovider/
 */
export class ResourceSetInputProvider extends FluxObject implements IResourceSetInputProvider {
  /** A provider that the program does not make. */
  public static fromName(name: string): IResourceSetInputProvider {
    return { resourceSetInputProviderName: name };
  }

  private readonly props: ResourceSetInputProviderProps;

  constructor(scope: Construct, id: string, props: ResourceSetInputProviderProps) {
    super(scope, id, 'fluxcd.controlplane.io/v1', 'ResourceSetInputProvider', operatorMetadata(props));
    this.props = props;
  }

  public get resourceSetInputProviderName(): string {
    return this.name;
  }

  /** @internal */
  protected _spec(): object {
    const { filter, ...props } = this.props;
    return {
      type: props.type,
      url: props.url,
      insecure: props.insecure,
      secretRef: nameRef(props.secretName),
      certSecretRef: nameRef(props.certSecretName),
      serviceAccountName: props.serviceAccountName,
      selectors: list(props.selectors, ({ _artifact, _selector }) => {
        const { name, namespace } = _artifact();
        return { name, namespace, ..._selector && labelSelectorFields(_selector) };
      }),
      filter: filter && filled({
        includeBranch: filter.includeBranch,
        excludeBranch: filter.excludeBranch,
        includeTag: filter.includeTag,
        excludeTag: filter.excludeTag,
        includeEnvironment: filter.includeEnvironment,
        excludeEnvironment: filter.excludeEnvironment,
        semver: filter.semver,
        labels: filled(filter.labels),
        limit: filter.limit,
      }),
      skip: filled({ labels: filled(props.skip?.labels) }),
      schedule: list(props.schedule, ({ cron, timeZone, window }) => ({ cron, timeZone, window: window && goDuration(window) })),
      defaultValues: filled(props.defaultValues),
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { type, url, filter, selectors = [] } = this.props;
    return [
      ...urlProblems(type, url),
      ...tlsProblems(this.props),
      ...accessProblems(this.props),
      ...selectorsProblems(type, selectors),
      ...filter ? filterProblems(filter) : [],
    ];
  }
}

function urlProblems(type: InputProviderType, url: string | undefined): string[] {
  const { schemes } = INPUT_PROVIDER_RULES[type];
  if (url === undefined) {
    return schemes.length === 0 ? [] : [`has no URL; expected one with the type ${type}: add it.`];
  }
  if (schemes.length === 0) {
    return [`has the URL "${url}" with the type ${type}; expected none, because nothing is fetched: leave url out.`];
  }
  const problem = urlProblem(url, schemes);
  return problem.length === 0 && url.startsWith('oci://') && !url.slice('oci://'.length).includes('/')
    ? [`has the URL "${url}", which names a registry; expected that of a repository in it, such as ${url}/<repository>: complete it.`]
    : problem;
}

function tlsProblems({ type, url, insecure }: ResourceSetInputProviderProps): string[] {
  if (insecure && !INPUT_PROVIDER_RULES[type].insecure) {
    return [`is insecure with the type ${type}; expected the type ExternalService or OCIArtifactTag for that: leave insecure out.`];
  }
  return type === InputProviderType.EXTERNAL_SERVICE && url?.startsWith('http://') && !insecure
    ? [`has the URL "${url}", which is not encrypted; expected https://, or insecure: correct the URL, or say insecure.`]
    : [];
}

function accessProblems({ type, secretName, certSecretName, serviceAccountName }: ResourceSetInputProviderProps): string[] {
  const given = [
    ['secret', 'Secret', 'secretName', secretName],
    ['certSecret', 'Secret of certificates', 'certSecretName', certSecretName],
    ['serviceAccount', 'ServiceAccount', 'serviceAccountName', serviceAccountName],
  ] as const;
  return given.flatMap(([rule, what, prop, name]) => name === undefined || INPUT_PROVIDER_RULES[type][rule] ? [] : [
    `has the ${what} "${name}" with the type ${type}; expected none, because the type has no use for it: leave ${prop} out.`,
  ]);
}

function selectorsProblems(type: InputProviderType, selectors: readonly ExternalArtifactSelector[]): string[] {
  if (type !== InputProviderType.EXTERNAL_ARTIFACT) {
    return selectors.length === 0 ? [] : [
      `selects artifacts with the type ${type}; expected the type ExternalArtifact for that: leave selectors out.`,
    ];
  }
  return selectors.length > 0 ? [] : ['selects no artifacts; expected at least one selector with the type ExternalArtifact: add it.'];
}

const HIGHEST_LIMIT = 10_000;

function filterProblems(filter: InputProviderFilter): string[] {
  const { includeBranch, excludeBranch, includeTag, excludeTag, includeEnvironment, excludeEnvironment, limit } = filter;
  const patterns = { includeBranch, excludeBranch, includeTag, excludeTag, includeEnvironment, excludeEnvironment };
  return [
    ...Object.entries(patterns).flatMap(([field, pattern]) => pattern === undefined ? [] : goRegexpProblem(`filter.${field}`, pattern)),
    ...limit === undefined || Number.isInteger(limit) && limit <= HIGHEST_LIMIT ? [] : [
      `has the limit ${limit}; expected a whole number of at most ${HIGHEST_LIMIT}: lower it, or narrow the filter.`,
    ],
  ];
}
