import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { FluxKind, ObjectSelectionOptions } from './flux-kind';
import { FluxObject } from '../flux-object';
import { goRegexpProblem } from '../go-regexp';
import { EVERY_NAME, ObjectSelection, selectionFields, selectionOf, selectionProblems } from './object-selection';
import { IProvider } from './provider';
import { filled } from '../reference';

/** Which events an Alert passes on. */
export enum EventSeverity {
  /** All of them. */
  INFO = 'info',
  /** Failures alone. */
  ERROR = 'error',
}

/** Objects whose events an Alert passes on. */
export class EventSource {
  /** One object of the program; of a kind in `FluxKind`. */
  public static of(object: FluxObject): EventSource {
    return new EventSource(selectionOf(object));
  }

  /** One object, by its name. */
  public static named(kind: FluxKind, name: string, options: ObjectSelectionOptions = {}): EventSource {
    return new EventSource({ kind, name, ...options });
  }

  /** Every object of a kind, in one namespace. */
  public static every(kind: FluxKind, options: ObjectSelectionOptions = {}): EventSource {
    return new EventSource({ kind, name: EVERY_NAME, ...options });
  }

  private constructor(
    /** @internal */
    public readonly _selection: ObjectSelection,
  ) {}
}

/** An Alert, made by the program or known by its name. */
export interface IAlert {
  readonly alertName: string;

  /**
   * @default - the namespace of the object that refers to it
   */
  readonly alertNamespace?: string;
}

export interface AlertProps {
  /**
   * Metadata of the object.
   *
   * @default - named like the construct, in the namespace of its component, or in `flux-system` where that has none
   */
  readonly metadata?: ApiObjectMetadata;

  /** Where notifications go to; in the same namespace. */
  readonly provider: IProvider;

  /** Objects whose events are passed on. */
  readonly eventSources: EventSource[];

  /**
   * Which of their events are passed on.
   *
   * @default EventSeverity.INFO
   */
  readonly eventSeverity?: EventSeverity;

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
   * Fields that every notification gets: `summary`, the cluster, the region.
   *
   * @default - none
   */
  readonly eventMetadata?: { [key: string]: string };

  /**
   * What the notification is about; at most 255 characters.
   *
   * @default - none
   * @deprecated use `summary` in eventMetadata
   */
  readonly summary?: string;

  /**
   * Whether nothing is passed on.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/**
 * Sends events of Flux's objects to a Provider.
 *
 * @see https://fluxcd.io/flux/components/notification/alerts/
 */
export class Alert extends FluxObject implements IAlert {
  /** An Alert that the program does not make. */
  public static fromName(name: string, namespace?: string): IAlert {
    return { alertName: name, alertNamespace: namespace };
  }

  private readonly props: AlertProps;

  constructor(scope: Construct, id: string, props: AlertProps) {
    super(scope, id, 'notification.toolkit.fluxcd.io/v1beta3', 'Alert', props.metadata);
    this.props = props;
  }

  public get alertName(): string {
    return this.name;
  }

  public get alertNamespace(): string | undefined {
    return this.namespace;
  }

  /** @internal */
  protected _spec(): object {
    const { props } = this;
    return {
      providerRef: { name: props.provider.providerName },
      eventSeverity: props.eventSeverity,
      eventSources: props.eventSources.map(({ _selection }) => selectionFields(_selection, this.namespace)),
      inclusionList: filled(props.inclusionList),
      exclusionList: filled(props.exclusionList),
      eventMetadata: filled(props.eventMetadata),
      summary: props.summary,
      suspend: props.suspend,
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { provider, eventSources, inclusionList = [], exclusionList = [] } = this.props;
    const { providerName, providerNamespace = this.namespace } = provider;
    return [
      ...providerNamespace === this.namespace ? [] : [
        `is in the namespace "${this.namespace}", its Provider "${providerName}" in "${providerNamespace}"; expected one namespace for both, because `
        + 'Flux looks for the Provider beside the Alert: move one of them.',
      ],
      ...eventSources.length > 0 ? [] : ['has no event sources, so nothing is passed on; expected at least one: name it in eventSources.'],
      ...eventSources.flatMap(({ _selection }) => selectionProblems('listens to', _selection)),
      ...inclusionList.flatMap(pattern => goRegexpProblem('its inclusionList', pattern)),
      ...exclusionList.flatMap(pattern => goRegexpProblem('its exclusionList', pattern)),
    ];
  }
}
