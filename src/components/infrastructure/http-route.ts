import { ApiObjectMetadata } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { attachmentProblems } from './attachment';
import { IGateway } from './gateway';
import { TypedObject } from '../../flux';

/** A Service that a route sends requests to. */
export class RouteBackend {
  /** A Service of the program, and its port; the first one if it is not said. */
  public static service(service: Service, port?: number): RouteBackend {
    return new RouteBackend(service.name, port ?? service.port);
  }

  /** A Service that something on the cluster makes, in the namespace of the route: that of a chart, for example. */
  public static fromName(serviceName: string, port: number): RouteBackend {
    return new RouteBackend(serviceName, port);
  }

  private constructor(
    public readonly serviceName: string,
    public readonly port: number,
  ) {}
}

/** Which requests of a route go where. */
export interface HttpRouteRule {
  /**
   * Prefix of the path.
   *
   * @default - every path
   */
  readonly pathPrefix?: string;

  /** Where they go. */
  readonly backend: RouteBackend;
}

/** How a component is reached from outside the cluster. */
export interface RouteOptions {
  /** The Gateway that it attaches to. */
  readonly gateway: IGateway;

  /**
   * Name of the listener.
   *
   * @default - any listener of the Gateway that takes it
   */
  readonly listener?: string;

  /**
   * Hostname.
   *
   * @default - the component's usual name below the variable `domain`
   */
  readonly hostname?: string;
}

export interface HttpRouteProps {
  /**
   * @default - named like the construct, in the namespace of its component
   */
  readonly metadata?: ApiObjectMetadata;

  /** The Gateway that it attaches to. */
  readonly gateway: IGateway;

  /**
   * Name of the listener.
   *
   * @default - any listener of the Gateway that takes it
   */
  readonly listener?: string;

  /** Hostnames that requests are for. */
  readonly hostnames: string[];

  /** Which requests go where. */
  readonly rules: HttpRouteRule[];
}

/**
 * Sends HTTP requests that a Gateway takes to Services. Synth refuses one that the Gateway would refuse.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httproute
 */
export class HttpRoute extends TypedObject {
  private readonly props: HttpRouteProps;

  constructor(scope: Construct, id: string, props: HttpRouteProps) {
    super(scope, id, 'gateway.networking.k8s.io/v1', 'HTTPRoute', props.metadata);
    this.props = props;
  }

  /** Hostnames that requests are for. */
  public get hostnames(): string[] {
    return [...this.props.hostnames];
  }

  /** @internal */
  protected _spec(): object {
    const { gateway, listener, hostnames, rules } = this.props;
    return {
      parentRefs: [parentRef(gateway, listener, this.apiObject.metadata.namespace)],
      hostnames,
      rules: rules.map(({ pathPrefix, backend }) => ({
        matches: pathPrefix === undefined ? undefined : [{ path: { type: 'PathPrefix', value: pathPrefix } }],
        backendRefs: [{ name: backend.serviceName, port: backend.port }],
      })),
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { gateway, listener, hostnames } = this.props;
    return attachmentProblems(gateway, {
      kind: 'HTTPRoute', name: this.name, namespace: this.apiObject.metadata.namespace ?? 'default', hostnames, listener,
    });
  }
}

/** A Gateway as a route refers to it. @internal */
export function parentRef(gateway: IGateway, listener: string | undefined, within: string | undefined): object {
  const { gatewayName, gatewayNamespace } = gateway;
  return { name: gatewayName, namespace: gatewayNamespace === within ? undefined : gatewayNamespace, sectionName: listener };
}
