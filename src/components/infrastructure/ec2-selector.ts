import { variableUses } from '../../synth/substitution';

/** Tags by which subnets or security groups are found. @internal */
export type Tags = { [key: string]: string };

/** Subnets that nodes may be in. */
export class SubnetSelector {
  /** Those that have these tags; with the value `*` any value. */
  public static tags(tags: { [key: string]: string }): SubnetSelector {
    return new SubnetSelector({ tags });
  }

  /** One by its id: `subnet-…`. */
  public static id(id: string): SubnetSelector {
    return new SubnetSelector({ id });
  }

  private constructor(/** @internal */ public readonly _term: { readonly id?: string; readonly tags?: Tags }) {}
}

/** Security groups that nodes get. */
export class SecurityGroupSelector {
  /** Those that have these tags; with the value `*` any value. */
  public static tags(tags: { [key: string]: string }): SecurityGroupSelector {
    return new SecurityGroupSelector({ tags });
  }

  /** One by its id: `sg-…`. */
  public static id(id: string): SecurityGroupSelector {
    return new SecurityGroupSelector({ id });
  }

  /** One by its name, which is not its tag `Name`. */
  public static named(name: string): SecurityGroupSelector {
    return new SecurityGroupSelector({ name });
  }

  private constructor(/** @internal */ public readonly _term: { readonly id?: string; readonly name?: string; readonly tags?: Tags }) {}
}

/** What Karpenter's definition would refuse, without the name of the object. @internal */
export function selectorProblems(what: string, terms: readonly { readonly id?: string; readonly tags?: Tags }[], idPrefix: string): string[] {
  return [
    ...terms.length > 0 ? [] : [`selects no ${what}; expected at least one selector: leave them out for those with the tag karpenter.sh/discovery.`],
    ...terms.flatMap(({ id, tags }) => [
      ...id === undefined || id.startsWith(idPrefix) || variableUses(id).length > 0 ? [] : [`selects the ${what} "${id}"; expected an id that starts with ${idPrefix}: correct it.`],
      ...emptyTagProblems(what, tags),
    ]),
  ];
}

function emptyTagProblems(what: string, tags: Tags | undefined): string[] {
  return tags === undefined || areTags(tags) ? [] : [
    `selects a ${what} by tags with an empty key or value, or by none; expected keys with values: name them, with * for any value.`,
  ];
}

/** Whether something can be found by tags: there are some, and none is empty. @internal */
export function areTags(tags: Tags): boolean {
  const entries = Object.entries(tags);
  return entries.length > 0 && entries.every(([key, value]) => key !== '' && value !== '');
}
