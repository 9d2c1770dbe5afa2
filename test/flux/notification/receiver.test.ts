import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import { FluxKind, GitRepository, OidcProvider, Receiver, ReceiverProps, ReceiverResource, ReceiverType } from '../../../src/flux';
import { unsetFields } from '../../schema';
import { fileOf, refusalOf, stand } from '../flux-fixtures';

const REQUIRED = { type: ReceiverType.GITHUB, secretName: 'token', resources: [ReceiverResource.named(FluxKind.GIT_REPOSITORY, 'platform')] };
const ACTIONS = {
  issuerUrl: 'https://token.actions.githubusercontent.com',
  validations: [{ expression: 'claims.repository_owner == "acme"', message: 'not of acme' }],
};

function receiver(props: Partial<ReceiverProps> = {}): string {
  const { platform, component } = stand();
  new Receiver(component, 'push', { ...REQUIRED, ...props });
  return fileOf(platform, 'Receiver', 'push');
}

function refusal(props: Partial<ReceiverProps>): string[] {
  const { platform, component } = stand();
  new Receiver(component, 'push', { ...REQUIRED, ...props });
  return refusalOf(platform);
}

function oidcRefusal(props: Partial<OidcProvider>): string[] {
  return refusal({ type: ReceiverType.GENERIC_OIDC, secretName: undefined, oidcProviders: [{ ...ACTIONS, ...props }] });
}

/** With everything that can be said of a Receiver whose calls a Secret authenticates. */
const COMPLETE: Partial<ReceiverProps> = {
  metadata: { name: 'push', namespace: 'flux-system', labels: { team: 'platform' } },
  interval: Duration.hours(1),
  events: ['push'],
  resources: [
    ReceiverResource.every(FluxKind.IMAGE_REPOSITORY, {
      apiVersion: 'image.toolkit.fluxcd.io/v1', namespace: 'apps', matchLabels: { team: 'web' }, filter: 'req.tag.contains(res.metadata.name)',
    }),
    ReceiverResource.named(FluxKind.GIT_REPOSITORY, 'platform', { namespace: 'flux-system' }),
  ],
  resourceFilter: 'has(res.metadata.annotations)',
  suspend: true,
};

/** With everything that can be said of one for OpenID Connect. */
const OIDC: Partial<ReceiverProps> = {
  type: ReceiverType.GENERIC_OIDC,
  secretName: undefined,
  oidcProviders: [{
    ...ACTIONS,
    audience: 'flux',
    variables: [{ name: 'owner', expression: 'claims.repository_owner' }],
    validations: [{ expression: 'vars.owner == "acme"', message: 'not of acme' }],
  }, { ...ACTIONS, issuerUrl: 'https://gitlab.example.com' }],
  resourceFilter: 'claims.ref == "refs/heads/main"',
};

test('defaults', () => {
  expect(receiver()).toBe(`\
apiVersion: notification.toolkit.fluxcd.io/v1
kind: Receiver
metadata:
  name: push
  namespace: team
spec:
  type: github
  secretRef:
    name: token
  resources:
    - kind: GitRepository
      name: platform
`);
});

test('every field', () => {
  expect(receiver(COMPLETE)).toBe(`\
apiVersion: notification.toolkit.fluxcd.io/v1
kind: Receiver
metadata:
  name: push
  namespace: flux-system
  labels:
    team: platform
spec:
  type: github
  interval: 1h
  events:
    - push
  secretRef:
    name: token
  resources:
    - apiVersion: image.toolkit.fluxcd.io/v1
      kind: ImageRepository
      name: "*"
      namespace: apps
      matchLabels:
        team: web
      filter: req.tag.contains(res.metadata.name)
    - kind: GitRepository
      name: platform
  resourceFilter: has(res.metadata.annotations)
  suspend: true
`);
});

test('every field of OpenID Connect', () => {
  expect(receiver(OIDC)).toBe(`\
apiVersion: notification.toolkit.fluxcd.io/v1
kind: Receiver
metadata:
  name: push
  namespace: team
spec:
  type: generic-oidc
  oidcProviders:
    - issuerURL: https://token.actions.githubusercontent.com
      audience: flux
      variables:
        - name: owner
          expression: claims.repository_owner
      validations:
        - expression: vars.owner == "acme"
          message: not of acme
    - issuerURL: https://gitlab.example.com
      validations:
        - expression: claims.repository_owner == "acme"
          message: not of acme
  resources:
    - kind: GitRepository
      name: platform
  resourceFilter: claims.ref == "refs/heads/main"
`);
});

test('no field of the definition is left out', () => {
  expect(unsetFields(...[COMPLETE, OIDC].map(props => parse(receiver(props))))).toEqual([]);
});

test.each(Object.values(ReceiverType).filter(type => type !== ReceiverType.GENERIC_OIDC))('the API knows the type %s', type => {
  expect(receiver({ type })).toContain(`  type: ${type}\n`);
});

test('reconciles an object of the program', () => {
  const { platform, component } = stand();
  const repository = new GitRepository(component, 'platform', { metadata: { namespace: 'flux-system' }, url: 'https://github.com/acme/platform' });
  new Receiver(component, 'push', { ...REQUIRED, resources: [ReceiverResource.of(repository, 'req.ref == "refs/heads/main"')] });
  expect(fileOf(platform, 'Receiver', 'push')).toContain(`\
  resources:
    - kind: GitRepository
      name: platform
      namespace: flux-system
      filter: req.ref == "refs/heads/main"
`);
});

test('an object that refers to it knows its name and namespace', () => {
  const { receiverName, receiverNamespace } = new Receiver(stand().component, 'push', REQUIRED);
  expect({ receiverName, receiverNamespace }).toEqual(Receiver.fromName('push', 'team'));
});

test('a Secret has to authenticate the call', () => {
  expect(refusal({ secretName: undefined })).toEqual([
    'stand/push: has the type "github" and no Secret; expected one with the token that authenticates the call: name it with secretName.',
  ]);
});

test('OIDC providers are refused where the type takes a Secret', () => {
  expect(refusal({ oidcProviders: [ACTIONS] })).toEqual([
    'stand/push: has OIDC providers with the type "github"; expected the type generic-oidc, because the others take a Secret: take oidcProviders away.',
  ]);
});

test('OpenID Connect needs a provider and takes no Secret', () => {
  expect(refusal({ type: ReceiverType.GENERIC_OIDC })).toEqual([
    'stand/push: has the Secret "token" with the type "generic-oidc", which takes none; expected oidcProviders alone: take secretName away.',
    'stand/push: has the type "generic-oidc" and no OIDC provider; expected at least one, whose tokens authenticate the call: name it in oidcProviders.',
  ]);
});

test('an issuer without scheme is refused', () => {
  expect(oidcRefusal({ issuerUrl: 'token.actions.githubusercontent.com' })).toEqual([
    'stand/push: has the issuer "token.actions.githubusercontent.com"; expected one that begins with https:// or http://: correct it.',
  ]);
});

test('an issuer is there once', () => {
  expect(refusal({ type: ReceiverType.GENERIC_OIDC, secretName: undefined, oidcProviders: [ACTIONS, { ...ACTIONS, audience: 'flux' }] })).toEqual([
    'stand/push: has the issuer "https://token.actions.githubusercontent.com" twice; expected every issuer once: bring its providers together in one.',
  ]);
});

test('tokens have to be validated', () => {
  expect(oidcRefusal({ validations: [] })).toEqual([
    'stand/push: validates nothing about the tokens of "https://token.actions.githubusercontent.com", which may give them to anyone; '
    + 'expected at least one condition: add it to validations.',
  ]);
});

test('an OIDC variable has to be CEL', () => {
  expect(oidcRefusal({ variables: [{ name: 'owner', expression: 'claims.' }] })).toEqual([
    'stand/push: has the OIDC variable "owner" with the expression "claims.", which Flux refuses (Expected IDENTIFIER, got EOF at 1:8); '
    + 'expected CEL over claims and vars: correct it.',
  ]);
});

test('an OIDC validation has to be a condition', () => {
  expect(oidcRefusal({ validations: [{ expression: 'claims.repository_owner', message: 'not of acme' }] })).toEqual([
    'stand/push: has the OIDC validation "claims.repository_owner", which Flux refuses (it may be something else than true or false: compare it); '
    + 'expected CEL over claims and vars that is true or false: correct it.',
  ]);
});

test('no resources are refused', () => {
  expect(refusal({ resources: [] })).toEqual([
    'stand/push: has no resources, so nothing is reconciled; expected at least one: name it in resources.',
  ]);
});

test('a kind whose version Flux does not look up has it', () => {
  const kinds = Object.values(FluxKind).sort();
  const { spec } = parse(receiver({ resources: kinds.map(kind => ReceiverResource.named(kind, 'web')) }));
  expect(spec.resources.filter(({ apiVersion }: { apiVersion?: string }) => apiVersion !== undefined)).toEqual([
    { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'ExternalArtifact', name: 'web' },
    { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'web' },
    { apiVersion: 'image.toolkit.fluxcd.io/v1', kind: 'ImagePolicy', name: 'web' },
    { apiVersion: 'image.toolkit.fluxcd.io/v1', kind: 'ImageUpdateAutomation', name: 'web' },
    { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', name: 'web' },
  ]);
});

test('a version that is given stays', () => {
  const { spec } = parse(receiver({ resources: [ReceiverResource.named(FluxKind.HELM_RELEASE, 'web', { apiVersion: 'helm.toolkit.fluxcd.io/v3' })] }));
  expect(spec.resources[0].apiVersion).toBe('helm.toolkit.fluxcd.io/v3');
});

test('every object of a kind is refused without labels', () => {
  expect(refusal({ resources: [ReceiverResource.every(FluxKind.HELM_RELEASE, { matchLabels: {} }), ReceiverResource.named(FluxKind.BUCKET, '*')] })).toEqual([
    'stand/push: reconciles every Bucket ("*") whatever its labels, which Flux refuses; expected labels that select some: give them with matchLabels.',
    'stand/push: reconciles every HelmRelease ("*") whatever its labels, which Flux refuses; expected labels that select some: give them with matchLabels.',
  ]);
});

test('every namespace at once is refused', () => {
  expect(refusal({ resources: [ReceiverResource.named(FluxKind.HELM_RELEASE, 'web', { namespace: '*' })] })).toEqual([
    'stand/push: reconciles every namespace ("*") for the kind HelmRelease, which Flux takes literally; expected the name of a namespace: '
    + 'make one entry for each namespace.',
  ]);
});

test('an object that Flux does not reconcile at a call is refused', () => {
  const { platform, component } = stand();
  const push = new Receiver(component, 'push', REQUIRED);
  new Receiver(component, 'tag', { ...REQUIRED, resources: [ReceiverResource.of(push)] });
  expect(refusalOf(platform)).toEqual([
    'stand/tag: reconciles the Receiver "push"; expected one of the kinds ArtifactGenerator, Bucket, ExternalArtifact, GitRepository, HelmChart, '
    + 'HelmRelease, HelmRepository, ImagePolicy, ImageRepository, ImageUpdateAutomation, Kustomization or OCIRepository: leave it out.',
  ]);
});

test('filters have to be conditions', () => {
  expect(refusal({
    resources: [ReceiverResource.named(FluxKind.GIT_REPOSITORY, 'platform', { filter: 'req.tag ==' })],
    resourceFilter: 'claims.ref == "refs/heads/main"',
  })).toEqual([
    'stand/push: has the filter "req.tag ==" for the GitRepository "platform", which Flux refuses (Unexpected token: EOF at 1:11); '
    + 'expected CEL over res and req that is true or false: correct it.',
    'stand/push: has the resourceFilter "claims.ref == "refs/heads/main"", which Flux refuses (there is no claims); '
    + 'expected CEL over res and req that is true or false: correct it.',
  ]);
});
