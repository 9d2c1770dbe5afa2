import { areTags } from './ec2-selector';
import { variableUses } from '../../synth/substitution';

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
   * @throws where the version is no release, `latest` for example
   * @see https://github.com/bottlerocket-os/bottlerocket/releases
   */
  public static bottlerocket(version: string): Ami {
    return Ami.pinned(AmiFamily.BOTTLEROCKET, version, /^v?\d+\.\d+\.\d+$/, 'v1.20.4');
  }

  /**
   * Amazon Linux 2023, at a release: `v20240807`.
   *
   * @throws where the version is no release, `latest` for example
   * @see https://github.com/awslabs/amazon-eks-ami/releases
   */
  public static al2023(version: string): Ami {
    return Ami.pinned(AmiFamily.AL2023, version, /^v\d{8}$/, 'v20240807');
  }

  /**
   * The newest image of a family. With every release of it all nodes are replaced, on every cluster at the same time and with no change in
   * the repository. Windows has no other.
   *
   * @throws where the family is `Custom`
   */
  public static latest(family: AmiFamily): Ami {
    return Ami.alias(family, 'latest');
  }

  /**
   * Images by their ids: `ami-…`.
   *
   * @throws where one is no id
   */
  public static ids(family: AmiFamily, id: string, ...others: string[]): Ami {
    const wrong = [id, ...others].find(each => !/^ami-[0-9a-z]+$/.test(each) && variableUses(each).length === 0);
    if (wrong !== undefined) {
      throw new Error(`an image of ${family} has the id "${wrong}"; expected ami- with letters and digits after it: correct it.`);
    }
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

  /**
   * The newest image that has these tags; with the value `*` any value.
   *
   * @throws where there is none, or one with an empty key or value
   */
  public static tags(family: AmiFamily, tags: { [key: string]: string }): Ami {
    if (!areTags(tags)) {
      throw new Error(`the image of ${family} is selected by tags with an empty key or value, or by none; expected keys with values: name them, with * for any value.`);
    }
    return new Ami([{ tags }], family);
  }

  /**
   * The image whose id is in a parameter of the Systems Manager. Karpenter may read those below `/aws/service`; for one of your own, its role
   * needs `ssm:GetParameter` as well.
   *
   * @param name name of the parameter, or its ARN
   */
  public static ssmParameter(family: AmiFamily, name: string): Ami {
    return new Ami([{ ssmParameter: name }], family);
  }

  /** What is no release may look like one to the API server; the controller then finds no image, or does not even run. */
  private static pinned(family: AmiFamily, version: string, release: RegExp, example: string): Ami {
    if (version === 'latest') {
      throw new Error(`the image of ${family} has the version "latest", which replaces all nodes whenever there is a newer one; expected a release: name one, `
        + 'or say Ami.latest(…) where that is meant.');
    }
    if (!release.test(version) && variableUses(version).length === 0) {
      throw new Error(`the image of ${family} has the version "${version}"; expected a release such as ${example}: correct it.`);
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
