import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ExternalSecret } from './external-secret';
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
    const provider = new ApiObject(this, 'provider', {
      apiVersion: 'notification.toolkit.fluxcd.io/v1beta3',
      kind: 'Provider',
      metadata: { name: 'slack' },
      spec: { type: 'slack', channel: props.channel, secretRef: { name: webhook.secretName } },
    });
    const alert = new ApiObject(this, 'alert', {
      apiVersion: 'notification.toolkit.fluxcd.io/v1beta3',
      kind: 'Alert',
      metadata: { name: 'slack' },
      spec: {
        providerRef: { name: provider.name },
        eventSeverity: 'info',
        eventSources: [{ kind: 'Kustomization', name: '*' }, { kind: 'HelmRelease', name: '*' }],
      },
    });
    this.setFile(provider, 'slack-provider.yaml');
    this.setFile(alert, 'slack-alert.yaml');
  }
}
