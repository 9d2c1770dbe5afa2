import { LabelSelector } from '../../flux';
import { labelSelectorFields } from '../../flux/reference';
import { render } from '../../synth/substitution';
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

/** What every listener has. */
export interface ListenerOptions {
  /**
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
   * Which routes may attach.
   *
   * @default AllowedRoutes.sameNamespace()
   */
  readonly allowedRoutes?: AllowedRoutes;
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

/** What a Gateway listens to. */
export class GatewayListener {
  /** Plain HTTP, for HTTPRoutes. */
  public static http(options: ListenerOptions = {}): GatewayListener {
    return new GatewayListener('HTTP', ['HTTPRoute', 'GRPCRoute'], 80, options);
  }

  /** HTTPS that ends here, for HTTPRoutes. */
  public static https(options: TerminatingListenerOptions): GatewayListener {
    return new GatewayListener('HTTPS', ['HTTPRoute', 'GRPCRoute'], 443, options, {
      mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: options.certificate.secretName }],
    });
  }

  /** TLS that passes through to the backend, for TLSRoutes. */
  public static tlsPassthrough(options: ListenerOptions = {}): GatewayListener {
    return new GatewayListener('TLS', ['TLSRoute'], 443, options, { mode: 'Passthrough' });
  }

  /** Name of the listener. */
  public readonly name: string;

  /** `HTTP`, `HTTPS` or `TLS`. */
  public readonly protocol: string;

  /** Hostname that it is for; every one if there is none. */
  public readonly hostname?: string;

  private readonly routeKinds: readonly string[];
  private readonly port: number;
  private readonly allowedRoutes: AllowedRoutes;
  private readonly tls?: object;

  private constructor(protocol: string, routeKinds: readonly string[], port: number, options: ListenerOptions, tls?: object) {
    this.name = options.name ?? protocol.toLowerCase();
    this.protocol = protocol;
    this.hostname = options.hostname;
    this.routeKinds = routeKinds;
    this.port = options.port ?? port;
    this.allowedRoutes = options.allowedRoutes ?? AllowedRoutes.sameNamespace();
    this.tls = tls;
  }

  /** @internal */
  public _toJson(): object {
    return {
      name: this.name,
      hostname: this.hostname,
      port: this.port,
      protocol: this.protocol,
      tls: this.tls,
      allowedRoutes: { namespaces: this.allowedRoutes._namespaces },
    };
  }

  /** Why the listener does not take a route; undefined where it does. @internal */
  public _refusal(route: Attachment, ownNamespace: string): string | undefined {
    if (!this.routeKinds.includes(route.kind)) {
      return `is for ${this.protocol}, which takes ${this.routeKinds.join(' and ')}`;
    }
    const { hostname } = this;
    if (hostname !== undefined && route.hostnames.length > 0 && !route.hostnames.some(wanted => hostnamesMeet(wanted, hostname))) {
      return `is for ${readable(hostname)}, and not for ${route.hostnames.map(readable).join(', ')}`;
    }
    return this.allowedRoutes._refusal(route.namespace, ownNamespace);
  }
}

/** Whether two hostnames have one in common; `*.` stands for one or more labels. */
function hostnamesMeet(a: string, b: string): boolean {
  return a === b || isBelow(a, b) || isBelow(b, a);
}

function isBelow(hostname: string, wildcard: string): boolean {
  return wildcard.startsWith('*.') && hostname.length > wildcard.length - 1 && hostname.endsWith(wildcard.slice(1));
}

/** A hostname as the repository has it. */
function readable(hostname: string): string {
  return render(hostname, false);
}
