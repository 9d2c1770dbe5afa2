import { ApiObject, Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { Cluster } from './cluster';
import { ObjectReference } from '../flux/health-check';
import { ProvidedApi } from '../flux/provided-api';
import { provideComments } from '../synth/comments';

const COMPONENT = Symbol.for('cdk8s-strata.Component');

/** The top-level folders of the platform document. Any other name is an area of the user's. */
export class Area {
  public static readonly FLUX = 'flux';
  public static readonly CRDS = 'crds';
  public static readonly INFRASTRUCTURE = 'infrastructure';
  public static readonly SECURITY = 'security';
  public static readonly OBSERVABILITY = 'observability';
  public static readonly TOOLING = 'tooling';
  public static readonly APPS = 'apps';

  private constructor() {}
}

/** What can be said of every component. */
export interface ComponentOptions {
  /**
   * Namespace for the namespaced objects that name none.
   *
   * @default - none
   */
  readonly namespace?: string;

  /**
   * Labels for every object.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * Directory in the repository.
   *
   * @default - `<area>/base/<id>`, and `<area>/<cluster>/<id>` for a component of one cluster
   */
  readonly directory?: string;
}

/** What comes to be on a cluster by a component, without being one of its objects. */
export interface ComponentProvision {
  /**
   * Objects that others refer to, or whose health is checked.
   *
   * @default - none
   */
  readonly objects?: ObjectReference[];

  /**
   * APIs that it installs.
   *
   * @default - none
   */
  readonly apis?: ProvidedApi[];

  /**
   * API groups whose objects become ready by a controller of the component.
   *
   * @default - none
   */
  readonly controllers?: string[];

  /**
   * API groups whose objects a webhook of the component looks at: while it is installed and does not answer yet, they are refused.
   *
   * @default - none
   */
  readonly webhooks?: string[];

  /**
   * The component's objects that bring it about; all of them have to be healthy.
   *
   * @default - its HelmReleases; where it has none, all of its objects
   */
  readonly by?: IConstruct[];

  /**
   * Objects that others make and that bring it about: the Deployment of a chart that runs a controller.
   *
   * @default - none
   */
  readonly byProvided?: ObjectReference[];
}

export interface ComponentProps extends ComponentOptions {
  /** Top-level folder: one of `Area`, or another name. */
  readonly area: string;
}

/**
 * A directory of manifests, one object a file, that layers deliver to clusters. It holds any cdk8s construct: `ApiObject`s,
 * cdk8s-plus workloads, an `Include` of YAML, a `Helm` chart. Made in the platform it is shared by clusters, made in a cluster it
 * is that cluster's own.
 */
export class Component extends Chart {
  /** Whether a construct is a component. */
  public static isComponent(construct: IConstruct): construct is Component {
    return COMPONENT in construct;
  }

  /** Top-level folder. */
  public readonly area: string;

  private readonly ownDirectory?: string;
  private readonly files = new Map<IConstruct, string>();
  private readonly provisions: ComponentProvision[] = [];

  /**
   * @param scope the platform, or a cluster
   * @param id name of the directory
   * @throws where the scope is inside another chart: a component has no component
   */
  constructor(scope: Construct, id: string, props: ComponentProps) {
    const chart = scope.node.scopes.find(Chart.isChart);
    if (chart) {
      throw new Error(`the component "${id}" is made in ${chart.node.path}, which is a chart of its own; `
        + 'expected the platform or a cluster as its scope: make it there and hand it to the layer.');
    }
    if (scope.node.tryFindChild(id)) {
      throw new Error(`${scope.node.path || 'the platform'} already has a construct named "${id}", so it cannot have a component of that name; `
        + 'expected every name once in a scope: rename one of them.');
    }
    super(scope, id, { namespace: props.namespace, labels: props.labels, disableResourceNameHashes: true });
    Object.defineProperty(this, COMPONENT, { value: true });
    this.area = props.area;
    this.ownDirectory = props.directory;
  }

  /** Directory in the repository. */
  public get directory(): string {
    return this.ownDirectory ?? `${this.area}/${this.cluster?.clusterName ?? 'base'}/${this.node.id}`;
  }

  /** The cluster that the component belongs to; none where clusters share it. */
  public get cluster(): Cluster | undefined {
    return Cluster.of(this);
  }

  /**
   * Writes an object to a file of this name.
   *
   * @param object an `ApiObject`, or a construct around one
   * @param path path below the component's directory; `<kind>-<name>.yaml` if it is never called
   * @throws where the object is not one of the component's
   */
  public setFile(object: IConstruct, path: string): void {
    const apiObject = ApiObject.of(object);
    if (apiObject.chart !== this) {
      throw new Error(`${this.node.path} is asked to write ${apiObject.node.path} to "${path}", which is not one of its objects; `
        + 'expected an object of its own: call setFile of the component that the object is made in.');
    }
    this.files.set(apiObject, path);
  }

  /**
   * Writes a comment behind a field of an object: a reason, or the marker of an image policy.
   *
   * @param object an `ApiObject`, or a construct around one
   * @param pointer JSON pointer of the field: `/spec/values/image/tag`
   * @param text becomes one line
   */
  public addComment(object: IConstruct, pointer: string, text: string): void {
    provideComments(ApiObject.of(object), () => ({ [pointer]: text }));
  }

  /**
   * Says what comes to be on the cluster once the component is healthy, without being one of its objects: the Deployment of a
   * chart, for example. A layer can check its health.
   */
  public provides(...objects: ObjectReference[]): void {
    this.declare({ objects });
  }

  /** Says what comes to be on the cluster by the component: objects, APIs, the controller or the webhook of an API group. */
  public declare(provision: ComponentProvision): void {
    this.provisions.push(provision);
  }

  /** What was said to come to be. */
  public get providedObjects(): ObjectReference[] {
    return this.provisions.flatMap(({ objects = [] }) => objects);
  }

  /** @internal */
  public get _provisions(): ComponentProvision[] {
    return this.provisions;
  }

  /** Names an object after its place below the component, without a hash. */
  public generateObjectName(object: ApiObject): string {
    const ids = object.node.scopes.slice(this.node.scopes.length).map(scope => scope.node.id);
    const named = ids.filter(id => id !== 'Resource' && id !== 'Default');
    return named.join('-').toLowerCase() || this.node.id;
  }

  /** File of an object, from the root of the repository. @internal */
  public _fileOf(object: ApiObject): string {
    const file = this.files.get(object) ?? `${object.kind}-${object.name}.yaml`.toLowerCase().replace(/[^a-z0-9._-]/g, '-');
    return `${this.directory}/${file}`;
  }
}
