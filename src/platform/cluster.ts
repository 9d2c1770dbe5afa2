import { Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { ObjectReference } from '../flux/health-check';
import { VariableSource } from '../flux/kustomize/post-build';
import { ProvidedApi } from '../flux/provided-api';
import { labelNameProblem } from '../synth/kubernetes-names';
import { DOLLAR, OPEN, variableNameProblem } from '../synth/substitution';

const CLUSTER = Symbol.for('cdk8s-strata.Cluster');

/** Something that has to be on a cluster before Flux starts there. */
export interface Prerequisite {
  /** What it is, in a few words: `the credentials of the GitHub App`. */
  readonly what: string;

  /**
   * The object on the cluster that it is.
   *
   * @default - none: it is outside the cluster
   */
  readonly object?: ObjectReference;

  /**
   * APIs that come with it.
   *
   * @default - none but that of the object
   */
  readonly apis?: ProvidedApi[];

  /**
   * API groups whose controller it runs.
   *
   * @default - none
   */
  readonly controllers?: string[];

  /**
   * What needs it.
   *
   * @default - not said
   */
  readonly because?: string;

  /**
   * A command that makes it.
   *
   * @default - none
   */
  readonly command?: string;
}

export interface ClusterProps {
  /**
   * Values of the cluster's variables, in the order in which the ConfigMap lists them.
   *
   * @default - none
   */
  readonly variables?: { [name: string]: string };

  /**
   * Begins the name of the ConfigMap with the variables: `<prefix>-<cluster>-vars`.
   *
   * @default - none: `<cluster>-vars`
   */
  readonly variablesPrefix?: string;

  /**
   * Whether something other than this repository makes the ConfigMap with the variables, for example Terraform. It then is
   * one of the cluster's prerequisites.
   *
   * @default false
   */
  readonly variablesMadeElsewhere?: boolean;

  /**
   * Further sources of variables. Where two give the same variable, the later one wins.
   *
   * @default - the ConfigMap alone
   */
  readonly variableSources?: VariableSource[];
}

/** A Kubernetes cluster that Flux reconciles: `clusters/<name>/`. Its layers and its own components are made in it. */
export class Cluster extends Construct {
  /** Whether a construct is a cluster. */
  public static isCluster(construct: IConstruct): construct is Cluster {
    return CLUSTER in construct;
  }

  /** The cluster that a construct belongs to; none for what is shared. */
  public static of(construct: IConstruct): Cluster | undefined {
    return construct.node.scopes.find(Cluster.isCluster);
  }

  /** Name of the cluster; the construct's id. */
  public readonly clusterName: string;

  /** Values of the variables, by name. */
  public readonly variables: { [name: string]: string };

  /** Name of the ConfigMap with the variables, in `flux-system`. */
  public readonly variablesName: string;

  /** Whether the ConfigMap is made elsewhere. */
  public readonly variablesMadeElsewhere: boolean;

  /** @internal */
  public readonly _variableSources: VariableSource[];

  private readonly assumed: Prerequisite[] = [];

  /**
   * @param scope the platform
   * @param id name of the cluster
   * @throws where the scope has a construct of that name, or is inside a component or another cluster
   */
  constructor(scope: Construct, id: string, props: ClusterProps = {}) {
    const inside = scope.node.scopes.find(construct => Chart.isChart(construct) || Cluster.isCluster(construct));
    if (inside) {
      throw new Error(`the cluster "${id}" is made in ${inside.node.path}; expected the platform as its scope: make it there.`);
    }
    if (scope.node.tryFindChild(id)) {
      throw new Error(`${scope.node.path || 'the platform'} already has a construct named "${id}", so it cannot have a cluster of that name; `
        + 'expected every cluster once: rename one of them.');
    }
    super(scope, id);
    Object.defineProperty(this, CLUSTER, { value: true });
    this.clusterName = id;
    this.variables = { ...props.variables };
    this.variablesName = [...props.variablesPrefix ? [props.variablesPrefix] : [], id, 'vars'].join('-');
    this.variablesMadeElsewhere = props.variablesMadeElsewhere ?? false;
    this._variableSources = [...props.variableSources ?? []];
    this.node.addValidation({ validate: () => this.problems() });
  }

  /** Directory with the cluster's Kustomizations. */
  public get directory(): string {
    return `clusters/${this.clusterName}`;
  }

  /** What has to be there before Flux starts. */
  public get prerequisites(): Prerequisite[] {
    const names = Object.keys(this.variables);
    return [...this.assumed, ...this.variablesMadeElsewhere && names.length > 0 ? [{
      what: 'the variables of the cluster',
      object: { apiVersion: 'v1', kind: 'ConfigMap', name: this.variablesName, namespace: 'flux-system' },
      because: `its keys are ${names.join(', ')}`,
    }] : []];
  }

  /** Says that something is on the cluster before Flux starts there. It is listed for whoever sets the cluster up. */
  public assume(prerequisite: Prerequisite): void {
    this.assumed.push(prerequisite);
  }

  /** Defines a variable, or gives it another value. */
  public addVariable(name: string, value: string): void {
    this.variables[name] = value;
  }

  /** Adds a source of variables; it wins over the ones before it. */
  public addVariableSource(source: VariableSource): void {
    this._variableSources.push(source);
  }

  private problems(): string[] {
    return [
      labelNameProblem('the cluster', this.clusterName) ?? [],
      ...Object.keys(this.variables).map(name => variableNameProblem(name) ?? []),
      ...Object.entries(this.variables).filter(([, value]) => value.includes(OPEN) || value.includes(DOLLAR)).map(([name]) =>
        `the variable "${name}" has a Variable or a Variable.literal in its value; expected text, because Flux does not substitute in values: write the value itself.`),
    ].flat();
  }
}
