import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { GatewayListener } from './gateway-listener';
import { TypedObject } from '../../flux';

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

  /** Name of the GatewayClass. */
  readonly className: string;

  /** What the Gateway listens to. */
  readonly listeners: GatewayListener[];

  /**
   * Annotations for what the Gateway's controller makes, its Service for example.
   *
   * @default - none
   */
  readonly infrastructureAnnotations?: { [name: string]: string };
}

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

  public get gatewayListeners(): GatewayListener[] {
    return [...this.props.listeners];
  }

  /** @internal */
  protected _spec(): object {
    const { className, listeners, infrastructureAnnotations } = this.props;
    return {
      gatewayClassName: className,
      infrastructure: infrastructureAnnotations && { annotations: infrastructureAnnotations },
      listeners: listeners.map(listener => listener._toJson()),
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { listeners } = this.props;
    const repeated = listeners.find((listener, i) => listeners.findIndex(other => other.name === listener.name) !== i);
    return [
      ...listeners.length > 0 ? [] : [`the Gateway "${this.name}" has no listeners; expected at least one: add GatewayListener.https(…).`],
      ...repeated ? [`the Gateway "${this.name}" has two listeners named "${repeated.name}"; expected every name once: rename one of them.`] : [],
    ];
  }
}
