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
    const { scope = object.apiVersion === 'apiextensions.crossplane.io/v1' ? 'LegacyCluster' : 'Namespaced', claimNames } = spec;
    const composite = definition(object, spec, spec.names.kind, scope !== 'Namespaced', schema => compositeSchema(schema, compositeFields(scope)));
    return claimNames === undefined ? [composite]
      : [composite, definition(object, spec, claimNames.kind, false, schema => compositeSchema(schema, CLAIM))];
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

const TEXT: Schema = { type: 'string' };

function mapping(required: readonly string[], optional: readonly string[] = []): Schema {
  return { type: 'object', required, properties: Object.fromEntries([...required, ...optional].map(name => [name, TEXT])) };
}

type Fields = { readonly [name: string]: Schema };

const SELECTOR: Schema = { type: 'object', required: ['matchLabels'], properties: { matchLabels: { type: 'object', additionalProperties: TEXT } } };

const COMPOSITION: Fields = {
  compositionRef: mapping(['name']),
  compositionRevisionRef: mapping(['name']),
  compositionSelector: SELECTOR,
  compositionRevisionSelector: SELECTOR,
  compositionUpdatePolicy: { type: 'string', enum: ['Automatic', 'Manual'] },
};

/** Fields that Crossplane has in a claim, beside those of its definition. */
const CLAIM: Fields = {
  ...COMPOSITION,
  compositeDeletePolicy: { type: 'string', enum: ['Background', 'Foreground'] },
  resourceRef: mapping(['apiVersion', 'kind', 'name']),
  writeConnectionSecretToRef: mapping(['name']),
};

/** Fields that Crossplane has in a composite resource: in its first generation beside those of its definition. */
function compositeFields(scope: string): Fields {
  const resources = { type: 'array', items: mapping(['apiVersion', 'kind'], scope === 'Namespaced' ? ['name'] : ['name', 'namespace']) };
  const fields = { ...COMPOSITION, resourceRefs: resources };
  return scope !== 'LegacyCluster' ? { crossplane: { type: 'object', properties: fields } } : {
    ...fields,
    claimRef: mapping(['apiVersion', 'kind', 'namespace', 'name']),
    writeConnectionSecretToRef: mapping(['name', 'namespace']),
  };
}

/** The schema that Crossplane makes of a version of an XRD. Of what the XRD says, it leaves out what is not here. */
function compositeSchema(schema: Schema, added: Fields): Schema {
  const { spec = {}, status = {} } = schema.properties ?? {};
  const { required, oneOf, properties } = spec;
  return {
    'type': 'object',
    'required': ['spec'],
    'properties': {
      spec: {
        'type': 'object',
        required,
        oneOf,
        'properties': { ...properties, ...added },
        'x-kubernetes-preserve-unknown-fields': spec['x-kubernetes-preserve-unknown-fields'],
        'x-kubernetes-validations': spec['x-kubernetes-validations'],
      },
      status,
    },
    'x-kubernetes-validations': schema['x-kubernetes-validations'],
  };
}
