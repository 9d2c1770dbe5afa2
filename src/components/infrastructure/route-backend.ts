import { Service } from 'cdk8s-plus-28';
import { portProblem } from './hostname';
import { ReferenceGrant } from './reference-grant';

/** A Service that a route sends requests to. */
export class RouteBackend {
  /**
   * A Service of the program, and its port; the first one if it is not said. It has to be in the namespace of the route; for another one
   * there is `granted`.
   */
  public static service(service: Service, port?: number): RouteBackend {
    return new RouteBackend(service.name, port ?? service.port, service.metadata.namespace);
  }

  /** A Service that something on the cluster makes, in the namespace of the route: that of a chart, for example. */
  public static fromName(serviceName: string, port: number): RouteBackend {
    return new RouteBackend(serviceName, port);
  }

  /** A Service of another namespace, which lets the route in by a ReferenceGrant. */
  public static granted(grant: ReferenceGrant, serviceName: string, port: number): RouteBackend {
    return new RouteBackend(serviceName, port, grant._namespace, grant);
  }

  private constructor(
    public readonly serviceName: string,
    public readonly port: number,
    private readonly namespace?: string,
    private readonly grant?: ReferenceGrant,
  ) {}

  /** @internal */
  public _toJson(within: string, weight?: number): object {
    return { name: this.serviceName, namespace: this.isElsewhere(within) ? this.namespace : undefined, port: this.port, weight };
  }

  /** Why a route may not send requests to it. @internal */
  public _problems(kind: string, route: string, within: string): string[] {
    const start = `the ${kind} "${route}" sends requests to the Service "${this.serviceName}"`;
    if (!this.isElsewhere(within)) {
      return portProblem(start, this.port);
    }
    const refusal = this.grant?._refusal(kind, within, this.serviceName);
    return [
      ...portProblem(start, this.port),
      ...this.grant ? [] : [
        `${start} of the namespace "${this.namespace}" from "${within}"; expected one of its own namespace, or a ReferenceGrant there: use RouteBackend.granted(…).`,
      ],
      ...refusal === undefined ? [] : [
        `${start} by the ReferenceGrant "${this.grant!.name}", ${refusal}; expected a ReferenceGrant that lets it in: extend it.`,
      ],
    ];
  }

  private isElsewhere(within: string): boolean {
    return this.namespace !== undefined && this.namespace !== within;
  }
}

/** One of several Services that requests are divided between. */
export interface WeightedBackend {
  readonly backend: RouteBackend;

  /** Its share of the requests, in proportion to the sum of all weights; 0 for none. */
  readonly weight: number;
}
