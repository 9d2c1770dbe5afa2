import { ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { celSyntaxError } from '../../synth/cel';
import { goDuration } from '../duration';
import { FluxObject } from '../flux-object';
import { nameRef } from '../reference';
import { either, timeoutProblem, urlProblem } from '../source/source-problems';

/** Where notifications go to. */
export enum ProviderType {
  ALERTMANAGER = 'alertmanager',
  /** A status on the commit that was applied. */
  AZURE_DEVOPS = 'azuredevops',
  AZURE_EVENT_HUB = 'azureeventhub',
  /** A status on the commit that was applied. */
  BITBUCKET = 'bitbucket',
  /** A status on the commit that was applied. */
  BITBUCKET_SERVER = 'bitbucketserver',
  DATADOG = 'datadog',
  DISCORD = 'discord',
  /** A POST request to any address. */
  GENERIC = 'generic',
  /** A POST request to any address, signed. */
  GENERIC_HMAC = 'generic-hmac',
  /** A status on the commit that was applied. */
  GITEA = 'gitea',
  /** A comment on the pull request. */
  GITEA_PULL_REQUEST_COMMENT = 'giteapullrequestcomment',
  /** A status on the commit that was applied. */
  GITHUB = 'github',
  /** An event that starts a workflow. */
  GITHUB_DISPATCH = 'githubdispatch',
  /** A comment on the pull request. */
  GITHUB_PULL_REQUEST_COMMENT = 'githubpullrequestcomment',
  /** A status on the commit that was applied. */
  GITLAB = 'gitlab',
  /** A comment on the merge request. */
  GITLAB_MERGE_REQUEST_COMMENT = 'gitlabmergerequestcomment',
  GOOGLE_CHAT = 'googlechat',
  GOOGLE_PUB_SUB = 'googlepubsub',
  /** An annotation on dashboards. */
  GRAFANA = 'grafana',
  LARK = 'lark',
  MATRIX = 'matrix',
  MS_TEAMS = 'msteams',
  NATS = 'nats',
  OPSGENIE = 'opsgenie',
  /** Traces. */
  OTEL = 'otel',
  PAGERDUTY = 'pagerduty',
  ROCKET = 'rocket',
  SENTRY = 'sentry',
  SLACK = 'slack',
  TELEGRAM = 'telegram',
  WEBEX = 'webex',
  ZULIP = 'zulip',
}

/** Types that write a status on a commit. */
const COMMIT_STATUS_TYPES: readonly ProviderType[] = [
  ProviderType.GITHUB, ProviderType.GITLAB, ProviderType.GITEA, ProviderType.BITBUCKET_SERVER, ProviderType.BITBUCKET, ProviderType.AZURE_DEVOPS,
];

/** What can be said of a Provider of any type. */
export interface ProviderOptions {
  /**
   * Metadata of the object.
   *
   * @default - named like the construct, in the namespace of its component, or in `flux-system` where that has none
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * Secret with the certificates for TLS: `ca.crt`, or `tls.crt` and `tls.key`, or all three.
   *
   * @default - none
   */
  readonly certSecretName?: string;

  /**
   * Secret with the address and credentials of a proxy.
   *
   * @default - none
   */
  readonly proxySecretName?: string;

  /**
   * How long sending may take; less than an hour, which Flux has no unit for here.
   *
   * @default Duration.seconds(15)
   */
  readonly timeout?: Duration;

  /**
   * Whether nothing is sent.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/** What a chat takes. */
export interface ChatProviderProps extends ProviderOptions {
  /** Secret with the webhook's URL as `address`. */
  readonly secretName: string;

  /**
   * Channel, where the webhook does not say it.
   *
   * @default - the webhook's
   */
  readonly channel?: string;

  /**
   * Name that messages are posted under.
   *
   * @default - Flux's own
   */
  readonly username?: string;
}

/** What Slack takes. */
export interface SlackProviderProps extends ProviderOptions {
  /** Channel: `#gitops`. */
  readonly channel: string;

  /** Secret with the webhook's URL as `address`, or with an app's `token`. */
  readonly secretName: string;

  /**
   * `https://slack.com/api/chat.postMessage` for an app with a token.
   *
   * @default - the Secret's
   */
  readonly address?: string;

  /**
   * Name that messages are posted under.
   *
   * @default - Flux's own
   */
  readonly username?: string;
}

/** What a server takes that Flux posts to. */
export interface EndpointProviderProps extends ProviderOptions {
  /** URL that is posted to. */
  readonly address: string;

  /**
   * Secret with the credentials.
   *
   * @default - none
   */
  readonly secretName?: string;
}

/** What a Git server takes to show the state of a Kustomization on the commit. */
export interface CommitStatusProviderProps extends ProviderOptions {
  /** URL of the repository: `https://github.com/acme/platform`. */
  readonly address: string;

  /** Secret with the `token`, or with the credentials of a GitHub App. */
  readonly secretName: string;

  /**
   * CEL expression over `event`, `alert` and `provider` that gives the name of the status.
   *
   * @default - the kind and name of the object, and a part of the Provider's UID
   */
  readonly commitStatusExpr?: string;
}

/** A Provider, made by the program or known by its name. */
export interface IProvider {
  readonly providerName: string;

  /**
   * @default - the namespace of the object that refers to it
   */
  readonly providerNamespace?: string;
}

export interface ProviderProps extends ProviderOptions {
  /** What is notified. */
  readonly type: ProviderType;

  /**
   * Channel, or what the type has instead: a project, a topic, a chat's id.
   *
   * @default - none
   */
  readonly channel?: string;

  /**
   * Name that messages are posted under.
   *
   * @default - Flux's own
   */
  readonly username?: string;

  /**
   * Where it is: a URL, or what the type has instead.
   *
   * @default - `address` in the Secret
   */
  readonly address?: string;

  /**
   * Secret with the credentials, and with the `address` where that is one.
   *
   * @default - none
   */
  readonly secretName?: string;

  /**
   * ServiceAccount whose identity Flux uses; for the types `azureeventhub`, `azuredevops` and `googlepubsub`, without a Secret.
   *
   * @default - the controller's
   */
  readonly serviceAccountName?: string;

  /**
   * CEL expression over `event`, `alert` and `provider` that gives the name of a commit's status; for the types that write one.
   *
   * @default - the kind and name of the object, and a part of the Provider's UID
   */
  readonly commitStatusExpr?: string;

  /**
   * @default - none
   * @deprecated Flux does not read it any more
   */
  readonly interval?: Duration;

  /**
   * `https://` or `http://` URL of a proxy.
   *
   * @default - none
   * @deprecated use proxySecretName
   */
  readonly proxy?: string;
}

/**
 * Where Alerts send notifications.
 *
 * @see https://fluxcd.io/flux/components/notification/providers/
 */
export class Provider extends FluxObject implements IProvider {
  /** A Slack channel. */
  public static slack(scope: Construct, id: string, props: SlackProviderProps): Provider {
    return new Provider(scope, id, { ...props, type: ProviderType.SLACK });
  }

  /** A Discord channel. */
  public static discord(scope: Construct, id: string, props: ChatProviderProps): Provider {
    return new Provider(scope, id, { ...props, type: ProviderType.DISCORD });
  }

  /** A channel of Microsoft Teams. */
  public static msTeams(scope: Construct, id: string, props: ChatProviderProps): Provider {
    return new Provider(scope, id, { ...props, type: ProviderType.MS_TEAMS });
  }

  /** A space of Google Chat. */
  public static googleChat(scope: Construct, id: string, props: ChatProviderProps): Provider {
    return new Provider(scope, id, { ...props, type: ProviderType.GOOGLE_CHAT });
  }

  /** Any server: the event is posted as JSON. */
  public static generic(scope: Construct, id: string, props: EndpointProviderProps): Provider {
    return new Provider(scope, id, { ...props, type: ProviderType.GENERIC });
  }

  /** Prometheus' Alertmanager. */
  public static alertmanager(scope: Construct, id: string, props: EndpointProviderProps): Provider {
    return new Provider(scope, id, { ...props, type: ProviderType.ALERTMANAGER });
  }

  /** Annotations in Grafana. */
  public static grafana(scope: Construct, id: string, props: EndpointProviderProps): Provider {
    return new Provider(scope, id, { ...props, type: ProviderType.GRAFANA });
  }

  /** Statuses of commits on GitHub. */
  public static github(scope: Construct, id: string, props: CommitStatusProviderProps): Provider {
    return new Provider(scope, id, { ...props, type: ProviderType.GITHUB });
  }

  /** Statuses of commits on GitLab. */
  public static gitlab(scope: Construct, id: string, props: CommitStatusProviderProps): Provider {
    return new Provider(scope, id, { ...props, type: ProviderType.GITLAB });
  }

  /** Statuses of commits on Gitea or Forgejo. */
  public static gitea(scope: Construct, id: string, props: CommitStatusProviderProps): Provider {
    return new Provider(scope, id, { ...props, type: ProviderType.GITEA });
  }

  /** Statuses of commits on Bitbucket. */
  public static bitbucket(scope: Construct, id: string, props: CommitStatusProviderProps): Provider {
    return new Provider(scope, id, { ...props, type: ProviderType.BITBUCKET });
  }

  /** Statuses of commits on Bitbucket Server or Data Center. */
  public static bitbucketServer(scope: Construct, id: string, props: CommitStatusProviderProps): Provider {
    return new Provider(scope, id, { ...props, type: ProviderType.BITBUCKET_SERVER });
  }

  /** Statuses of commits on Azure DevOps. */
  public static azureDevOps(scope: Construct, id: string, props: CommitStatusProviderProps): Provider {
    return new Provider(scope, id, { ...props, type: ProviderType.AZURE_DEVOPS });
  }

  /** A Provider that the program does not make. */
  public static fromName(name: string, namespace?: string): IProvider {
    return { providerName: name, providerNamespace: namespace };
  }

  private readonly props: ProviderProps;

  constructor(scope: Construct, id: string, props: ProviderProps) {
    super(scope, id, 'notification.toolkit.fluxcd.io/v1beta3', 'Provider', props.metadata);
    this.props = props;
  }

  public get providerName(): string {
    return this.name;
  }

  public get providerNamespace(): string | undefined {
    return this.namespace;
  }

  /** @internal */
  protected _spec(): object {
    const { props } = this;
    return {
      type: props.type,
      channel: props.channel,
      username: props.username,
      address: props.address,
      secretRef: nameRef(props.secretName),
      serviceAccountName: props.serviceAccountName,
      certSecretRef: nameRef(props.certSecretName),
      proxySecretRef: nameRef(props.proxySecretName),
      proxy: props.proxy,
      interval: props.interval && goDuration(props.interval),
      timeout: props.timeout && goDuration(props.timeout),
      commitStatusExpr: props.commitStatusExpr,
      suspend: props.suspend,
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { type, commitStatusExpr, proxy, timeout } = this.props;
    return [
      ...commitStatusExpr === undefined ? [] : commitStatusProblems(type, commitStatusExpr),
      ...proxy === undefined ? [] : urlProblem(proxy, ['https', 'http'], 'proxy'),
      ...timeoutProblem(timeout),
    ];
  }
}

function commitStatusProblems(type: ProviderType, expression: string): string[] {
  const error = celSyntaxError(expression);
  return [
    ...COMMIT_STATUS_TYPES.includes(type) ? [] : [
      `has a commitStatusExpr with the type "${type}"; expected one of the types ${either(COMMIT_STATUS_TYPES)}, `
      + 'because the others write no status on a commit: take it away.',
    ],
    ...error === undefined ? [] : [
      `has the commitStatusExpr "${expression}", which Flux refuses (${error}); expected CEL over event, alert and provider that gives a text, `
      + 'such as event.involvedObject.name + "/" + alert.metadata.name.',
    ],
  ];
}
