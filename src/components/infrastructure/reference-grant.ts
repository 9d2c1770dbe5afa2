import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { RouteKind } from './gateway-listener';
import { TypedObject } from '../../flux';
import { list } from '../../flux/reference';

export interface ReferenceGrantProps {
  /**
   * Metadata; its namespace is that of the Services.
   *
   * @default - named like the construct, in the namespace of its component
   */
  readonly metadata?: ApiObjectMetadata;

  /** Namespaces whose routes may send requests here. */
  readonly fromNamespaces: string[];

  /**
   * Kinds of these routes.
   *
   * @default - HTTPRoutes alone
   */
  readonly fromKinds?: RouteKind[];

  /**
   * Names of the Services that they may send them to.
   *
   * @default - every Service of the namespace
   */
  readonly services?: string[];
}

/**
 * Lets routes of other namespaces send requests to Services of this one, which no route may by itself.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/referencegrant/
 */
export class ReferenceGrant extends TypedObject {
  private readonly props: ReferenceGrantProps;

  constructor(scope: Construct, id: string, props: ReferenceGrantProps) {
    super(scope, id, 'gateway.networking.k8s.io/v1', 'ReferenceGrant', props.metadata);
    this.props = props;
  }

  /** The namespace that it opens. @internal */
  public get _namespace(): string {
    return this.apiObject.metadata.namespace ?? 'default';
  }

  /** Why it does not let a route send requests to a Service; undefined where it does. @internal */
  public _refusal(kind: string, namespace: string, service: string): string | undefined {
    const { fromNamespaces, fromKinds = [RouteKind.HTTP], services } = this.props;
    if (!fromKinds.some(allowed => allowed === kind)) {
      return `which is for ${fromKinds.join(' and ')}`;
    }
    if (!fromNamespaces.includes(namespace)) {
      return `which is for routes of ${fromNamespaces.join(', ')}, and not of ${namespace}`;
    }
    return services && !services.includes(service) ? `which is for ${services.join(', ')}, and not for ${service}` : undefined;
  }

  /** @internal */
  protected _spec(): object {
    const { fromNamespaces, fromKinds = [RouteKind.HTTP], services } = this.props;
    return {
      from: fromNamespaces.flatMap(namespace => fromKinds.map(kind => ({ group: 'gateway.networking.k8s.io', kind, namespace }))),
      to: list(services, name => ({ group: '', kind: 'Service', name } as object)) ?? [{ group: '', kind: 'Service' }],
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { fromNamespaces, fromKinds, services } = this.props;
    return fromNamespaces.length === 0 || fromKinds?.length === 0 || services?.length === 0
      ? [`the ReferenceGrant "${this.name}" lets nobody in; expected at least one namespace, kind and Service: name them, or leave out what may be any.`]
      : [];
  }
}
