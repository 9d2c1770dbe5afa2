import { Json, JsonObject } from '../synth/json';
import { memoized } from '../synth/memoized';

/** A structural schema of a CustomResourceDefinition, or one of Kubernetes' own API. */
export interface Schema {
  readonly '$ref'?: string;
  readonly 'type'?: string;
  readonly 'format'?: string;
  readonly 'nullable'?: boolean;
  readonly 'default'?: Json;
  readonly 'properties'?: { readonly [name: string]: Schema };
  readonly 'additionalProperties'?: Schema | boolean;
  readonly 'items'?: Schema;
  readonly 'required'?: readonly string[];
  readonly 'pattern'?: string;
  readonly 'enum'?: readonly Json[];
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-validations'?: readonly CelRule[];
  readonly [keyword: string]: unknown;
}

/** A rule in CEL that an object has to keep. */
export interface CelRule {
  readonly rule: string;
  readonly message?: string;
  readonly optionalOldSelf?: boolean;
}

/** What is known of a kind. */
export interface Definition {
  readonly group: string;
  readonly kind: string;

  /** Where it is from: `external-secrets v2.9.0`, `the CustomResourceDefinition shops.example.org`. */
  readonly origin: string;

  /** @default - not known */
  readonly clusterScoped?: boolean;

  /** The one that is stored comes first. */
  readonly versions: readonly DefinedVersion[];

  /** What `$ref` refers to. */
  readonly definitions: { readonly [name: string]: Schema };

  /**
   * Whether the API server reads objects into types of its own, as those of Kubernetes itself: then null is as good as nothing.
   *
   * @default false
   */
  readonly builtIn?: boolean;
}

export interface DefinedVersion {
  readonly name: string;
  readonly served: boolean;
  /** @default - none: it is not checked */
  readonly schema?: Schema;
}

/** The version that an `apiVersion` names. */
export function apiVersionName(apiVersion: string): string {
  return apiVersion.slice(apiVersion.lastIndexOf('/') + 1);
}

/** Whether a text's value is known on the cluster alone. */
export function hasVariable(value: Json | undefined): boolean {
  return typeof value === 'string' ? value.includes('${')
    : Array.isArray(value) ? value.some(hasVariable)
      : typeof value === 'object' && value !== null ? Object.entries(value).some(([key, item]) => key.includes('${') || hasVariable(item)) : false;
}

/** The field's schema, of a property or of a mapping's values; undefined where there is none. */
export function fieldSchema({ properties, additionalProperties }: Schema, name: string): Schema | undefined {
  const property = properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
  return property ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
}

/** The fields that the API server sees: defaults are set, and null counts as absent where a field may not be null. */
export function effectiveFields(schema: Schema, object: JsonObject): [string, Json][] {
  const set = Object.entries(object).filter(([name, value]) => (value ?? null) !== null || value === null && fieldSchema(schema, name)?.nullable);
  const defaults = defaultsOf(schema).filter(([name]) => object[name] === undefined || object[name] === null && !schema.properties?.[name].nullable);
  return defaults.length === 0 ? set : [...set, ...defaults];
}

const defaultsOf = memoized((schema: Schema) => Object.entries(schema.properties ?? {}).flatMap(([name, field]): [string, Json][] =>
  field.default === undefined ? [] : [[name, field.default]]));

/** A value with its defaults. */
export function effective(schema: Schema | undefined, value: Json): Json {
  if (!schema || typeof value !== 'object' || value === null) {
    return value;
  }
  return Array.isArray(value) ? value.map(item => effective(schema.items, item))
    : Object.fromEntries(effectiveFields(schema, value).map(([name, item]) => [name, effective(fieldSchema(schema, name), item)]));
}
