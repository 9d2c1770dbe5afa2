import { Testing, components } from '../../../src';
import { refusalOf } from '../../flux/flux-fixtures';
import { manifestsOf } from '../component-fixtures';

const { Kyverno, KyvernoPolicies, KyvernoPolicy, KyvernoPolicyAction, KyvernoPolicyLevel } = components;

function policies(props: Omit<components.KyvernoPoliciesProps, 'kyverno'> = {}) {
  const platform = Testing.platform();
  return { platform, component: new KyvernoPolicies(platform, 'kyverno-policies', { kyverno: new Kyverno(platform, 'kyverno'), ...props }) };
}

test('defaults', () => {
  expect(manifestsOf(policies().component)).toMatchSnapshot();
});

test('everything set', () => {
  expect(manifestsOf(policies({
    level: KyvernoPolicyLevel.RESTRICTED,
    action: KyvernoPolicyAction.ENFORCE,
    enforced: [KyvernoPolicy.DISALLOW_HOST_PATH],
    without: [KyvernoPolicy.RESTRICT_VOLUME_TYPES, KyvernoPolicy.DISALLOW_SELINUX],
    excludedNamespaces: ['kube-system', 'crossplane-system'],
    exclusions: [
      { policy: KyvernoPolicy.DISALLOW_HOST_PATH, namespaces: ['observability'] },
      { policy: KyvernoPolicy.DISALLOW_HOST_PATH, namespaces: ['storage', 'observability'] },
    ],
    values: { podSecuritySeverity: 'high' },
  }).component)).toMatchSnapshot();
});

test('policies are installed once Kyverno runs, in its namespace', () => {
  const platform = Testing.platform();
  const kyverno = new Kyverno(platform, 'kyverno', { namespace: 'policies' });
  new KyvernoPolicies(platform, 'kyverno-policies', { kyverno });
  Testing.repository(platform).hasObject('HelmRelease', 'kyverno-policies', { metadata: { namespace: 'policies' }, spec: { dependsOn: [{ name: 'kyverno' }] } });
});

test('a policy that refuses pods is asked for, one that reports is not', () => {
  const failurePolicy = (props: Omit<components.KyvernoPoliciesProps, 'kyverno'>) => /failurePolicy: (\w+)/.exec(manifestsOf(policies(props).component))![1];
  expect(failurePolicy({})).toBe('Ignore');
  expect(failurePolicy({ enforced: [KyvernoPolicy.DISALLOW_PRIVILEGED_CONTAINERS] })).toBe('Fail');
  expect(failurePolicy({ action: KyvernoPolicyAction.ENFORCE })).toBe('Fail');
});

test('refuses policies that the level does not have, or that are left out', () => {
  const { platform } = policies({
    without: [KyvernoPolicy.RESTRICT_VOLUME_TYPES, KyvernoPolicy.DISALLOW_HOST_PATH],
    enforced: [KyvernoPolicy.DISALLOW_HOST_PATH],
    exclusions: [{ policy: KyvernoPolicy.REQUIRE_RUN_AS_NONROOT, namespaces: ['apps'] }],
  });
  const rest = 'disallow-host-ports, disallow-host-process, disallow-privileged-containers, disallow-proc-mount, disallow-selinux, restrict-apparmor-profiles, '
    + 'restrict-seccomp, restrict-sysctls: take it away, or take another level.';
  expect(refusalOf(platform)).toEqual([
    'kyverno-policies: the policies of the level "baseline" enforce "disallow-host-path", which is none of them; expected one of disallow-capabilities, '
    + `disallow-host-namespaces, ${rest}`,
    'kyverno-policies: the policies of the level "baseline" exclude namespaces from "require-run-as-nonroot", which is none of them; expected one of '
    + `disallow-capabilities, disallow-host-namespaces, ${rest}`,
    'kyverno-policies: the policies of the level "baseline" leave out "restrict-volume-types", which is none of them; expected one of disallow-capabilities, '
    + `disallow-host-namespaces, disallow-host-path, ${rest}`,
  ]);
});

test('refuses a set that is empty', () => {
  const { platform } = policies({ level: KyvernoPolicyLevel.RESTRICTED, without: Object.values(KyvernoPolicy) });
  expect(refusalOf(platform)).toEqual([
    'kyverno-policies: the policies of the level "restricted" leave out every one of theirs; expected at least one that stays: take the component away, or some '
    + 'out of without.',
  ]);
});
