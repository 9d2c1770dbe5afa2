import { CheckedPlatform, ObjectFixture } from './check-fixtures';
import { LayerProps, flux } from '../../src';

const CHECK = 'secret-in-git';
const FIX = 'let an ExternalSecret bring it, or encrypt it with SOPS; and replace the secret itself where it was ever pushed';

// Put together here, so that whoever looks for secrets in this repository finds none.
const PAT = `ghp${'_'}${'x7Kq2Lw9Zr4Tb6Yn1Vc8Md3Fs5Gh0JpQaEuR'}`;
const AWS_KEY = `AKIA${'Q4WZ7XN2LTR6VB3M'}`;
const PRIVATE_KEY = `-----BEGIN ${'RSA PRIVATE KEY'}-----\n${'MIIEpAIBAAKCAQEAx7Kq2Lw9Zr4Tb6Yn1Vc8Md3Fs5Gh0JpQ\n'.repeat(3)}-----END ${'RSA PRIVATE KEY'}-----\n`;
const CERTIFICATE = `-----BEGIN CERTIFICATE-----\n${'MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ\n'.repeat(3)}-----END CERTIFICATE-----\n`;
const SOPS = { sops: { mac: 'ENC[AES256_GCM,data:x,type:str]', version: '3.9.0' } };

function findings(object: ObjectFixture, props: LayerProps = {}, variables: { [name: string]: string } = {}): string[] {
  const checked = new CheckedPlatform({}, variables);
  checked.layer('apps', [checked.component('shop', object)], props);
  return checked.findings(CHECK);
}

function secret(fields: object): ObjectFixture {
  return { kind: 'Secret', name: 'session', fields: { ...fields } };
}

function release(values: object): ObjectFixture {
  return { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'shop', fields: { spec: { values } } };
}

test('refuses a Secret with its values', () => {
  expect(findings(secret({ data: { password: 'aHVudGVyMg==' }, stringData: { user: 'shop' } }))).toEqual([
    `error dev › flux-system/apps › Secret apps/session: has values that stand in Git as they are: data.password, stringData.user → ${FIX}`,
  ]);
});

test('takes a Secret that is encrypted, empty, or has only what everybody may see', () => {
  expect(findings(secret({ stringData: { password: 'ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]' }, ...SOPS }))).toEqual([]);
  expect(findings(secret({ type: 'kubernetes.io/service-account-token' }))).toEqual([]);
  expect(findings(secret({ stringData: { 'ca.crt': CERTIFICATE }, data: { 'tls.crt': Buffer.from(CERTIFICATE).toString('base64') } }))).toEqual([]);
});

test('refuses what SOPS has left as it was', () => {
  expect(findings(secret({ stringData: { password: 'ENC[AES256_GCM,data:x]', token: 'hunter2' }, ...SOPS }))).toEqual([
    `error dev › flux-system/apps › Secret apps/session: has values that stand in Git as they are: stringData.token → ${FIX}`,
  ]);
});

test('takes values of variables from elsewhere, and refuses those of the cluster', () => {
  const object = secret({ stringData: { password: '${password}' } });
  const elsewhere = { postBuild: { substituteFrom: [flux.VariableSource.secret('shop', { variables: ['password'] })] } };
  expect(findings(object, elsewhere)).toEqual([]);
  expect(findings(object, {}, { password: 'hunter2' })).toHaveLength(1);
});

test('finds tokens anywhere, and never tells them', () => {
  const found = [
    findings(release({ github: { auth: PAT } })),
    findings({ name: 'settings', fields: { data: { 'app.ini': `[aws]\naccess = ${AWS_KEY}\n` } } }),
    findings({ name: 'settings', fields: { data: { 'tls.key': PRIVATE_KEY } } }),
    findings({ name: 'settings', fields: { binaryData: { store: Buffer.from(PRIVATE_KEY).toString('base64') } } }),
  ].flat();
  expect(found).toEqual([
    `error dev › flux-system/apps › HelmRelease apps/shop: holds what looks like a secret: spec.values.github.auth (github-pat) → ${FIX}`,
    `error dev › flux-system/apps › ConfigMap apps/settings: holds what looks like a secret: data.app.ini (aws-access-token) → ${FIX}`,
    `error dev › flux-system/apps › ConfigMap apps/settings: holds what looks like a secret: data.tls.key (private-key) → ${FIX}`,
    `error dev › flux-system/apps › ConfigMap apps/settings: holds what looks like a secret: binaryData.store (private-key) → ${FIX}`,
  ]);
});

test('finds passwords among values, and credentials by what they are called', () => {
  expect(findings(release({ admin: { password: 'hunter2' }, env: [{ name: 'SESSION_TOKEN', value: 'q7XZ2kLw9ZrT4b6Yn1Vc' }] }))).toEqual([
    'error dev › flux-system/apps › HelmRelease apps/shop: holds what looks like a secret: spec.values.admin.password (a password in the values), '
    + `spec.values.env.0.value (generic-api-key) → ${FIX}`,
  ]);
});

test('takes names of Secrets and keys, templates, hashes, ARNs and certificates', () => {
  expect(findings(release({
    existingSecret: 'shop-admin-2',
    existingSecretAdminPassword: 'shop-admin',
    passwordKey: 'admin-password',
    secretKeys: { password: 'x-password' },
    password: '${admin_password}',
    token: '{{ .Values.token }}',
    image: { digest: 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' },
    checksum: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b',
    role: 'arn:aws:iam::123456789012:role/xplane-shop-4f1b2b0b822c',
    caBundle: CERTIFICATE,
  }), {}, { admin_password: 'x' })).toEqual([]);
});

test('takes what is encrypted otherwise, and definitions', () => {
  expect(findings({ apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', name: 'shop', fields: { spec: { encryptedData: { token: PAT } } } })).toEqual([]);
  expect(findings({ name: 'settings', fields: { data: { token: PAT }, ...SOPS } })).toEqual([]);
  expect(findings({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: 'x.acme.example', fields: { spec: { description: PAT } } })).toEqual([]);
});

test('takes the names that an ExternalSecret has', () => {
  const data = [{ secretKey: 'token', remoteRef: { key: 'platform/shop/4f1b2b0b822cQ9', property: 'api_key' } }];
  expect(findings({ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', name: 'shop', fields: { spec: { data } } })).toEqual([]);
});

test('looks at the variables of a cluster, and at what a Kustomization substitutes', () => {
  expect(findings({ name: 'settings' }, { postBuild: { substitute: { TOKEN: PAT } } })).toEqual([
    `error dev › flux-system/apps: holds what looks like a secret: spec.postBuild.substitute.TOKEN (github-pat) → ${FIX}`,
  ]);
  expect(findings({ name: 'settings' }, {}, { github_token: PAT })).toEqual([
    `error dev › ConfigMap flux-system/dev-vars: holds what looks like a secret: data.github_token (github-pat) → ${FIX}`,
  ]);
});
