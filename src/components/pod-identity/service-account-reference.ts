import { ServiceAccount } from 'cdk8s-plus-28';

/** A ServiceAccount, by its name and namespace. */
export class ServiceAccountReference {
  /** One that the program makes. */
  public static of(serviceAccount: ServiceAccount): ServiceAccountReference {
    return new ServiceAccountReference(serviceAccount.name, serviceAccount.metadata.namespace ?? 'default');
  }

  /** One that something on the cluster makes: a chart, for example. */
  public static fromName(name: string, namespace: string): ServiceAccountReference {
    return new ServiceAccountReference(name, namespace);
  }

  private constructor(
    public readonly name: string,
    public readonly namespace: string,
  ) {}
}
