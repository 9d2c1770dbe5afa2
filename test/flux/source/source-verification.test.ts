import { HelmChart, HelmRepository, OciRepository, SourceVerification } from '../../../src/flux';
import { fileOf, refusalOf, stand } from '../flux-fixtures';

test.each([
  ['public keys', SourceVerification.cosign('keys'), `\
    provider: cosign
    secretRef:
      name: keys
`],
  ['public keys and a trusted root', SourceVerification.cosign('keys', 'root'), `\
    provider: cosign
    secretRef:
      name: keys
    trustedRootSecretRef:
      name: root
`],
  ['no keys', SourceVerification.cosignKeyless(), `\
    provider: cosign
`],
  ['identities', SourceVerification.cosignKeyless([{ issuer: '^a$', subject: '^b$' }, { issuer: '^c$', subject: '^d$' }]), `\
    provider: cosign
    matchOIDCIdentity:
      - issuer: ^a$
        subject: ^b$
      - issuer: ^c$
        subject: ^d$
`],
  ['Notation', SourceVerification.notation('policy'), `\
    provider: notation
    secretRef:
      name: policy
`],
])('a signature is verified with %s', (_, verify, text) => {
  const { platform, component } = stand();
  new OciRepository(component, 'podinfo', { url: 'oci://ghcr.io/acme/podinfo', verify });
  expect(fileOf(platform, 'OCIRepository', 'podinfo').split('  verify:\n')[1]).toBe(text);
});

test('identities that Go cannot compile are refused', () => {
  const { platform, component } = stand();
  const verify = SourceVerification.cosignKeyless([{ issuer: '^a(', subject: '*' }]);
  new OciRepository(component, 'podinfo', { url: 'oci://ghcr.io/acme/podinfo', verify });
  new HelmChart(component, 'chart', { chart: 'podinfo', source: HelmRepository.fromName('charts'), verify });
  const expected = 'expected a regular expression of Go\'s: correct it, with https://pkg.go.dev/regexp/syntax.';
  expect(refusalOf(platform)).toEqual(['chart', 'podinfo'].flatMap(id => [
    `stand/${id}: has the pattern "*" in the subject of an identity, which Flux cannot compile (there is nothing for "*" to repeat); ${expected}`,
    `stand/${id}: has the pattern "^a(" in the issuer of an identity, which Flux cannot compile (a group is not closed); ${expected}`,
  ]));
});
