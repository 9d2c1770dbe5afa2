import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { attachmentProblems } from './attachment';
import { IGateway } from './gateway';
import { parentRef, RouteBackend } from './http-route';
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
    super(scope, id, 'gateway.networking.k8s.io/v1', 'TLSRoute', props.metadata);
    this.props = props;
  }

  /** @internal */
  protected _spec(): object {
    const { gateway, listener, hostnames, backend } = this.props;
    return {
      parentRefs: [parentRef(gateway, listener, this.apiObject.metadata.namespace)],
      hostnames,
      rules: [{ backendRefs: [{ name: backend.serviceName, port: backend.port }] }],
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { gateway, listener, hostnames } = this.props;
    return attachmentProblems(gateway, {
      kind: 'TLSRoute', name: this.name, namespace: this.apiObject.metadata.namespace ?? 'default', hostnames, listener,
    });
  }
}
