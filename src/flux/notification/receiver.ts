import { ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { celConditionError, celSyntaxError } from '../../synth/cel';
import { goDuration } from '../duration';
import { FluxKind, ObjectSelectionOptions } from './flux-kind';
import { FluxObject } from '../flux-object';
import { EVERY_NAME, ObjectSelection, selectionFields, selectionOf, selectionProblems } from './object-selection';
import { filled, list, nameRef } from '../reference';
import { urlProblem } from '../source/source-problems';

/**
 * Versions of the kinds that Flux does not look up for a Receiver: a call fails where one of them has none (notification-controller,
 * `internal/server/receiver_handlers.go`: `defaultFluxAPIVersions`).
 */
const API_VERSIONS: { [kind: string]: string } = {
  [FluxKind.EXTERNAL_ARTIFACT]: 'source.toolkit.fluxcd.io/v1',
  [FluxKind.HELM_RELEASE]: 'helm.toolkit.fluxcd.io/v2',
  [FluxKind.IMAGE_POLICY]: 'image.toolkit.fluxcd.io/v1',
  [FluxKind.IMAGE_UPDATE_AUTOMATION]: 'image.toolkit.fluxcd.io/v1',
  [FluxKind.KUSTOMIZATION]: 'kustomize.toolkit.fluxcd.io/v1',
};

/** Who calls a Receiver; says how the call is authenticated and read. */
export enum ReceiverType {
  ACR = 'acr',
  BITBUCKET = 'bitbucket',
  CDEVENTS = 'cdevents',
  DOCKER_HUB = 'dockerhub',
  GCR = 'gcr',
  /** Anyone who knows the path. */
  GENERIC = 'generic',
  /** Anyone who signs the call with the token. */
  GENERIC_HMAC = 'generic-hmac',
  /** Anyone with a token of an OpenID Connect provider. */
  GENERIC_OIDC = 'generic-oidc',
  GITHUB = 'github',
  GITLAB = 'gitlab',
  HARBOR = 'harbor',
  NEXUS = 'nexus',
  QUAY = 'quay',
}

/** How a Receiver narrows down the objects it has reconciled. */
export interface ReceiverResourceOptions extends ObjectSelectionOptions {
  /**
   * CEL condition over the object's metadata `res` and the call's body `req`, and with `generic-oidc` over the token's `claims`.
   *
   * @default - none
   */
  readonly filter?: string;
}

/** Objects that a Receiver has reconciled. */
export class ReceiverResource {
  /**
   * One object of the program; of a kind in `FluxKind`.
   *
   * @param object the object
   * @param filter CEL condition; see `ReceiverResourceOptions.filter`
   */
  public static of(object: FluxObject, filter?: string): ReceiverResource {
    return new ReceiverResource(selectionOf(object), filter);
  }

  /** One object, by its name. */
  public static named(kind: FluxKind, name: string, options: ReceiverResourceOptions = {}): ReceiverResource {
    const { filter, ...selection } = options;
    return new ReceiverResource({ kind, name, ...selection }, filter);
  }

  /** Every object of a kind that has the labels, which must be given, in one namespace. */
  public static every(kind: FluxKind, options: ReceiverResourceOptions): ReceiverResource {
    return ReceiverResource.named(kind, EVERY_NAME, options);
  }

  private constructor(
    /** @internal */
    public readonly _selection: ObjectSelection,
    /** @internal */
    public readonly _filter?: string,
  ) {}
}

/** A named CEL expression that validations can read as `vars.<name>`. */
export interface OidcVariable {
  /** Name in CEL. */
  readonly name: string;

  /** CEL expression over the token's `claims` and the `vars` before it. */
  readonly expression: string;
}

/** What a token has to fulfil. */
export interface OidcValidation {
  /** CEL condition over the token's `claims` and the `vars`. */
  readonly expression: string;

  /** What the caller is told where it is false. */
  readonly message: string;
}

/** Who issues tokens, and which of them may call. */
export interface OidcProvider {
  /** URL of the issuer: `https://token.actions.githubusercontent.com`. */
  readonly issuerUrl: string;

  /**
   * Audience of the token.
   *
   * @default 'notification-controller'
   */
  readonly audience?: string;

  /**
   * Expressions that the validations share.
   *
   * @default - none
   */
  readonly variables?: OidcVariable[];

  /** Conditions on the token, all of which must hold; at least one, because public issuers give tokens to anyone. */
  readonly validations: OidcValidation[];
}

/** A Receiver, made by the program or known by its name. */
export interface IReceiver {
  readonly receiverName: string;

  /**
   * @default - the namespace of the object that refers to it
   */
  readonly receiverNamespace?: string;
}

export interface ReceiverProps {
  /**
   * Metadata of the object.
   *
   * @default - named like the construct, in the namespace of its component, or in `flux-system` where that has none
   */
  readonly metadata?: ApiObjectMetadata;

  /** Who calls. */
  readonly type: ReceiverType;

  /** Objects that are reconciled at a call. */
  readonly resources: ReceiverResource[];

  /**
   * Events that count: `push` of GitHub, `Push Hook` of GitLab.
   *
   * @default - all
   */
  readonly events?: string[];

  /**
   * Secret with the `token` that authenticates the call; needed by every type except `generic-oidc`, which takes none.
   *
   * @default - none
   */
  readonly secretName?: string;

  /**
   * Whose tokens authenticate the call; for `generic-oidc`, which needs one.
   *
   * @default - none
   */
  readonly oidcProviders?: OidcProvider[];

  /**
   * CEL condition on every object, over its metadata `res` and the call's body `req`, and with `generic-oidc` over the token's `claims`.
   *
   * @default - none
   */
  readonly resourceFilter?: string;

  /**
   * How often Flux looks at the Secret again.
   *
   * @default Duration.minutes(10)
   */
  readonly interval?: Duration;

  /**
   * Whether calls are ignored.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/**
 * A webhook at which Flux is told that something is new, instead of looking for itself.
 *
 * @see https://fluxcd.io/flux/components/notification/receivers/
 */
export class Receiver extends FluxObject implements IReceiver {
  /** A Receiver that the program does not make. */
  public static fromName(name: string, namespace?: string): IReceiver {
    return { receiverName: name, receiverNamespace: namespace };
  }

  private readonly props: ReceiverProps;

  constructor(scope: Construct, id: string, props: ReceiverProps) {
    super(scope, id, 'notification.toolkit.fluxcd.io/v1', 'Receiver', props.metadata);
    this.props = props;
  }

  public get receiverName(): string {
    return this.name;
  }

  public get receiverNamespace(): string | undefined {
    return this.namespace;
  }

  /** @internal */
  protected _spec(): object {
    const { props } = this;
    return {
      type: props.type,
      interval: props.interval && goDuration(props.interval),
      events: filled(props.events),
      secretRef: nameRef(props.secretName),
      oidcProviders: list(props.oidcProviders, ({ issuerUrl, audience, variables, validations }) => ({
        issuerURL: issuerUrl,
        audience,
        variables: list(variables, ({ name, expression }) => ({ name, expression })),
        validations: validations.map(({ expression, message }) => ({ expression, message })),
      })),
      resources: props.resources.map(({ _selection, _filter }) => ({
        ...selectionFields({ ..._selection, apiVersion: _selection.apiVersion ?? API_VERSIONS[_selection.kind] }, this.namespace),
        filter: _filter,
      })),
      resourceFilter: props.resourceFilter,
      suspend: props.suspend,
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { type, resources, resourceFilter, oidcProviders = [] } = this.props;
    const sees = type === ReceiverType.GENERIC_OIDC ? ['res', 'req', 'claims'] : ['res', 'req'];
    return [
      ...authenticationProblems(this.props),
      ...oidcProviders.flatMap(oidcProviderProblems),
      ...issuersTwice(oidcProviders),
      ...resources.length > 0 ? [] : ['has no resources, so nothing is reconciled; expected at least one: name it in resources.'],
      ...resources.flatMap(({ _selection, _filter }) => [
        ...selectionProblems('reconciles', _selection),
        ...labelsProblem(_selection),
        ...conditionProblem('filter', _filter, sees, ` for the ${_selection.kind} "${_selection.name}"`),
      ]),
      ...conditionProblem('resourceFilter', resourceFilter, sees),
    ];
  }
}

/** The API server tells providers apart by their issuers. */
function issuersTwice(providers: readonly OidcProvider[]): string[] {
  const issuers = providers.map(({ issuerUrl }) => issuerUrl);
  return [...new Set(issuers.filter((issuer, i) => issuers.indexOf(issuer) < i))].map(issuer =>
    `has the issuer "${issuer}" twice; expected every issuer once: bring its providers together in one.`);
}

function authenticationProblems({ type, secretName, oidcProviders = [] }: ReceiverProps): string[] {
  if (type === ReceiverType.GENERIC_OIDC) {
    return [
      ...oidcProviders.length > 0 ? [] : [
        'has the type "generic-oidc" and no OIDC provider; expected at least one, whose tokens authenticate the call: name it in oidcProviders.',
      ],
      ...secretName === undefined ? [] : [
        `has the Secret "${secretName}" with the type "generic-oidc", which takes none; expected oidcProviders alone: take secretName away.`,
      ],
    ];
  }
  return [
    ...oidcProviders.length === 0 ? [] : [
      `has OIDC providers with the type "${type}"; expected the type generic-oidc, because the others take a Secret: take oidcProviders away.`,
    ],
    ...secretName !== undefined ? [] : [
      `has the type "${type}" and no Secret; expected one with the token that authenticates the call: name it with secretName.`,
    ],
  ];
}

function oidcProviderProblems({ issuerUrl, variables = [], validations }: OidcProvider): string[] {
  return [
    ...urlProblem(issuerUrl, ['https', 'http'], 'issuer'),
    ...validations.length > 0 ? [] : [
      `validates nothing about the tokens of "${issuerUrl}", which may give them to anyone; expected at least one condition: add it to validations.`,
    ],
    ...variables.flatMap(({ name, expression }) => {
      const error = celSyntaxError(expression);
      return error === undefined ? [] : [
        `has the OIDC variable "${name}" with the expression "${expression}", which Flux refuses (${error}); expected CEL over claims and vars: correct it.`,
      ];
    }),
    ...validations.flatMap(({ expression }) => conditionProblem('OIDC validation', expression, ['claims', 'vars'])),
  ];
}

function labelsProblem({ kind, name, matchLabels = {} }: ObjectSelection): string[] {
  return name !== EVERY_NAME || Object.keys(matchLabels).length > 0 ? [] : [
    `reconciles every ${kind} ("*") whatever its labels, which Flux refuses; expected labels that select some: give them with matchLabels.`,
  ];
}

function conditionProblem(field: string, expression: string | undefined, sees: readonly string[], of = ''): string[] {
  const error = expression === undefined ? undefined : celSyntaxError(expression) ?? celConditionError(expression, sees);
  return error === undefined ? [] : [
    `has the ${field} "${expression}"${of}, which Flux refuses (${error}); expected CEL over ${sees.join(', ').replace(/, (\w+)$/, ' and $1')} `
    + 'that is true or false: correct it.',
  ];
}
