import { Construct } from 'constructs';
import { ExternalSecret } from './external-secret';
import { Alert, EventSeverity, EventSource, FluxKind, Provider } from '../flux';
import { Area, Component } from '../platform';

export interface NotificationsProps {
  /** Slack channel. */
  readonly channel: string;

  /** ClusterSecretStore that holds the webhook's URL at `flux/slack-webhook-url`. */
  readonly storeName: string;
}

/** Tells a Slack channel what becomes of Kustomizations and HelmReleases in `flux-system`. */
export class Notifications extends Component {
  constructor(scope: Construct, id: string, props: NotificationsProps) {
    super(scope, id, { area: Area.FLUX, namespace: 'flux-system' });
    const webhook = new ExternalSecret(this, 'webhook', {
      name: 'slack-webhook-url', storeName: props.storeName, data: { address: 'flux/slack-webhook-url' },
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
