/** Which of Amazon's images a node starts from, and how its user data reads. */
export enum AmiFamily {
  AL2023 = 'AL2023',
  BOTTLEROCKET = 'Bottlerocket',
  WINDOWS_2019 = 'Windows2019',
  WINDOWS_2022 = 'Windows2022',
  WINDOWS_2025 = 'Windows2025',
  /** An image whose user data Karpenter leaves alone. */
  CUSTOM = 'Custom',
}

/**
 * The image of nodes.
 *
 * @see https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms
 */
export class Ami {
  /**
   * Bottlerocket, at a release: `v1.20.4`.
   *
   * @throws where the version is `latest`
   * @see https://github.com/bottlerocket-os/bottlerocket/releases
   */
  public static bottlerocket(version: string): Ami {
    return Ami.pinned(AmiFamily.BOTTLEROCKET, version);
  }

  /**
   * Amazon Linux 2023, at a release: `v20240807`.
   *
   * @throws where the version is `latest`
   * @see https://github.com/awslabs/amazon-eks-ami/releases
   */
  public static al2023(version: string): Ami {
    return Ami.pinned(AmiFamily.AL2023, version);
  }

  /**
   * The newest image of a family. With every release of it all nodes are replaced, on every cluster at the same time and with no change in
   * the repository. Windows has no other.
   */
  public static latest(family: AmiFamily): Ami {
    return Ami.alias(family, 'latest');
  }

  /** Images by their ids: `ami-…`. */
  public static ids(family: AmiFamily, id: string, ...others: string[]): Ami {
    return new Ami([id, ...others].map(each => ({ id: each })), family);
  }

  /**
   * The newest image of a name, with `*` as wildcard.
   *
   * @param owner account id, `self` or `amazon`
   */
  public static name(family: AmiFamily, name: string, owner: string): Ami {
    return new Ami([{ name, owner }], family);
  }

  /** The newest image that has these tags. */
  public static tags(family: AmiFamily, tags: { [key: string]: string }): Ami {
    return new Ami([{ tags }], family);
  }

  /** The image whose id is in a parameter of the Systems Manager. */
  public static ssmParameter(family: AmiFamily, name: string): Ami {
    return new Ami([{ ssmParameter: name }], family);
  }

  private static pinned(family: AmiFamily, version: string): Ami {
    if (version === 'latest') {
      throw new Error(`the image of ${family} has the version "latest", which replaces all nodes whenever there is a newer one; expected a release: name one, `
        + 'or say Ami.latest(…) where that is meant.');
    }
    return Ami.alias(family, version);
  }

  private static alias(family: AmiFamily, version: string): Ami {
    if (family === AmiFamily.CUSTOM) {
      throw new Error('there is no newest image of the family Custom; expected one of Amazon\'s families: say which image with Ami.ids(…) or Ami.tags(…).');
    }
    return new Ami([{ alias: `${family.toLowerCase()}@${version}` }]);
  }

  private constructor(
    /** Selector terms. @internal */
    public readonly _terms: { readonly [field: string]: any }[],
    /** None where the alias says it. @internal */
    public readonly _family?: AmiFamily,
  ) {}
}
