import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Area, Component } from '../../platform';

export interface NamespacesProps {
  /** Their names. `flux-system` and `kube-system` are there before Flux is. */
  readonly names: string[];

  /**
   * Labels for every one of them.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };
}

/** The platform's namespaces, one object each. */
export class Namespaces extends Component {
  constructor(scope: Construct, id: string, props: NamespacesProps) {
    super(scope, id, { area: Area.INFRASTRUCTURE, labels: props.labels });
    this.addNamespace(...props.names);
  }

  /** Adds namespaces. */
  public addNamespace(...names: string[]): void {
    for (const name of names) {
      this.setFile(new ApiObject(this, name, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }), `${name}.yaml`);
    }
  }
}
