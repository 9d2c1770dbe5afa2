import { hostnameProblems, mayMeet, portProblem, readable } from './hostname';
import { LabelSelector } from '../../flux';
import { labelSelectorFields } from '../../flux/reference';
import { objectNameProblem } from '../../synth/kubernetes-names';
import { ISecretReference } from '../security/external-secret';

/** Which namespaces' routes may attach to a listener. */
export class AllowedRoutes {
  /** Those of every namespace. */
  public static all(): AllowedRoutes {
    return new AllowedRoutes({ from: 'All' }, () => undefined);
  }

  /** Those of the Gateway's namespace. */
  public static sameNamespace(): AllowedRoutes {
    return new AllowedRoutes({ from: 'Same' }, (namespace, own) =>
      namespace === own ? undefined : `allows routes of its own namespace ${own} alone, and not of ${namespace}`);
  }

  /** Those of these namespaces. */
  public static namespaces(name: string, ...others: string[]): AllowedRoutes {
    const names = [name, ...others];
    // A label that Kubernetes gives every namespace.
    const selector = { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: names }] };
    return new AllowedRoutes({ from: 'Selector', selector }, namespace =>
      names.includes(namespace) ? undefined : `allows routes of ${names.join(', ')}, and not of ${namespace}`);
  }

  /** Those of the namespaces that have these labels. Which namespaces that are is not checked. */
  public static labelled(selector: LabelSelector): AllowedRoutes {
    return new AllowedRoutes({ from: 'Selector', selector: labelSelectorFields(selector) }, () => undefined);
  }

  private constructor(
    /** `allowedRoutes.namespaces`. @internal */
    public readonly _namespaces: object,
    /** Why the routes of a namespace are refused. @internal */
    public readonly _refusal: (namespace: string, own: string) => string | undefined,
  ) {}
}

/** Kinds of routes. */
export enum RouteKind {
  HTTP = 'HTTPRoute',
  GRPC = 'GRPCRoute',
  TLS = 'TLSRoute',
}

/** What every listener has. */
export interface ListenerOptions {
  /**
   * Name that routes refer to.
   *
   * @default - the protocol in lower-case letters
   */
  readonly name?: string;

  /**
   * Hostname that requests are for; `*.example.com` for every name below a domain.
   *
   * @default - every hostname
   */
  readonly hostname?: string;

  /**
   * @default - 80 for HTTP, 443 for HTTPS and TLS
   */
  readonly port?: number;

  /**
   * Which namespaces' routes may attach.
   *
   * @default AllowedRoutes.sameNamespace()
   */
  readonly allowedRoutes?: AllowedRoutes;

  /**
   * Which kinds of routes may attach; each has to be one that the protocol takes.
   *
   * @default - those that the protocol takes: HTTPRoutes and GRPCRoutes for HTTP and HTTPS, TLSRoutes for TLS
   */
  readonly allowedKinds?: RouteKind[];
}

/** A listener that ends TLS. */
export interface TerminatingListenerOptions extends ListenerOptions {
  /** The Secret with the certificate, in the namespace of the Gateway: what a `Certificate` or an `ExternalSecret` makes. */
  readonly certificate: ISecretReference;
}

/** What a route asks of a Gateway. @internal */
export interface Attachment {
  /** `HTTPRoute`, `TLSRoute`, … */
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly hostnames: readonly string[];
  /** The listener that is meant; any of them if it is not said. */
  readonly listener?: string;
}

/**
 * What a Gateway listens to.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#listener
 */
export class GatewayListener {
  /** Plain HTTP, for HTTPRoutes. */
  public static http(options: ListenerOptions = {}): GatewayListener {
    return new GatewayListener('HTTP', [RouteKind.HTTP, RouteKind.GRPC], 80, options);
  }

  /** HTTPS that ends here, for HTTPRoutes. */
  public static https(options: TerminatingListenerOptions): GatewayListener {
    return new GatewayListener('HTTPS', [RouteKind.HTTP, RouteKind.GRPC], 443, options, {
      mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: options.certificate.secretName }],
    });
  }

  /** TLS that passes through to the backend, for TLSRoutes. */
  public static tlsPassthrough(options: ListenerOptions = {}): GatewayListener {
    return new GatewayListener('TLS', [RouteKind.TLS], 443, options, { mode: 'Passthrough' });
  }

  /** Name of the listener. */
  public readonly name: string;

  /** `HTTP`, `HTTPS` or `TLS`. */
  public readonly protocol: string;

  /** Port that it listens on. */
  public readonly port: number;

  /** Hostname that it is for; every one if there is none. */
  public readonly hostname?: string;

  private readonly allowedRoutes: AllowedRoutes;
  private readonly allowedKinds?: readonly RouteKind[];

  private constructor(
    protocol: string, private readonly routeKinds: readonly RouteKind[], port: number, options: ListenerOptions, private readonly tls?: object,
  ) {
    this.name = options.name ?? protocol.toLowerCase();
    this.protocol = protocol;
    this.hostname = options.hostname;
    this.port = options.port ?? port;
    this.allowedRoutes = options.allowedRoutes ?? AllowedRoutes.sameNamespace();
    this.allowedKinds = options.allowedKinds;
  }

  /** @internal */
  public _toJson(): object {
    return {
      name: this.name,
      hostname: this.hostname,
      port: this.port,
      protocol: this.protocol,
      tls: this.tls,
      allowedRoutes: { namespaces: this.allowedRoutes._namespaces, kinds: this.allowedKinds?.map(kind => ({ kind })) },
    };
  }

  /** Why the listener does not take a route; undefined where it does. @internal */
  public _refusal(route: Attachment, ownNamespace: string): string | undefined {
    if (!this.routeKinds.some(kind => kind === route.kind)) {
      return `is for ${this.protocol}, which takes ${this.routeKinds.join(' and ')}`;
    }
    if (this.allowedKinds && !this.allowedKinds.some(kind => kind === route.kind)) {
      return `allows ${this.allowedKinds.join(' and ')} alone`;
    }
    const { hostname } = this;
    if (hostname !== undefined && route.hostnames.length > 0 && !route.hostnames.some(wanted => mayMeet(wanted, hostname))) {
      return `is for ${readable(hostname)}, and not for ${route.hostnames.map(readable).join(', ')}`;
    }
    return this.allowedRoutes._refusal(route.namespace, ownNamespace);
  }

  /** What the API would refuse of the listener by itself. @internal */
  public _problems(gateway: string): string[] {
    const start = `the Gateway "${gateway}" has a listener`;
    const strange = this.allowedKinds?.find(kind => !this.routeKinds.includes(kind));
    return [
      ...objectNameProblem('', 'listener', this.name) === undefined ? [] : [
        `${start} named "${this.name}"; expected lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, and at most 253 of them: rename it.`,
      ],
      ...portProblem(`${start} "${this.name}"`, this.port),
      ...this.hostname === undefined ? [] : hostnameProblems(`${start} "${this.name}"`, this.hostname),
      ...strange === undefined ? [] : [
        `${start} "${this.name}" that allows ${strange}s, which ${this.protocol} does not take; expected ${this.routeKinds.join(' or ')}: correct allowedKinds.`,
      ],
      ...this.allowedKinds?.length === 0 ? [
        `${start} "${this.name}" that allows no kind of route; expected at least one: leave allowedKinds out for those that ${this.protocol} takes.`,
      ] : [],
    ];
  }
}
