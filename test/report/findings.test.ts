import { Finding, Severity } from '../../src';
import { findingsError, reportFindings } from '../../src/report/findings';

const finding: Finding = {
  check: 'namespace-order',
  severity: Severity.ERROR,
  cluster: 'dev',
  kustomization: 'flux-system/apps',
  object: 'ConfigMap apps/settings',
  file: 'apps/base/web/configmap-settings.yaml',
  constructPath: 'web/settings',
  message: 'needs the Namespace apps, which may come too late',
  fix: 'let apps depend on namespaces',
};

const PLAIN = { color: false };

test('tells a finding with its place, its reason, its mend and its file', () => {
  expect(reportFindings([finding], PLAIN)).toBe(`\
error namespace-order  dev › apps › ConfigMap apps/settings
  ConfigMap apps/settings needs the Namespace apps, which may come too late
  mend: let apps depend on namespaces
  file: apps/base/web/configmap-settings.yaml, made by web/settings`);
});

test('tells what is about a Kustomization or a cluster, as far as it is known', () => {
  const { check, severity, cluster, message, fix, kustomization } = finding;
  expect(reportFindings([{ check, severity, cluster, message: 'depends on crds', fix, kustomization, file: 'clusters/dev/apps.yaml' }], PLAIN)).toBe(`\
error namespace-order  dev › apps
  the Kustomization apps depends on crds
  mend: let apps depend on namespaces
  file: clusters/dev/apps.yaml`);
  expect(reportFindings([{ check, severity: Severity.INFO, cluster, message, fix }], PLAIN)).toBe(`\
info namespace-order  dev
  the cluster needs the Namespace apps, which may come too late
  mend: let apps depend on namespaces`);
});

test('tells every line of the evidence', () => {
  expect(reportFindings([{ ...finding, evidence: ['apps waits for crds', 'crds waits for apps'] }], PLAIN).split('\n').slice(2, 4)).toEqual([
    '  apps waits for crds', '  crds waits for apps',
  ]);
});

test('tells why a finding was accepted, and no mend', () => {
  expect(reportFindings([{ ...finding, acceptedBecause: 'it is retried every minute' }], PLAIN)).toBe(`\
accepted namespace-order  dev › apps › ConfigMap apps/settings
  ConfigMap apps/settings needs the Namespace apps, which may come too late
  because: it is retried every minute
  file: apps/base/web/configmap-settings.yaml, made by web/settings`);
});

test('puts a blank line between findings, and says nothing of none', () => {
  const other = { ...finding, message: 'is too long' };
  expect(reportFindings([finding, other], PLAIN)).toBe(`${reportFindings([finding], PLAIN)}\n\n${reportFindings([other], PLAIN)}`);
  expect(reportFindings([], PLAIN)).toBe('');
});

test('tells once what several clusters have', () => {
  const report = reportFindings([finding, { ...finding, cluster: 'prod' }], PLAIN);
  expect(report.split('\n')[0]).toBe('error namespace-order  dev, prod › apps › ConfigMap apps/settings');
  expect(report.split('\n')).toHaveLength(4);
});

test('tells once what differs by the names of the clusters alone', () => {
  const own = (cluster: string): Finding => ({ ...finding, cluster, object: undefined, file: `clusters/${cluster}/apps.yaml`, constructPath: `${cluster}/apps` });
  // Names that are a part of what else is in the paths.
  expect(reportFindings([own('s'), own('a'), own('app')], PLAIN)).toBe(reportFindings([own('s')], PLAIN).replace('  s ›', '  s, a, app ›'));
});

test('tells apart what differs in anything else', () => {
  const others: Finding[] = [
    { ...finding, severity: Severity.WARNING }, { ...finding, object: 'ConfigMap apps/other' }, { ...finding, message: 'other' }, { ...finding, fix: 'other' },
    { ...finding, evidence: ['other'] }, { ...finding, acceptedBecause: 'other' }, { ...finding, kustomization: 'flux-system/other' },
  ];
  expect(reportFindings([finding, ...others.map(other => ({ ...other, cluster: 'prod' }))], PLAIN).split('\n\n')).toHaveLength(8);
});

test('has colours for a terminal, by how much a finding matters, and none otherwise', () => {
  const colours = (severity: Severity, acceptedBecause?: string) => /^\x1b\[(\d+)m/.exec(reportFindings([{ ...finding, severity, acceptedBecause }], { color: true }))?.[1];
  expect([colours(Severity.ERROR), colours(Severity.WARNING), colours(Severity.INFO), colours(Severity.ERROR, 'it is right')]).toEqual(['31', '33', '34', '32']);
  const coloured = reportFindings([{ ...finding, evidence: ['a step'] }], { color: true });
  expect(coloured.replace(/\x1b\[\d+m/g, '')).toBe(reportFindings([{ ...finding, evidence: ['a step'] }], PLAIN));
  expect(reportFindings([finding], PLAIN)).not.toContain('\x1b');
});

test('one error tells all of them, and how many they are', () => {
  expect(findingsError([finding, { ...finding, cluster: 'prod' }], PLAIN).message).toBe(`\
1 error, nothing was written:

${reportFindings([finding, { ...finding, cluster: 'prod' }], PLAIN)}
`);
  expect(findingsError([finding, { ...finding, message: 'is too long' }], PLAIN).message).toMatch(/^2 errors, nothing was written:\n\n/);
});
