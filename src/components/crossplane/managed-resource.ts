import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { AwsService } from './aws-service';
import { apiGroup } from '../../synth/api-group';

const AWS_GROUP = /^[a-z0-9]+\.aws\.m\.upbound\.io$/;

/** Kinds that are plurals, `GlobalSettings` for example, and those that the tools take for one, in front of their group. */
const PLURAL = /^([a-z0-9]*[^aius]s|thesaurus|devicefleet|fleet(?=\.(appstream|gamelift)\.))\./;

/** Endings, the first that fits, and what becomes of them in the plural. */
const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/analysis$/, 'analyses'],
  [/ex$/, 'ices'],
  [/(?<=[^aeiou])y$/, 'ies'],
  [/(?<=s|x|z|ch|sh)$/, 'es'],
  [/$/, 's'],
];

/**
 * A kind of managed resource: what a provider of Crossplane makes of a cloud's API.
 *
 * @see https://docs.crossplane.io/latest/managed-resources/managed-resource-definitions/
 */
export class ManagedResource {
  /**
   * A kind of an AWS provider.
   *
   * @param kind the kind: `Bucket`
   */
  public static aws(service: AwsService, kind: string): ManagedResource {
    return ManagedResource.of(service.group, kind);
  }

  /** Every kind of an AWS provider. Each costs memory in the API server and in the provider. */
  public static everyOf(service: AwsService): ManagedResource {
    return new ManagedResource('*', service.group);
  }

  /**
   * A kind of any provider.
   *
   * @param group API group
   * @param kind the kind
   * @param plural how it is called in the API's paths; made of the kind if nothing is said
   */
  public static of(group: string, kind: string, plural?: string): ManagedResource {
    return new ManagedResource(plural ?? pluralOf(kind.toLowerCase(), group), group);
  }

  private constructor(
    private readonly plural: string,
    /** API group. */
    public readonly group: string,
  ) {}

  /** Name of its ManagedResourceDefinition: `roles.iam.aws.m.upbound.io`. */
  public get definitionName(): string {
    return `${this.plural}.${this.group}`;
  }
}

/** The managed resources of AWS that are objects of a program. @internal */
export function awsResourcesBelow(root: IConstruct): ManagedResource[] {
  return root.node.findAll()
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct) && isAwsGroup(apiGroup(construct.apiVersion)))
    .map(object => ManagedResource.of(apiGroup(object.apiVersion), object.kind));
}

/** Whether an API group is one of an AWS provider's managed resources. @internal */
export function isAwsGroup(group: string): boolean {
  return AWS_GROUP.test(group);
}

/** The plural that the tools behind the providers give to a kind, which is given in small letters. */
function pluralOf(kind: string, group: string): string {
  const [ending, plural] = ENDINGS.find(([pattern]) => pattern.test(kind))!;
  return PLURAL.test(`${kind}.${group}`) ? kind : kind.replace(ending, plural);
}
