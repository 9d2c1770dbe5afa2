const NAME = /^[a-z][a-z0-9]*$/;

/** A service of AWS for which Crossplane has a provider. */
export class AwsService {
  /** Instances and networks. */
  public static readonly EC2 = new AwsService('ec2');

  /** Kubernetes clusters, their node groups and Pod Identity Associations. */
  public static readonly EKS = new AwsService('eks');

  /** Roles, policies and users. */
  public static readonly IAM = new AwsService('iam');

  /** Keys for encryption. */
  public static readonly KMS = new AwsService('kms');

  /** Buckets. */
  public static readonly S3 = new AwsService('s3');

  /**
   * Another service.
   *
   * @param name as in the provider's name: `rds` of `provider-aws-rds`
   * @throws where the name is none of a service
   */
  public static of(name: string): AwsService {
    if (!NAME.test(name)) {
      throw new Error(`"${name}" is no name of an AWS service; expected small letters and digits, as in the provider's name: `
        + 'rds for provider-aws-rds.');
    }
    return new AwsService(name);
  }

  private constructor(
    /** Name, as in the provider's name and in its API groups. */
    public readonly name: string,
  ) {}

  /** Name of the provider's package. */
  public get providerName(): string {
    return `provider-aws-${this.name}`;
  }

  /** API group of its namespaced managed resources. */
  public get group(): string {
    return `${this.name}.aws.m.upbound.io`;
  }
}
