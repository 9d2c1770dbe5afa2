import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import { Provider, ProviderProps, ProviderType } from '../../../src/flux';
import { Component } from '../../../src/platform';
import { unsetFields } from '../../schema';
import { fileOf, refusalOf, stand } from '../flux-fixtures';

function fileFrom(make: (component: Component) => void): string {
  const { platform, component } = stand();
  make(component);
  return fileOf(platform, 'Provider', 'events');
}

function refusal(props: Partial<ProviderProps>): string[] {
  const { platform, component } = stand();
  new Provider(component, 'events', { type: ProviderType.SLACK, ...props });
  return refusalOf(platform);
}

/** With everything that can be said of a Provider. */
const COMPLETE: ProviderProps = {
  metadata: { name: 'events', namespace: 'flux-system', labels: { team: 'platform' } },
  type: ProviderType.AZURE_DEVOPS,
  channel: '#gitops',
  username: 'flux',
  address: 'https://dev.azure.com/acme/platform/_git/platform',
  secretName: 'token',
  serviceAccountName: 'notifier',
  certSecretName: 'certs',
  proxySecretName: 'proxy',
  proxy: 'http://proxy:3128',
  interval: Duration.hours(1),
  timeout: Duration.seconds(30),
  commitStatusExpr: 'event.involvedObject.name + "/" + alert.metadata.name',
  suspend: true,
};

test('defaults', () => {
  expect(fileFrom(component => new Provider(component, 'events', { type: ProviderType.GENERIC }))).toBe(`\
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
  namespace: team
spec:
  type: generic
`);
});

test('every field', () => {
  expect(fileFrom(component => new Provider(component, 'events', COMPLETE))).toBe(`\
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
  namespace: flux-system
  labels:
    team: platform
spec:
  type: azuredevops
  channel: "#gitops"
  username: flux
  address: https://dev.azure.com/acme/platform/_git/platform
  secretRef:
    name: token
  serviceAccountName: notifier
  certSecretRef:
    name: certs
  proxySecretRef:
    name: proxy
  proxy: http://proxy:3128
  interval: 1h
  timeout: 30s
  commitStatusExpr: event.involvedObject.name + "/" + alert.metadata.name
  suspend: true
`);
});

test('no field of the definition is left out', () => {
  expect(unsetFields(parse(fileFrom(component => new Provider(component, 'events', COMPLETE))))).toEqual([]);
});

test.each(Object.values(ProviderType))('the API knows the type %s', type => {
  expect(fileFrom(component => new Provider(component, 'events', { type }))).toContain(`  type: ${type}\n`);
});

test('a Slack channel has its channel and its Secret', () => {
  expect(fileFrom(component => Provider.slack(component, 'events', { channel: '#gitops', secretName: 'slack' }))).toBe(`\
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
  namespace: team
spec:
  type: slack
  channel: "#gitops"
  secretRef:
    name: slack
`);
});

test.each([
  ['discord', Provider.discord],
  ['msteams', Provider.msTeams],
  ['googlechat', Provider.googleChat],
])('a chat of the type %s has its Secret', (type, make) => {
  expect(fileFrom(component => make(component, 'events', { secretName: 'webhook' }))).toContain(`  type: ${type}\n  secretRef:\n    name: webhook\n`);
});

test.each([
  ['generic', Provider.generic],
  ['alertmanager', Provider.alertmanager],
  ['grafana', Provider.grafana],
])('a server of the type %s has its address', (type, make) => {
  expect(fileFrom(component => make(component, 'events', { address: 'https://events.acme.com' })))
    .toContain(`  type: ${type}\n  address: https://events.acme.com\n`);
});

test.each([
  ['github', Provider.github],
  ['gitlab', Provider.gitlab],
  ['gitea', Provider.gitea],
  ['bitbucket', Provider.bitbucket],
  ['bitbucketserver', Provider.bitbucketServer],
  ['azuredevops', Provider.azureDevOps],
])('a Git server of the type %s can name the status of commits', (type, make) => {
  expect(fileFrom(component => make(component, 'events', { address: 'https://git.acme.com/a/b', secretName: 'token', commitStatusExpr: 'event.reason' })))
    .toContain(`  type: ${type}\n  address: https://git.acme.com/a/b\n  secretRef:\n    name: token\n  commitStatusExpr: event.reason\n`);
});

test('an object that refers to it knows its name and namespace', () => {
  const { providerName, providerNamespace } = Provider.slack(stand().component, 'events', { channel: '#gitops', secretName: 'slack' });
  expect({ providerName, providerNamespace }).toEqual(Provider.fromName('events', 'team'));
});

test('one that the program does not make is known by its name', () => {
  expect(Provider.fromName('events')).toEqual({ providerName: 'events', providerNamespace: undefined });
});

test('the status of a commit is refused where the type writes none', () => {
  expect(refusal({ commitStatusExpr: 'event.reason' })).toEqual([
    'stand/events: has a commitStatusExpr with the type "slack"; expected one of the types github, gitlab, gitea, bitbucketserver, bitbucket or '
    + 'azuredevops, because the others write no status on a commit: take it away.',
  ]);
});

test('the status of a commit has to be CEL', () => {
  expect(refusal({ type: ProviderType.GITHUB, commitStatusExpr: 'event.reason +' })).toEqual([
    'stand/events: has the commitStatusExpr "event.reason +", which Flux refuses (Unexpected token: EOF at 1:15); expected CEL over event, alert and '
    + 'provider that gives a text, such as event.involvedObject.name + "/" + alert.metadata.name.',
  ]);
});

test('a proxy without scheme is refused', () => {
  expect(refusal({ proxy: 'proxy:3128' })).toEqual([
    'stand/events: has the proxy "proxy:3128"; expected one that begins with https:// or http://: correct it.',
  ]);
});

test('a timeout of an hour is refused', () => {
  expect(refusal({ timeout: Duration.hours(1) })).toEqual([
    'stand/events: has a timeout of 60 minutes; expected less than an hour, for which its API has no unit: shorten it.',
  ]);
});
