import { secretRuleOf } from './secret-scan';
import { groupKind } from '../../synth/api-group';
import { isJsonObject, Json, JsonObject } from '../../synth/json';
import { memoized } from '../../synth/memoized';

/** A field with a secret in it; the secret itself is never told. */
export interface SecretField {
  /** Its path: `spec.values.token`. */
  readonly at: string;
  /** By what it was recognised. */
  readonly rule: string;
  /** Names of variables, where the field holds nothing else: what is in Git is their values. */
  readonly variables?: readonly string[];
}

/** Fields whose value is the credential itself, and not a name or a place of one. */
const CREDENTIAL = /(passw(or)?d|secret|token|credentials?|(api|access|secret|private|encryption|signing)[_-]?key)$/i;
const PASSWORD = /(passw(or)?d|passphrase)$/i;

/** Words with dots or hyphens between them: the name of an object, of a key, a host. */
const NAME = /^[a-z0-9]+([-.][a-z0-9]+)+$/;
const WORD = /(^|[-.])[a-z]{3,}([-.]|$)/;

/** A text that takes everything from elsewhere: variables, templates. */
const FROM_ELSEWHERE = /^(\s|\$\{[^}]*\}|\{\{.*\}\})*$/s;

/** Longer texts are programs and dashboards, in which much is called a key. */
const CONFIGURATION = 10_000;

/** Every field of an object with a secret that whoever reads the repository can read, too. */
export const secretFields: (manifest: JsonObject) => readonly SecretField[] = memoized(read);

function read(manifest: JsonObject): SecretField[] {
  const kind = groupKind(manifest);
  if (kind === '/Secret') {
    return ['data', 'stringData'].flatMap(field => plainValues(manifest, field));
  }
  const isEncrypted = isJsonObject(manifest.sops) || kind === 'bitnami.com/SealedSecret';
  return isEncrypted || kind === 'apiextensions.k8s.io/CustomResourceDefinition' ? [] : [
    ...fieldsIn(manifest, { path: [], field: '', generic: !kind.startsWith('external-secrets.io/') }),
    ...kind === '/ConfigMap' && isJsonObject(manifest.binaryData) ? fieldsIn(decoded(manifest.binaryData), { path: ['binaryData'], field: '', generic: true }) : [],
  ];
}

/** What a Secret holds, apart from what is encrypted, comes from elsewhere, or is a certificate, which everybody may see. */
function plainValues(secret: JsonObject, field: string): SecretField[] {
  const values = isJsonObject(secret[field]) ? secret[field] : {};
  const isPublic = (value: string) => /^\s*-----BEGIN CERTIFICATE-----/.test(value) && !value.includes('PRIVATE KEY');
  return Object.entries(values).flatMap(([key, value]): SecretField[] => {
    const text = typeof value === 'string' ? value : String(value ?? '');
    if (text === '' || (isJsonObject(secret.sops) && text.startsWith('ENC[')) || isPublic(field === 'data' ? decodedText(text) : text)) {
      return [];
    }
    return [{ at: `${field}.${key}`, rule: 'Secret', variables: FROM_ELSEWHERE.test(text) ? [...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name) : undefined }];
  });
}

function decoded(values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, decodedText(String(value))]));
}

function decodedText(base64: string): string {
  return Buffer.from(base64, 'base64').toString('latin1');
}

/** Where a value is. */
interface Place {
  readonly path: readonly string[];
  /** What it is called. */
  readonly field: string;
  /** Whether what a field is called tells something of what it holds. */
  readonly generic: boolean;
}

function fieldsIn(value: Json, place: Place): SecretField[] {
  const { path, generic } = place;
  if (typeof value === 'string') {
    const rule = ruleOf(value, place);
    return rule === undefined ? [] : [{ at: path.join('.'), rule }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => fieldsIn(item, { ...place, path: [...path, `${i}`] }));
  }
  return !isJsonObject(value) ? [] : Object.entries(value).flatMap(([key, item]) => {
    // An environment variable is called what stands beside its value.
    const field = key === 'value' && typeof value.name === 'string' ? value.name : key;
    return fieldsIn(item, { path: [...path, key], field, generic });
  });
}

function ruleOf(value: string, { path, field, generic }: Place): string | undefined {
  if (value.length < 8 || FROM_ELSEWHERE.test(value)) {
    return isPassword(value, path, field) ? 'a password in the values' : undefined;
  }
  if (value.includes('\n')) {
    return secretRuleOf(value, { generic: generic && value.length <= CONFIGURATION });
  }
  const isNamed = generic && CREDENTIAL.test(field) && !(NAME.test(value) && WORD.test(value));
  return secretRuleOf(`${path[path.length - 2] ?? ''}.${field}: ${value}`, { generic: isNamed })
    ?? (isPassword(value, path, field) ? 'a password in the values' : undefined);
}

/** A text that a chart gets as a password; not the name of a Secret or of a key that has it. */
function isPassword(value: string, path: readonly string[], field: string): boolean {
  return path[0] === 'spec' && path[1] === 'values' && PASSWORD.test(field) && !/existing|secret/i.test(field) && !FROM_ELSEWHERE.test(value)
    && !PASSWORD.test(value) && !/keys?$|secret|ref$/i.test(path[path.length - 2]);
}
