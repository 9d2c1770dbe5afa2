import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { GatewayListener } from './gateway-listener';
import { readable } from './hostname';
import { TypedObject } from '../../flux';
import { filled } from '../../flux/reference';

/** A Gateway, made by the program or known by its name. */
export interface IGateway {
  readonly gatewayName: string;
  readonly gatewayNamespace: string;

  /**
   * Its listeners, against which routes are checked.
   *
   * @default - not known: routes are not checked
   */
  readonly gatewayListeners?: GatewayListener[];
}

export interface GatewayProps {
  /**
   * @default - named like the construct, in the namespace of its component
   */
  readonly metadata?: ApiObjectMetadata;

  /** Name of the GatewayClass: `gatewayClass.className`. */
  readonly className: string;

  /** What the Gateway listens to. */
  readonly listeners: GatewayListener[];

  /**
   * Annotations for what the Gateway's controller makes, its Service for example; at most eight.
   *
   * @default - none
   */
  readonly infrastructureAnnotations?: { [name: string]: string };

  /**
   * Labels for what the Gateway's controller makes; at most eight.
   *
   * @default - none
   */
  readonly infrastructureLabels?: { [name: string]: string };
}

/** As many as the API allows. */
const MOST_LISTENERS = 64;
const MOST_INFRASTRUCTURE_FIELDS = 8;

/**
 * Where traffic enters the cluster. Routes attach to its listeners by reference.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#gateway
 */
export class Gateway extends TypedObject implements IGateway {
  /** A Gateway that the program does not make. */
  public static fromName(name: string, namespace: string): IGateway {
    return { gatewayName: name, gatewayNamespace: namespace };
  }

  private readonly props: GatewayProps;

  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id, 'gateway.networking.k8s.io/v1', 'Gateway', props.metadata);
    this.props = props;
  }

  public get gatewayName(): string {
    return this.name;
  }

  public get gatewayNamespace(): string {
    return this.apiObject.metadata.namespace!;
  }

  public get gatewayListeners(): GatewayListener[] | undefined {
    return [...this.props.listeners];
  }

  /** @internal */
  protected _spec(): object {
    const { className, listeners, infrastructureAnnotations, infrastructureLabels } = this.props;
    return {
      gatewayClassName: className,
      infrastructure: filled({ labels: filled(infrastructureLabels), annotations: filled(infrastructureAnnotations) }),
      listeners: listeners.map(listener => listener._toJson()),
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { listeners, infrastructureAnnotations = {}, infrastructureLabels = {} } = this.props;
    const most = Math.max(Object.keys(infrastructureAnnotations).length, Object.keys(infrastructureLabels).length);
    return [
      ...listeners.length > 0 ? [] : [`the Gateway "${this.name}" has no listeners; expected at least one: add GatewayListener.https(…).`],
      ...listeners.length <= MOST_LISTENERS ? [] : [
        `the Gateway "${this.name}" has ${listeners.length} listeners; expected at most ${MOST_LISTENERS}: divide them between two Gateways.`,
      ],
      ...most <= MOST_INFRASTRUCTURE_FIELDS ? [] : [
        `the Gateway "${this.name}" has ${most} labels or annotations for its infrastructure; expected at most ${MOST_INFRASTRUCTURE_FIELDS} of each: leave some out.`,
      ],
      ...listeners.flatMap(listener => listener._problems(this.name)),
      ...listeners.flatMap((listener, i) => listeners.slice(0, i).flatMap(earlier => this.conflict(earlier, listener))),
    ];
  }

  /** Why two listeners of one Gateway exclude each other: requests must belong to exactly one. */
  private conflict(a: GatewayListener, b: GatewayListener): string[] {
    if (a.name === b.name) {
      return [`the Gateway "${this.name}" has two listeners named "${a.name}"; expected every name once: rename one of them.`];
    }
    if (a.port !== b.port) {
      return [];
    }
    if ((a.protocol === 'HTTP') !== (b.protocol === 'HTTP')) {
      return [`the Gateway "${this.name}" has the listeners "${a.name}" (${a.protocol}) and "${b.name}" (${b.protocol}) on port ${a.port}; `
        + 'expected a port for plain HTTP and another for TLS: move one of them.'];
    }
    const hostname = a.hostname === undefined ? 'every hostname' : readable(a.hostname);
    return a.hostname !== b.hostname ? [] : [`the Gateway "${this.name}" has the listeners "${a.name}" and "${b.name}" for ${hostname} on port ${a.port}; `
      + 'expected hostname or port to differ, because a request must belong to one listener: change one of them.'];
  }
}
