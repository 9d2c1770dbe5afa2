import { Construct } from 'constructs';
import { NotificationTarget } from './notification-target';
import { Alert, EventSeverity, EventSource, FluxKind } from '../../flux';
import { Area, Component } from '../../platform';

/** What a target is told. */
export interface NotificationOptions {
  /**
   * Which events are passed on.
   *
   * @default EventSeverity.INFO
   */
  readonly severity?: EventSeverity;

  /**
   * Objects whose events are passed on.
   *
   * @default - every Kustomization and HelmRelease in `flux-system`; for the status of a commit the Kustomizations alone
   */
  readonly eventSources?: EventSource[];

  /**
   * Further namespaces whose HelmReleases are told of. Flux knows no wildcard for them. Where tenants are kept apart it refuses them.
   *
   * @default - none
   */
  readonly helmReleaseNamespaces?: string[];

  /**
   * Regular expressions of Go's; events are passed on only where a message matches one of them.
   *
   * @default - all events
   */
  readonly inclusionList?: string[];

  /**
   * Regular expressions of Go's; events whose message matches one of them are not passed on.
   *
   * @default - none
   */
  readonly exclusionList?: string[];

  /**
   * Fields that every notification gets: the cluster, for example.
   *
   * @default - none
   */
  readonly eventMetadata?: { [key: string]: string };
}

export interface NotificationsProps extends NotificationOptions {
  /** Where notifications go to; `addTarget` adds others. */
  readonly target: NotificationTarget;

  /**
   * Name of the first target's Provider and Alert.
   *
   * @default - its kind: `slack`
   */
  readonly name?: string;
}

/**
 * Tells people, or other systems, what becomes of what Flux reconciles.
 *
 * @see https://fluxcd.io/flux/monitoring/alerts/
 */
export class Notifications extends Component {
  constructor(scope: Construct, id: string, props: NotificationsProps) {
    super(scope, id, { area: Area.FLUX, namespace: 'flux-system' });
    this.addTarget(props.name ?? props.target._usualName, props.target, props);
  }

  /**
   * Tells another target, too.
   *
   * @param name name of its Provider and Alert
   * @throws where another target has the name
   */
  public addTarget(name: string, target: NotificationTarget, options: NotificationOptions = {}): Alert {
    if (this.node.tryFindChild(`${name}-alert`)) {
      throw new Error(`${this.node.path} already tells a target named "${name}"; expected a name for each of them: take another one.`);
    }
    const provider = target._bind(this, name);
    const alert = new Alert(this, `${name}-alert`, {
      metadata: { name },
      provider,
      eventSeverity: options.severity ?? EventSeverity.INFO,
      eventSources: sourcesOf(target, options),
      inclusionList: options.inclusionList,
      exclusionList: options.exclusionList,
      eventMetadata: options.eventMetadata,
    });
    this.setFile(provider, `${name}-provider.yaml`);
    this.setFile(alert, `${name}-alert.yaml`);
    return alert;
  }
}

function sourcesOf({ _usualKinds }: NotificationTarget, { eventSources, helmReleaseNamespaces = [] }: NotificationOptions): EventSource[] {
  return [
    ...eventSources ?? _usualKinds.map(kind => EventSource.every(kind)),
    ...helmReleaseNamespaces.map(namespace => EventSource.every(FluxKind.HELM_RELEASE, { namespace })),
  ];
}
