import { Construct } from 'constructs';
import { FluxKind, Provider, ProviderType } from '../../flux';
import { SecretSource } from '../security/secret-source';

/** Where notifications go to, and how to get there. Addresses that are secrets come from a `SecretSource`. */
export class NotificationTarget {
  /**
   * A Slack channel, by an incoming webhook.
   *
   * @param channel the channel: `#gitops`
   * @param webhook its URL, as `address`
   */
  public static slack(channel: string, webhook: SecretSource): NotificationTarget {
    return new NotificationTarget('slack', (scope, name) => Provider.slack(scope, `${name}-provider`, {
      metadata: { name }, channel, secretName: webhook._bind(scope, `${name}-secret`, { name: `${name}-webhook-url`, keys: ['address'] }),
    }));
  }

  /**
   * A Slack channel, by an app that may write to it.
   *
   * @param channel the channel: `#gitops`
   * @param app the app's `token`
   */
  public static slackApp(channel: string, app: SecretSource): NotificationTarget {
    return new NotificationTarget('slack', (scope, name) => Provider.slack(scope, `${name}-provider`, {
      metadata: { name },
      channel,
      address: 'https://slack.com/api/chat.postMessage',
      secretName: app._bind(scope, `${name}-secret`, { name: `${name}-token`, keys: ['token'] }),
    }));
  }

  /**
   * A channel of Microsoft Teams, by a workflow's webhook.
   *
   * @param webhook its URL, as `address`
   */
  public static msTeams(webhook: SecretSource): NotificationTarget {
    return new NotificationTarget('msteams', (scope, name) => Provider.msTeams(scope, `${name}-provider`, {
      metadata: { name }, secretName: webhook._bind(scope, `${name}-secret`, { name: `${name}-webhook-url`, keys: ['address'] }),
    }));
  }

  /**
   * Any server: each event is posted to it as JSON.
   *
   * @param webhook its URL, as `address`
   */
  public static webhook(webhook: SecretSource): NotificationTarget {
    return new NotificationTarget('webhook', (scope, name) => new Provider(scope, `${name}-provider`, {
      metadata: { name },
      type: ProviderType.GENERIC,
      secretName: webhook._bind(scope, `${name}-secret`, { name: `${name}-webhook-url`, keys: ['address'] }),
    }));
  }

  /**
   * Prometheus' Alertmanager, or what speaks its language.
   *
   * @param url its address: `http://vmalertmanager.observability:9093/api/v2/alerts/`
   */
  public static alertmanager(url: string): NotificationTarget {
    return new NotificationTarget('alertmanager', (scope, name) => Provider.alertmanager(scope, `${name}-provider`, {
      metadata: { name }, address: url,
    }));
  }

  /**
   * The state of Kustomizations, on the commit that they apply.
   *
   * @param repositoryUrl `https://github.com/acme/platform`
   * @param credentials a `token`, or the credentials of a GitHub App
   */
  public static githubCommitStatus(repositoryUrl: string, credentials: SecretSource): NotificationTarget {
    return new NotificationTarget('github', (scope, name) => Provider.github(scope, `${name}-provider`, {
      metadata: { name },
      address: repositoryUrl,
      secretName: credentials._bind(scope, `${name}-secret`, { name: `${name}-credentials`, keys: [] }),
    }), [FluxKind.KUSTOMIZATION]);
  }

  private constructor(
    /** Name that its objects have where nothing else is said. @internal */
    public readonly _usualName: string,
    /** Makes the Provider in a scope. @internal */
    public readonly _bind: (scope: Construct, name: string) => Provider,
    /** Kinds that it is told of where nothing else is said; a HelmRelease, for example, belongs to no commit. @internal */
    public readonly _usualKinds: FluxKind[] = [FluxKind.KUSTOMIZATION, FluxKind.HELM_RELEASE],
  ) {}
}
