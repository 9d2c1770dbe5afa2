import { Construct } from 'constructs';
import { ExternalSecret } from '../security/external-secret';
import { ISecretStore } from '../security/secret-store';
import { Alert, EventSeverity, EventSource, FluxKind, Provider } from '../../flux';
import { Area, Component } from '../../platform';

export interface NotificationsProps {
  /** Slack channel. */
  readonly channel: string;

  /** Store that holds the webhook's URL at `flux/slack-webhook-url`. */
  readonly store: ISecretStore;
}

/** Tells a Slack channel what becomes of Kustomizations and HelmReleases in `flux-system`. */
export class Notifications extends Component {
  constructor(scope: Construct, id: string, props: NotificationsProps) {
    super(scope, id, { area: Area.FLUX, namespace: 'flux-system' });
    const webhook = new ExternalSecret(this, 'webhook', {
      metadata: { name: 'slack-webhook-url' }, store: props.store, data: { address: 'flux/slack-webhook-url' },
    });
    const provider = Provider.slack(this, 'provider', {
      metadata: { name: 'slack' },
      channel: props.channel,
      secretName: webhook.secretName,
    });
    const alert = new Alert(this, 'alert', {
      metadata: { name: 'slack' },
      provider,
      eventSeverity: EventSeverity.INFO,
      eventSources: [EventSource.every(FluxKind.KUSTOMIZATION), EventSource.every(FluxKind.HELM_RELEASE)],
    });
    this.setFile(provider, 'slack-provider.yaml');
    this.setFile(alert, 'slack-alert.yaml');
  }
}
