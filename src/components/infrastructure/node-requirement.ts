import { variableUses } from '../../synth/substitution';

/** How capacity is bought. */
export enum CapacityType {
  ON_DEMAND = 'on-demand',
  /** Cheaper, and taken away at two minutes' notice. */
  SPOT = 'spot',
  /** Of a capacity reservation that the node class selects. */
  RESERVED = 'reserved',
}

/** Architecture of a node's CPU. */
export enum Architecture {
  AMD64 = 'amd64',
  ARM64 = 'arm64',
}

/** Operating system of a node. */
export enum OperatingSystem {
  LINUX = 'linux',
  WINDOWS = 'windows',
}

/**
 * What a node has to be: a condition on a label that it will have.
 *
 * @see https://karpenter.sh/docs/concepts/scheduling/#well-known-labels
 */
export class Requirement {
  /** The label has one of these values. */
  public static in(key: string, value: string, ...others: string[]): Requirement {
    return new Requirement(key, 'In', [value, ...others]);
  }

  /** The label has none of these values. */
  public static notIn(key: string, value: string, ...others: string[]): Requirement {
    return new Requirement(key, 'NotIn', [value, ...others]);
  }

  /** The label is there, whatever its value; pods say which. */
  public static exists(key: string): Requirement {
    return new Requirement(key, 'Exists');
  }

  /** The label is not there. */
  public static doesNotExist(key: string): Requirement {
    return new Requirement(key, 'DoesNotExist');
  }

  /** The label is a number above this one. */
  public static greaterThan(key: string, value: number): Requirement {
    return new Requirement(key, 'Gt', [`${value}`]);
  }

  /** The label is a number below this one. */
  public static lessThan(key: string, value: number): Requirement {
    return new Requirement(key, 'Lt', [`${value}`]);
  }

  /** How capacity is bought: of several, the cheapest that is to be had. */
  public static capacityTypes(type: CapacityType, ...others: CapacityType[]): Requirement {
    return Requirement.in('karpenter.sh/capacity-type', type, ...others);
  }

  public static architectures(architecture: Architecture, ...others: Architecture[]): Requirement {
    return Requirement.in('kubernetes.io/arch', architecture, ...others);
  }

  public static operatingSystem(os: OperatingSystem): Requirement {
    return Requirement.in('kubernetes.io/os', os);
  }

  /** Categories of instance types: `c`, `m`, `r`, … */
  public static instanceCategories(category: string, ...others: string[]): Requirement {
    return Requirement.in('karpenter.k8s.aws/instance-category', category, ...others);
  }

  /** Families of instance types: `m7i`, `c8g`, … */
  public static instanceFamilies(family: string, ...others: string[]): Requirement {
    return Requirement.in('karpenter.k8s.aws/instance-family', family, ...others);
  }

  /** Generations of instance types above this one: with 5 `m6i`, `m7i`, … */
  public static instanceGenerationAbove(generation: number): Requirement {
    return Requirement.greaterThan('karpenter.k8s.aws/instance-generation', generation);
  }

  /** Instance types: `m7i.large`, … */
  public static instanceTypes(type: string, ...others: string[]): Requirement {
    return Requirement.in('node.kubernetes.io/instance-type', type, ...others);
  }

  /** Availability zones: `eu-west-3a`, … */
  public static zones(zone: string, ...others: string[]): Requirement {
    return Requirement.in('topology.kubernetes.io/zone', zone, ...others);
  }

  private constructor(
    /** Name of the label. */
    public readonly key: string,
    /** `In`, `NotIn`, `Exists`, `DoesNotExist`, `Gt` or `Lt`. */
    public readonly operator: string,
    /** What the label is compared with. */
    public readonly values?: string[],
    /** How many different values there have to be to choose from. */
    public readonly minValues?: number,
  ) {}

  /** The same with a lower bound to how many different values there are to choose from, so that spot capacity is found. */
  public withMinValues(minValues: number): Requirement {
    return new Requirement(this.key, this.operator, this.values, minValues);
  }

  /** What Karpenter's definition would refuse, without the name of the object. @internal */
  public get _problems(): string[] {
    const { key, operator, values = [], minValues } = this;
    return [
      ...restrictedLabelProblems(key),
      ...operator !== 'Gt' && operator !== 'Lt' || /^\d+$/.test(values[0]) ? [] : [
        `compares ${key} with ${values[0]}; expected a whole number that is not negative: correct it.`,
      ],
      ...operator === 'Gt' || operator === 'Lt' ? [] : values.filter(value => !LABEL_VALUE.test(value) && variableUses(value).length === 0).map(value =>
        `compares ${key} with "${value}", which is no value of a label; expected up to 63 letters, digits, dots, dashes and underscores: correct it.`),
      ...minValues === undefined || (Number.isInteger(minValues) && minValues >= 1 && minValues <= 50) ? [] : [
        `wants ${minValues} different values of ${key}; expected 1 to 50: correct minValues.`,
      ],
      ...operator !== 'In' || minValues === undefined || values.length >= minValues ? [] : [
        `wants ${minValues} different values of ${key} and allows ${values.length}; expected at least as many: name further values, or lower minValues.`,
      ],
    ];
  }

  /** @internal */
  public _toJson(): object {
    const { key, operator, values, minValues } = this;
    return { key, operator, values, minValues };
  }
}

const LABEL_VALUE = /^(?=.{1,63}$)[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

const OWN_LABELS: Readonly<Record<string, readonly string[]>> = {
  'karpenter.sh': ['capacity-type'],
  'karpenter.k8s.aws': [
    'instance-tenancy', 'capacity-reservation-type', 'capacity-reservation-id', 'capacity-reservation-interruptible', 'ec2nodeclass',
    'instance-encryption-in-transit-supported', 'instance-category', 'instance-hypervisor', 'instance-family', 'instance-generation',
    'instance-local-nvme', 'instance-size', 'instance-cpu', 'instance-cpu-manufacturer', 'instance-cpu-sustained-clock-speed-mhz',
    'instance-memory', 'instance-ebs-bandwidth', 'instance-network-bandwidth', 'instance-gpu-name', 'instance-gpu-manufacturer',
    'instance-gpu-count', 'instance-gpu-memory', 'instance-accelerator-name', 'instance-accelerator-manufacturer',
    'instance-accelerator-count', 'instance-capability-flex', 'placement-group-id', 'placement-group-partition',
  ],
};

/** Labels that a NodePool may not speak of: those that Karpenter sets itself, and misspelt ones of its own. @internal */
export function restrictedLabelProblems(key: string): string[] {
  if (key === 'kubernetes.io/hostname') {
    return [`speaks of the label ${key}, which is each node's own; expected one that nodes can share: leave it out.`];
  }
  const [prefix, name = ''] = key.split('/');
  const domain = Object.keys(OWN_LABELS).find(own => prefix.endsWith(own));
  return domain === undefined || !key.includes('/') || OWN_LABELS[domain].some(known => key === `${domain}/${known}`) ? [] : [
    `speaks of the label ${prefix}/${name}, which Karpenter keeps for itself or does not know; expected one of its own that pools may choose, or one of another `
    + 'domain: correct the key.',
  ];
}
