import { ApiObject } from 'cdk8s';
import { Capability, ContainerSecurityContextProps, SeccompProfileType } from 'cdk8s-plus-28';
import { IConstruct } from 'constructs';

/** Security contexts for containers of cdk8s-plus. */
export class ContainerSecurity {
  /**
   * What the Pod Security level `restricted` asks for. cdk8s-plus by itself says all of it except for the capabilities and the seccomp profile,
   * so that its pods are refused.
   *
   * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
   */
  public static readonly RESTRICTED: ContainerSecurityContextProps = {
    capabilities: { drop: [Capability.ALL] },
    seccompProfile: { type: SeccompProfileType.RUNTIME_DEFAULT },
  };

  private constructor() {}
}

/** The pods that an object makes. @internal */
export interface PodsOfObject {
  readonly kind: string;
  readonly name: string;
  /** `spec` of the pods. */
  readonly spec: any;
}

/** The pods that the objects of a component make, charts left aside. @internal */
export function podsIn(component: IConstruct): PodsOfObject[] {
  return component.node.findAll()
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct) && PODS[construct.kind] !== undefined)
    .map(object => ({ kind: object.kind, name: object.name, spec: PODS[object.kind](object.toJson().spec) ?? {} }));
}

const template = (spec: any) => spec?.template?.spec;
const PODS: { [kind: string]: (spec: any) => any } = {
  CronJob: spec => template(spec?.jobTemplate?.spec),
  DaemonSet: template,
  Deployment: template,
  Job: template,
  Pod: spec => spec,
  ReplicaSet: template,
  StatefulSet: template,
};

/** What keeps each container from running where Pod Security is `restricted`, by its name. @internal */
export function restrictedProblems({ spec }: PodsOfObject): { container: string; lacks: string[] }[] {
  const pod = spec.securityContext ?? {};
  return [...spec.initContainers ?? [], ...spec.containers ?? []].map(container => {
    const own = container.securityContext ?? {};
    const profile = (own.seccompProfile ?? pod.seccompProfile)?.type;
    const lacks = [
      ...own.allowPrivilegeEscalation === false ? [] : ['allowPrivilegeEscalation: false'],
      ...own.privileged === true ? ['privileged: false'] : [],
      ...own.capabilities?.drop?.includes('ALL') ? [] : ['capabilities.drop: [ALL]'],
      ...(own.runAsNonRoot ?? pod.runAsNonRoot) === true ? [] : ['runAsNonRoot: true'],
      ...(own.runAsUser ?? pod.runAsUser) === 0 ? ['runAsUser above 0'] : [],
      ...['RuntimeDefault', 'Localhost'].includes(profile) ? [] : ['seccompProfile.type: RuntimeDefault'],
    ];
    return { container: container.name, lacks };
  }).filter(({ lacks }) => lacks.length > 0);
}
