import { Construct } from 'constructs';
import { Ec2NodeClass, Ec2NodeClassOptions, INodeClass } from './ec2-node-class';
import { Karpenter } from './karpenter';
import { NodePool, NodePoolOptions } from './node-pool';
import { Area, Component, ComponentOptions } from '../../platform';

export interface KarpenterNodesProps extends ComponentOptions {
  /** The controller, whose role for nodes they get. */
  readonly karpenter: Karpenter;

  /** The node class `default`: what nodes are made of. */
  readonly nodeClass: Ec2NodeClassOptions;

  /**
   * The pool `default`.
   *
   * @default - the defaults of `NodePool`
   */
  readonly nodePool?: NodePoolOptions;
}

/**
 * Nodes that Karpenter may start: a class and a pool named `default`, and others that are added. It belongs in a stage after the controller.
 *
 * @see https://karpenter.sh/docs/concepts/
 */
export class KarpenterNodes extends Component {
  /** The node class `default`. */
  public readonly nodeClass: Ec2NodeClass;

  /** The pool `default`. */
  public readonly nodePool: NodePool;

  private readonly karpenter: Karpenter;

  constructor(scope: Construct, id: string, props: KarpenterNodesProps) {
    const { karpenter, nodeClass, nodePool, ...options } = props;
    super(scope, id, { area: Area.INFRASTRUCTURE, ...options });
    this.karpenter = karpenter;
    this.nodeClass = this.addNodeClass('default', nodeClass);
    this.nodePool = this.addNodePool('default', this.nodeClass, nodePool);
  }

  /**
   * Adds a class of nodes.
   *
   * @param name name of the EC2NodeClass
   */
  public addNodeClass(name: string, options: Ec2NodeClassOptions): Ec2NodeClass {
    const { instanceProfile, role = instanceProfile === undefined ? this.karpenter.nodeRole : undefined } = options;
    this.node.addValidation({ validate: () => this.roleProblems(name, role) });
    return new Ec2NodeClass(this, `${name}-class`, { ...options, role, metadata: { name } });
  }

  /**
   * Adds a pool of nodes.
   *
   * @param name name of the NodePool
   * @param nodeClass what its nodes are made of
   */
  public addNodePool(name: string, nodeClass: INodeClass, options: NodePoolOptions = {}): NodePool {
    return new NodePool(this, `${name}-pool`, { ...options, nodeClass, metadata: { name } });
  }

  /** A role that the controller has no right to pass would be found out by the first node that does not start. */
  private roleProblems(name: string, role: string | undefined): string[] {
    const { nodeRole } = this.karpenter;
    if (role?.includes('*')) {
      return [`the EC2NodeClass "${name}" has the role "${role}", which stands for several; expected the name of one: say role.`];
    }
    return role === undefined || role === nodeRole || wildcard(nodeRole).test(role) ? [] : [
      `the EC2NodeClass "${name}" has the role "${role}", which ${this.karpenter.node.path} may not give to nodes; expected "${nodeRole}": `
      + 'leave the role out, or name it as nodeRole of Karpenter, with * where there are several.',
    ];
  }
}

function wildcard(pattern: string): RegExp {
  return new RegExp(`^${pattern.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);
}
