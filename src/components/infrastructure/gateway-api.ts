import { Construct } from 'constructs';
import { CiliumGatewayClassConfig, GatewayServiceOptions } from './cilium-gateway-class-config';
import { Gateway } from './gateway';
import { GatewayClass } from './gateway-class';
import { AllowedRoutes, GatewayListener } from './gateway-listener';
import { HttpRedirect } from './http-redirect';
import { HttpRoute } from './http-route';
import { Area, Component, Variable } from '../../platform';
import { Certificate } from '../security/certificate';
import { ISecretReference } from '../security/external-secret';
import { IIssuer } from '../security/issuer';

const CONTROLLER = 'io.cilium/gateway-controller';
const GENERAL = 'platform-tailscale-general';
const ADMIN = 'platform-tailscale-admin';

/** A Gateway for HTTPS on the names of the cluster's domain. */
export interface PlatformGatewayOptions {
  /**
   * Which namespaces' routes may attach.
   *
   * @default - of the general Gateway: `apps`, `observability`, `security` and `tooling`; of the admin one those, `flux-system` and
   * `kube-system`; of one that is added: its own namespace
   */
  readonly allowedRoutes?: AllowedRoutes;

  /**
   * Hostname of the listener; the certificate has to be for it.
   *
   * @default - every name below `domain` of the component
   */
  readonly hostname?: string;

  /**
   * Whether it listens on port 80, too, and sends clients from there to HTTPS.
   *
   * @default false
   */
  readonly redirectHttp?: boolean;

  /**
   * Name of the machine that the Gateway becomes in the tailnet. Machines of several clusters in one tailnet want a variable in it:
   * `gateway-${Variable.of('cluster_name')}`.
   *
   * @default - Tailscale makes one of the Service's namespace and name
   */
  readonly tailscaleHostname?: string;

  /**
   * Annotations of the Gateway's Service.
   *
   * @default - that of `tailscaleHostname`
   */
  readonly infrastructureAnnotations?: { [name: string]: string };
}

export interface GatewayApiProps {
  /**
   * Namespace of the Gateways.
   *
   * @default 'infrastructure'
   */
  readonly namespace?: string;

  /**
   * What signs the certificate for every name below `domain`, which the component then makes.
   *
   * @default - `certificate` says which there is
   */
  readonly issuer?: IIssuer;

  /**
   * The Secret with a certificate for every name below `domain` that is made elsewhere, in the namespace of the Gateways.
   *
   * @default - `issuer` signs one
   */
  readonly certificate?: ISecretReference;

  /**
   * The domain whose names the Gateways are for.
   *
   * @default - the variable `domain`
   */
  readonly domain?: string;

  /**
   * Name of the GatewayClass, and of its parameters.
   *
   * @default 'cilium-tailscale'
   */
  readonly className?: string;

  /**
   * How the Gateways are reached from outside the cluster.
   *
   * @default - load balancers of the class `tailscale`, which Tailscale's operator makes
   */
  readonly service?: GatewayServiceOptions;

  /**
   * The Gateway `platform-tailscale-general`, for everyone.
   *
   * @default - HTTPS for the namespaces of applications and tools
   */
  readonly general?: PlatformGatewayOptions;

  /**
   * The Gateway `platform-tailscale-admin`, for those who run the platform.
   *
   * @default - HTTPS for the namespaces of tools and of the platform itself
   */
  readonly admin?: PlatformGatewayOptions;
}

/**
 * Gateways for HTTPS on the names of the cluster's domain, run by Cilium and reached through Tailscale: their class with its parameters, and
 * the certificate that they use.
 *
 * The definitions of the Gateway API come ahead of it, and of Cilium's operator: `Crds.ofSystem(…, System.GATEWAY_API)`.
 *
 * @see https://docs.cilium.io/en/stable/network/servicemesh/gateway-api/gateway-api/
 */
export class GatewayApi extends Component {
  /** The class of the Gateways. */
  public readonly gatewayClass: GatewayClass;

  /** The Secret with the certificate that the listeners use. */
  public readonly certificate: ISecretReference;

  /** The Gateway for everyone. */
  public readonly general: Gateway;

  /** The Gateway for those who run the platform. */
  public readonly admin: Gateway;

  private readonly domain: string;
  private readonly gateways = new Map<string, Gateway>();

  /**
   * @throws where it is given no certificate, or two
   */
  constructor(scope: Construct, id: string, props: GatewayApiProps) {
    const { className = 'cilium-tailscale', general, admin } = props;
    super(scope, id, { area: Area.INFRASTRUCTURE, namespace: props.namespace ?? 'infrastructure' });
    this.domain = props.domain ?? Variable.of('domain').toString();
    // Applied after the class that refers to it, and found by Cilium then: see GatewayClass.
    const parameters = new CiliumGatewayClassConfig(this, 'parameters', {
      metadata: { name: className }, ...props.service ?? { loadBalancerClass: 'tailscale' },
    });
    this.gatewayClass = new GatewayClass(this, className, { controllerName: CONTROLLER, parameters });
    this.certificate = this.certificateOf(props);
    this.general = this.addGateway(GENERAL, { allowedRoutes: AllowedRoutes.namespaces('apps', 'observability', 'security', 'tooling'), ...general });
    this.admin = this.addGateway(ADMIN, {
      allowedRoutes: AllowedRoutes.namespaces('apps', 'flux-system', 'kube-system', 'observability', 'security', 'tooling'), ...admin,
    });
  }

  /**
   * Adds a Gateway of the same class, with the same certificate.
   *
   * @param name name of the Gateway
   */
  public addGateway(name: string, options: PlatformGatewayOptions = {}): Gateway {
    const { hostname = `*.${this.domain}`, allowedRoutes, redirectHttp = false, tailscaleHostname, infrastructureAnnotations } = options;
    const gateway = new Gateway(this, name, {
      className: this.gatewayClass.className,
      infrastructureAnnotations: {
        ...tailscaleHostname === undefined ? {} : { 'tailscale.com/hostname': tailscaleHostname },
        ...infrastructureAnnotations,
      },
      listeners: [
        GatewayListener.https({ hostname, allowedRoutes, certificate: this.certificate }),
        // Of its own namespace alone: nothing but the redirect below is for plain HTTP.
        ...redirectHttp ? [GatewayListener.http({ hostname })] : [],
      ],
    });
    if (redirectHttp) {
      new HttpRoute(this, `${name}-redirect`, { gateway, listener: 'http', hostnames: [], rules: [{ redirect: HttpRedirect.toHttps() }] });
    }
    this.gateways.set(name, gateway);
    return gateway;
  }

  /**
   * One of its Gateways.
   *
   * @param name `platform-tailscale-general`, `platform-tailscale-admin`, or one that was added
   * @throws where it has none of that name
   */
  public gateway(name: string): Gateway {
    const gateway = this.gateways.get(name);
    if (!gateway) {
      throw new Error(`${this.node.path} is asked for the Gateway "${name}", which it does not have; `
        + `expected one of ${[...this.gateways.keys()].join(', ')}: correct the name, or add it with addGateway.`);
    }
    return gateway;
  }

  private certificateOf({ issuer, certificate }: GatewayApiProps): ISecretReference {
    if ((issuer === undefined) === (certificate === undefined)) {
      throw new Error(`${this.node.path} is given ${issuer ? 'both an issuer and a certificate' : 'neither an issuer nor a certificate'}, and its Gateways need `
        + 'one certificate; expected an issuer that signs it, or the Secret of one that is made elsewhere: say one of them.');
    }
    return certificate ?? new Certificate(this, 'platform-tls', { dnsNames: [`*.${this.domain}`], issuer: issuer! });
  }
}
