/** How strict the starter set is: the levels of Kubernetes' Pod Security Standards. */
export enum KyvernoPolicyLevel {
  /** Pods that cannot get at the node they run on, in the ways that are known. */
  BASELINE = 'baseline',
  /** What hardened pods need, and nothing more: no root, no capabilities, no volumes of the node. Contains `BASELINE`. */
  RESTRICTED = 'restricted',
}

/** What happens where an object does not keep to a policy. */
export enum KyvernoPolicyAction {
  /** It is admitted, and a report says so. */
  AUDIT = 'Audit',
  /** It is refused. */
  ENFORCE = 'Enforce',
}

/**
 * The policies of the starter set.
 *
 * @see https://kyverno.io/policies/pod-security/
 */
export enum KyvernoPolicy {
  DISALLOW_CAPABILITIES = 'disallow-capabilities',
  DISALLOW_HOST_NAMESPACES = 'disallow-host-namespaces',
  DISALLOW_HOST_PATH = 'disallow-host-path',
  DISALLOW_HOST_PORTS = 'disallow-host-ports',
  DISALLOW_HOST_PROCESS = 'disallow-host-process',
  DISALLOW_PRIVILEGED_CONTAINERS = 'disallow-privileged-containers',
  DISALLOW_PROC_MOUNT = 'disallow-proc-mount',
  DISALLOW_SELINUX = 'disallow-selinux',
  RESTRICT_APPARMOR_PROFILES = 'restrict-apparmor-profiles',
  RESTRICT_SECCOMP = 'restrict-seccomp',
  RESTRICT_SYSCTLS = 'restrict-sysctls',
  /** Of the level `RESTRICTED`. */
  DISALLOW_CAPABILITIES_STRICT = 'disallow-capabilities-strict',
  /** Of the level `RESTRICTED`. */
  DISALLOW_PRIVILEGE_ESCALATION = 'disallow-privilege-escalation',
  /** Of the level `RESTRICTED`. */
  REQUIRE_RUN_AS_NON_ROOT_USER = 'require-run-as-non-root-user',
  /** Of the level `RESTRICTED`. */
  REQUIRE_RUN_AS_NONROOT = 'require-run-as-nonroot',
  /** Of the level `RESTRICTED`. */
  RESTRICT_SECCOMP_STRICT = 'restrict-seccomp-strict',
  /** Of the level `RESTRICTED`. */
  RESTRICT_VOLUME_TYPES = 'restrict-volume-types',
}

const RESTRICTED_ONLY: readonly KyvernoPolicy[] = [
  KyvernoPolicy.DISALLOW_CAPABILITIES_STRICT, KyvernoPolicy.DISALLOW_PRIVILEGE_ESCALATION, KyvernoPolicy.REQUIRE_RUN_AS_NON_ROOT_USER,
  KyvernoPolicy.REQUIRE_RUN_AS_NONROOT, KyvernoPolicy.RESTRICT_SECCOMP_STRICT, KyvernoPolicy.RESTRICT_VOLUME_TYPES,
];

/** The policies of a level. @internal */
export function policiesOf(level: KyvernoPolicyLevel): KyvernoPolicy[] {
  const all = Object.values(KyvernoPolicy);
  return level === KyvernoPolicyLevel.RESTRICTED ? all : all.filter(policy => !RESTRICTED_ONLY.includes(policy));
}
