import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { parentProblems, parentRef, RouteParent } from './attachment';
import { IGateway } from './gateway';
import { RouteKind } from './gateway-listener';
import { hostnameProblems } from './hostname';
import { RouteBackend } from './route-backend';
import { TypedObject } from '../../flux';

export interface TlsRouteProps {
  /**
   * @default - named like the construct, in the namespace of its component
   */
  readonly metadata?: ApiObjectMetadata;

  /** The Gateway that it attaches to; it needs a listener of `GatewayListener.tlsPassthrough`. */
  readonly gateway: IGateway;

  /**
   * Name of the listener.
   *
   * @default - any listener of the Gateway that takes it
   */
  readonly listener?: string;

  /**
   * Further Gateways, or further listeners of the same one.
   *
   * @default - none
   */
  readonly furtherParents?: RouteParent[];

  /** Names that clients ask for when they open a connection (SNI). */
  readonly hostnames: string[];

  /** Where connections go. */
  readonly backend: RouteBackend;
}

/**
 * Passes TLS connections that a Gateway takes through to a Service, which ends them itself. Synth refuses one that the Gateway would refuse.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#tlsroute
 */
export class TlsRoute extends TypedObject {
  private readonly props: TlsRouteProps;

  constructor(scope: Construct, id: string, props: TlsRouteProps) {
    super(scope, id, 'gateway.networking.k8s.io/v1', RouteKind.TLS, props.metadata);
    this.props = props;
  }

  /** Names that clients ask for. */
  public get hostnames(): string[] {
    return [...this.props.hostnames];
  }

  private get namespace(): string {
    return this.apiObject.metadata.namespace ?? 'default';
  }

  private get parents(): RouteParent[] {
    return [this.props, ...this.props.furtherParents ?? []];
  }

  /** @internal */
  protected _spec(): object {
    return {
      parentRefs: this.parents.map(parent => parentRef(parent, this.namespace)),
      hostnames: this.props.hostnames,
      rules: [{ backendRefs: [this.props.backend._toJson(this.namespace)] }],
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { hostnames, backend } = this.props;
    return [
      ...hostnames.length > 0 ? [] : [`the TLSRoute "${this.name}" has no hostnames; expected at least one: say which names clients ask for.`],
      ...hostnames.flatMap(hostname => hostnameProblems(`the TLSRoute "${this.name}" is for connections`, hostname)),
      ...parentProblems(this.parents, { kind: RouteKind.TLS, name: this.name, namespace: this.namespace, hostnames }),
      ...backend._problems(RouteKind.TLS, this.name, this.namespace),
    ];
  }
}
