import { present, Values } from '../helm/values';

/** How pods get network interfaces of AWS. */
export interface EniOptions {
  /**
   * Whether nodes get ranges of addresses instead of single ones, which makes room for more pods on a node.
   *
   * @default false
   */
  readonly prefixDelegation?: boolean;

  /**
   * Tags (`key=value`) of the subnets that pods' interfaces are made in.
   *
   * @default - the subnet of the node
   */
  readonly subnetTags?: string[];

  /**
   * Tags (`key=value`) of the security groups of pods' interfaces.
   *
   * @default - those of the node
   */
  readonly securityGroupTags?: string[];
}

/** Where the addresses of pods come from. It cannot be changed on a running cluster. */
export class CiliumIpam {
  /**
   * Interfaces of AWS (ENI): pods have addresses of the VPC.
   *
   * @see https://docs.cilium.io/en/stable/network/concepts/ipam/eni/
   */
  public static eni(options: EniOptions = {}): CiliumIpam {
    const { prefixDelegation = false, subnetTags, securityGroupTags } = options;
    return new CiliumIpam({
      eni: {
        enabled: true,
        ...prefixDelegation ? { awsEnablePrefixDelegation: true } : {},
        ...present({ nodeSpec: present({ subnetTags, securityGroupTags }) }),
      },
      ipam: { mode: 'eni' },
      routingMode: 'native',
    });
  }

  /**
   * Ranges of a pool of Cilium's own, one for each node; packets between nodes go through a tunnel.
   *
   * @param cidr the pool, apart from the addresses of nodes and Services: `10.244.0.0/16`
   * @param maskSize size of a node's range: 24 for 254 pods
   */
  public static clusterPool(cidr: string, maskSize: number = 24): CiliumIpam {
    return new CiliumIpam({
      ipam: { mode: 'cluster-pool', operator: { clusterPoolIPv4PodCIDRList: [cidr], clusterPoolIPv4MaskSize: maskSize } },
    });
  }

  /**
   * None: Amazon's own network plugin gives pods their addresses, and Cilium adds policies and Gateways to it.
   *
   * @see https://docs.cilium.io/en/stable/installation/cni-chaining-aws-cni/
   */
  public static awsVpcCni(): CiliumIpam {
    return new CiliumIpam({
      cni: { chainingMode: 'aws-cni', exclusive: false },
      enableIPv4Masquerade: false,
      endpointRoutes: { enabled: true },
      routingMode: 'native',
    });
  }

  private constructor(
    /** Values of the chart. @internal */
    public readonly _values: Values,
  ) {}
}
