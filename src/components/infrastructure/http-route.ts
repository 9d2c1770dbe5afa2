import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { parentProblems, parentRef, RouteParent } from './attachment';
import { IGateway } from './gateway';
import { RouteKind } from './gateway-listener';
import { hostnameProblems } from './hostname';
import { HttpRouteRule, httpRuleFields, httpRuleProblems } from './http-rule';
import { TypedObject } from '../../flux';
import { list } from '../../flux/reference';

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

  /**
   * Further Gateways, or further listeners of the same one.
   *
   * @default - none
   */
  readonly furtherParents?: RouteParent[];

  /** Hostnames that requests are for; with none, it is for those of the listener. */
  readonly hostnames: string[];

  /** Which requests go where. */
  readonly rules: HttpRouteRule[];
}

/** As many as the API allows. */
const MOST = 16;

/**
 * Sends HTTP requests that a Gateway takes to Services. Synth refuses one that the Gateway would refuse.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httproute
 */
export class HttpRoute extends TypedObject {
  private readonly props: HttpRouteProps;

  constructor(scope: Construct, id: string, props: HttpRouteProps) {
    super(scope, id, 'gateway.networking.k8s.io/v1', RouteKind.HTTP, props.metadata);
    this.props = props;
  }

  /** Hostnames that requests are for. */
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
    const { hostnames, rules } = this.props;
    return {
      parentRefs: this.parents.map(parent => parentRef(parent, this.namespace)),
      hostnames: hostnames.length === 0 ? undefined : hostnames,
      rules: list(rules, rule => httpRuleFields(rule, this.namespace)),
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { hostnames, rules } = this.props;
    const counts = { hostnames: hostnames.length, rules: rules.length };
    return [
      ...rules.length > 0 ? [] : [`the HTTPRoute "${this.name}" has no rules; expected at least one: say where requests go.`],
      ...Object.entries(counts).filter(([, count]) => count > MOST).map(([what, count]) =>
        `the HTTPRoute "${this.name}" has ${count} ${what}; expected at most ${MOST}: divide them between two routes.`),
      ...hostnames.flatMap(hostname => hostnameProblems(`the HTTPRoute "${this.name}" is for requests`, hostname)),
      ...parentProblems(this.parents, { kind: RouteKind.HTTP, name: this.name, namespace: this.namespace, hostnames }),
      ...rules.flatMap(rule => httpRuleProblems(rule, this.name, this.namespace)),
    ];
  }
}
