import { Testing, components, flux } from '../../../src';
import { refusalOf } from '../../flux/flux-fixtures';
import { manifestsOf } from '../component-fixtures';

const { ClusterSecretStore, NotificationTarget, Notifications, SecretSource } = components;
const store = ClusterSecretStore.fromName('aws-secrets-manager');
const address = (name: string) => SecretSource.fromStore(store, { address: `flux/${name}` });

test('a Slack channel', () => {
  const target = NotificationTarget.slack('#gitops-notifications', address('slack-webhook-url'));
  expect(manifestsOf(new Notifications(Testing.platform(), 'notifications', { target }))).toMatchSnapshot();
});

test('everything set', () => {
  expect(manifestsOf(new Notifications(Testing.platform(), 'notifications', {
    target: NotificationTarget.slackApp('#incidents', SecretSource.fromStore(store, { token: 'flux/slack-app#token' })),
    name: 'incidents',
    severity: flux.EventSeverity.ERROR,
    eventSources: [flux.EventSource.named(flux.FluxKind.KUSTOMIZATION, 'apps')],
    helmReleaseNamespaces: ['security', 'observability'],
    inclusionList: ['.*failed.*'],
    exclusionList: ['.*Progressing.*'],
    eventMetadata: { cluster: 'production' },
  }))).toMatchSnapshot();
});

test('every kind of target', () => {
  const notifications = new Notifications(Testing.platform(), 'notifications', { target: NotificationTarget.msTeams(address('teams')) });
  notifications.addTarget('webhook', NotificationTarget.webhook(SecretSource.fromName('webhook')));
  notifications.addTarget('alertmanager', NotificationTarget.alertmanager('http://vmalertmanager.observability:9093/api/v2/alerts/'));
  notifications.addTarget('github', NotificationTarget.githubCommitStatus('https://github.com/acme/platform', SecretSource.fromName('github-app')));
  expect(manifestsOf(notifications)).toMatchSnapshot();
});

test('targets have a name each of their own, and what they are told', () => {
  const platform = Testing.platform();
  const notifications = new Notifications(platform, 'notifications', { target: NotificationTarget.slack('#all', address('all')) });
  const alert = notifications.addTarget('ops', NotificationTarget.slack('#ops', address('ops')), { severity: flux.EventSeverity.ERROR });
  expect(alert.alertName).toBe('ops');
  const repository = Testing.repository(platform);
  repository.hasObject('Alert', 'slack', { spec: { providerRef: { name: 'slack' }, eventSeverity: 'info' } });
  repository.hasObject('Alert', 'ops', { spec: { providerRef: { name: 'ops' }, eventSeverity: 'error' } });
  repository.hasObject('Provider', 'ops', { spec: { secretRef: { name: 'ops-webhook-url' } } });
});

test('a commit has the status of Kustomizations alone, which are what is applied of it', () => {
  const platform = Testing.platform();
  new Notifications(platform, 'notifications', { target: NotificationTarget.githubCommitStatus('https://github.com/acme/platform', SecretSource.fromName('app')) });
  Testing.repository(platform).hasObject('Alert', 'github', { spec: { eventSources: [{ kind: 'Kustomization', name: '*' }] } });
});

test('refuses a Secret without the address', () => {
  const target = NotificationTarget.slack('#gitops', SecretSource.fromStore(store, { url: 'flux/slack' }));
  expect(() => new Notifications(Testing.platform(), 'notifications', { target })).toThrow(
    'notifications needs the key address in its Secret "slack-webhook-url", which has url; expected address: name each of them.');
});

test('refuses a name that is taken', () => {
  const notifications = new Notifications(Testing.platform(), 'notifications', { target: NotificationTarget.slack('#gitops', address('slack')) });
  expect(() => notifications.addTarget('slack', NotificationTarget.msTeams(address('teams')))).toThrow(
    'notifications already tells a target named "slack"; expected a name for each of them: take another one.');
});

test('refuses a pattern that Flux could not read', () => {
  const platform = Testing.platform();
  new Notifications(platform, 'notifications', { target: NotificationTarget.slack('#gitops', address('slack')), exclusionList: ['('] });
  expect(refusalOf(platform)).toHaveLength(1);
});
