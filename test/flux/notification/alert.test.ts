import { parse } from 'yaml';
import { Alert, AlertProps, EventSeverity, EventSource, FluxKind, GitRepository, Kustomization, Provider } from '../../../src/flux';
import { unsetFields } from '../../schema';
import { fileOf, refusalOf, stand } from '../flux-fixtures';

const REQUIRED = { provider: Provider.fromName('slack'), eventSources: [EventSource.every(FluxKind.KUSTOMIZATION)] };

function alert(props: Partial<AlertProps> = {}): string {
  const { platform, component } = stand();
  new Alert(component, 'failures', { ...REQUIRED, ...props });
  return fileOf(platform, 'Alert', 'failures');
}

function refusal(props: Partial<AlertProps>): string[] {
  const { platform, component } = stand();
  new Alert(component, 'failures', { ...REQUIRED, ...props });
  return refusalOf(platform);
}

/** With everything that can be said of an Alert. */
const COMPLETE: Partial<AlertProps> = {
  metadata: { name: 'failures', namespace: 'flux-system', labels: { team: 'platform' } },
  provider: Provider.fromName('slack', 'flux-system'),
  eventSeverity: EventSeverity.ERROR,
  eventSources: [
    EventSource.every(FluxKind.HELM_RELEASE, { namespace: 'apps', matchLabels: { team: 'web' }, apiVersion: 'helm.toolkit.fluxcd.io/v2' }),
    EventSource.named(FluxKind.KUSTOMIZATION, 'apps', { namespace: 'flux-system' }),
  ],
  inclusionList: ['.*failed.*'],
  exclusionList: ['^waiting'],
  eventMetadata: { summary: 'production', region: 'eu-west-3' },
  summary: 'production',
  suspend: true,
};

test('defaults', () => {
  expect(alert()).toBe(`\
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Alert
metadata:
  name: failures
  namespace: team
spec:
  providerRef:
    name: slack
  eventSources:
    - kind: Kustomization
      name: "*"
`);
});

test('every field', () => {
  expect(alert(COMPLETE)).toBe(`\
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Alert
metadata:
  name: failures
  namespace: flux-system
  labels:
    team: platform
spec:
  providerRef:
    name: slack
  eventSeverity: error
  eventSources:
    - apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      name: "*"
      namespace: apps
      matchLabels:
        team: web
    - kind: Kustomization
      name: apps
  inclusionList:
    - .*failed.*
  exclusionList:
    - ^waiting
  eventMetadata:
    summary: production
    region: eu-west-3
  summary: production
  suspend: true
`);
});

test('no field of the definition is left out', () => {
  expect(unsetFields(parse(alert(COMPLETE)))).toEqual([]);
});

test.each(Object.values(FluxKind))('the API knows the kind %s', kind => {
  expect(alert({ eventSources: [EventSource.every(kind)] })).toContain(`    - kind: ${kind}\n`);
});

test('listens to an object of the program, with its namespace where it is another one', () => {
  const { platform, component } = stand();
  const repository = new GitRepository(component, 'platform', { url: 'https://github.com/acme/platform' });
  const kustomization = new Kustomization(component, 'apps', { path: './apps' });
  new Alert(component, 'failures', { ...REQUIRED, eventSources: [EventSource.of(repository), EventSource.of(kustomization)] });
  expect(fileOf(platform, 'Alert', 'failures')).toContain(`\
  eventSources:
    - kind: GitRepository
      name: platform
    - kind: Kustomization
      name: apps
      namespace: flux-system
`);
});

test('sends to a Provider of the program', () => {
  const { platform, component } = stand();
  const provider = Provider.slack(component, 'slack-channel', { channel: '#gitops', secretName: 'slack' });
  new Alert(component, 'failures', { ...REQUIRED, provider });
  expect(fileOf(platform, 'Alert', 'failures')).toContain('  providerRef:\n    name: slack-channel\n');
});

test('an object that refers to it knows its name and namespace', () => {
  const { alertName, alertNamespace } = new Alert(stand().component, 'failures', REQUIRED);
  expect({ alertName, alertNamespace }).toEqual(Alert.fromName('failures', 'team'));
});

test('a Provider in another namespace is refused', () => {
  expect(refusal({ provider: Provider.fromName('slack', 'flux-system') })).toEqual([
    'stand/failures: is in the namespace "team", its Provider "slack" in "flux-system"; expected one namespace for both, because Flux looks for the '
    + 'Provider beside the Alert: move one of them.',
  ]);
});

test('no event sources are refused', () => {
  expect(refusal({ eventSources: [] })).toEqual([
    'stand/failures: has no event sources, so nothing is passed on; expected at least one: name it in eventSources.',
  ]);
});

test('every namespace at once is refused', () => {
  expect(refusal({ eventSources: [EventSource.every(FluxKind.HELM_RELEASE, { namespace: '*' })] })).toEqual([
    'stand/failures: listens to every namespace ("*") for the kind HelmRelease, which Flux takes literally; expected the name of a namespace: '
    + 'make one entry for each namespace.',
  ]);
});

test('an object without events is refused', () => {
  const { platform, component } = stand();
  const provider = Provider.slack(component, 'slack', { channel: '#gitops', secretName: 'slack' });
  new Alert(component, 'failures', { provider, eventSources: [EventSource.of(provider)] });
  expect(refusalOf(platform)).toEqual([
    'stand/failures: listens to the Provider "slack"; expected one of the kinds ArtifactGenerator, Bucket, ExternalArtifact, GitRepository, HelmChart, '
    + 'HelmRelease, HelmRepository, ImagePolicy, ImageRepository, ImageUpdateAutomation, Kustomization or OCIRepository: leave it out.',
  ]);
});

test('what is no regular expression of Go is refused', () => {
  expect(refusal({ inclusionList: ['(failed'], exclusionList: ['(?!waiting)'] })).toEqual([
    'stand/failures: has the pattern "(?!waiting)" in its exclusionList, which Flux cannot compile (there is no group "(?!w"); expected a regular '
    + 'expression of Go\'s: correct it, with https://pkg.go.dev/regexp/syntax.',
    'stand/failures: has the pattern "(failed" in its inclusionList, which Flux cannot compile (a group is not closed); expected a regular expression '
    + 'of Go\'s: correct it, with https://pkg.go.dev/regexp/syntax.',
  ]);
});
