import { libraryDefinition } from './library';
import { DefinedVersion, Definition, Schema } from './schema';
import { apiGroup } from '../synth/api-group';
import { isJsonObject, JsonObject } from '../synth/json';

/** Definitions that objects bring, and behind them those that the library knows. */
export class Definitions {
  private readonly own = new Map<string, Definition>();

  constructor(objects: Iterable<JsonObject>) {
    for (const object of objects) {
      definedBy(object).forEach(defined => this.own.set(`${defined.group}/${defined.kind}`, defined));
    }
  }

  /** What is known of a kind, in whichever version. */
  public of(apiVersion: string, kind: string): Definition | undefined {
    const group = apiGroup(apiVersion);
    return this.own.get(`${group}/${kind}`) ?? libraryDefinition(group, kind);
  }
}

const known = new WeakMap<JsonObject, readonly Definition[]>();

function definedBy(object: JsonObject): readonly Definition[] {
  const read = READERS[String(object.kind)];
  if (!read || !isJsonObject(object.spec) || !isJsonObject(object.spec.names) || !Array.isArray(object.spec.versions)) {
    return [];
  }
  let definitions = known.get(object);
  if (!definitions) {
    known.set(object, definitions = read(object, object.spec as unknown as DefiningSpec));
  }
  return definitions;
}

interface DefiningSpec {
  readonly group: string;
  readonly scope?: string;
  readonly names: { readonly kind: string };
  readonly claimNames?: { readonly kind: string };
  readonly versions?: readonly DefiningVersion[];
}

interface DefiningVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage?: boolean;
  readonly schema?: { readonly openAPIV3Schema?: Schema };
}

const READERS: Readonly<Record<string, (object: JsonObject, spec: DefiningSpec) => Definition[]>> = {
  CustomResourceDefinition: (object, spec) => [definition(object, spec, spec.names.kind, spec.scope === 'Cluster', schema => schema)],
  CompositeResourceDefinition: (object, spec) => {
    const legacy = spec.scope === 'LegacyCluster' || spec.scope === undefined && object.apiVersion === 'apiextensions.crossplane.io/v1';
    const composite = definition(object, spec, spec.names.kind, legacy || spec.scope === 'Cluster', schema => compositeSchema(schema, legacy));
    return spec.claimNames === undefined ? [composite]
      : [composite, definition(object, spec, spec.claimNames.kind, false, schema => compositeSchema(schema, legacy))];
  },
};

function definition(
  object: JsonObject, { group, versions = [] }: DefiningSpec, kind: string, clusterScoped: boolean, change: (schema: Schema) => Schema,
): Definition {
  return {
    group,
    kind,
    origin: `the ${String(object.kind)} ${String((object.metadata as JsonObject | undefined)?.name)}`,
    clusterScoped,
    versions: [...versions].sort((a, b) => Number(b.storage ?? false) - Number(a.storage ?? false)).map(({ name, served, schema }): DefinedVersion =>
      ({ name, served, schema: schema?.openAPIV3Schema && change(schema.openAPIV3Schema) })),
    definitions: {},
  };
}

const REFERENCE: Schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
const LABELS: Schema = { type: 'object', additionalProperties: { type: 'string' } };
const SELECTOR: Schema = { type: 'object', required: ['matchLabels'], properties: { matchLabels: LABELS } };
const COMPOSITION: { readonly [name: string]: Schema } = {
  compositionRef: REFERENCE,
  compositionRevisionRef: REFERENCE,
  compositionSelector: SELECTOR,
  compositionRevisionSelector: SELECTOR,
  compositionUpdatePolicy: { type: 'string', enum: ['Automatic', 'Manual'] },
};

/** Fields that Crossplane's first generation put beside those of the definition. */
const LEGACY: { readonly [name: string]: Schema } = {
  ...COMPOSITION,
  claimRef: {},
  compositeDeletePolicy: {},
  publishConnectionDetailsTo: {},
  resourceRef: {},
  resourceRefs: {},
  writeConnectionSecretToRef: {},
};

/** The schema that Crossplane makes of a version of an XRD. */
export function compositeSchema(schema: Schema, legacy = false): Schema {
  const { spec, ...others } = schema.properties ?? {};
  const added: { readonly [name: string]: Schema } = legacy ? LEGACY : { crossplane: { type: 'object', properties: COMPOSITION } };
  const whole = { type: 'object', ...spec, properties: { ...spec?.properties, ...added } };
  return { ...schema, properties: { ...others, spec: whole } };
}
