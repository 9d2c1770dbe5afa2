import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { ObjectReference, TypedObject } from '../../flux';
import { apiGroup } from '../../synth/api-group';
import { labelNameProblem } from '../../synth/kubernetes-names';

/** Parameters of a GatewayClass, an object that its controller knows. */
export interface IGatewayClassParameters {
  /** The object. */
  readonly parametersReference: ObjectReference;
}

export interface GatewayClassProps {
  /**
   * @default - named like the construct
   */
  readonly metadata?: ApiObjectMetadata;

  /** Name of the controller: `io.cilium/gateway-controller`. */
  readonly controllerName: string;

  /**
   * What the controller is told for all Gateways of the class.
   *
   * @default - none
   */
  readonly parameters?: IGatewayClassParameters;

  /**
   * What the class is for; at most 64 characters.
   *
   * @default - not said
   */
  readonly description?: string;
}

const CONTROLLER = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;
const LONGEST_DESCRIPTION = 64;

/**
 * A class of Gateways, and the controller that runs them.
 *
 * Flux applies kinds that end in "Class" ahead of everything else and waits for them, the parameters not yet being there. That is no
 * deadlock: a GatewayClass has no condition `Ready`, so Flux takes it for healthy at once, whatever its condition `Accepted` says, and the
 * controller tries again until the parameters are there. A health expression of one's own on `Accepted` would make it one, since Flux asks
 * it in that wait, too.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#gatewayclass
 */
export class GatewayClass extends TypedObject {
  private readonly props: GatewayClassProps;

  constructor(scope: Construct, id: string, props: GatewayClassProps) {
    super(scope, id, 'gateway.networking.k8s.io/v1', 'GatewayClass', props.metadata);
    this.props = props;
  }

  /** Name of the class, as Gateways say it. */
  public get className(): string {
    return this.name;
  }

  /** @internal */
  protected _spec(): object {
    const { controllerName, parameters, description } = this.props;
    const { apiVersion, kind, name, namespace } = parameters?.parametersReference ?? {};
    return {
      controllerName,
      description,
      parametersRef: apiVersion === undefined ? undefined : { group: apiGroup(apiVersion), kind, name, namespace },
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { controllerName, description = '' } = this.props;
    const nameProblem = labelNameProblem('the GatewayClass', this.name);
    return [
      ...nameProblem === undefined ? [] : [nameProblem],
      ...CONTROLLER.test(controllerName) ? [] : [
        `the GatewayClass "${this.name}" has the controller "${controllerName}"; expected a domain and a path, such as io.cilium/gateway-controller: correct it.`,
      ],
      ...description.length <= LONGEST_DESCRIPTION ? [] : [
        `the GatewayClass "${this.name}" has a description of ${description.length} characters; expected at most ${LONGEST_DESCRIPTION}: shorten it.`,
      ],
    ];
  }
}
