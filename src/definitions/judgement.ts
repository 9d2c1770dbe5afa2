import type { ValidationError } from './ajv';
import { keepsRule } from './cel-rules';
import { metadataViolations } from './metadata-rules';
import { apiVersionName, CelRule, Definition, effective, fieldSchema, hasVariable, Schema } from './schema';
import { alternativeErrors, hasAlternatives, ruleErrors } from './value-rules';
import {
  brokenAlternatives, brokenCelRule, brokenRule, missingField, missingKey, repeatedItem, typeViolation, unknownField, Violation,
} from './violation-words';
import { isJsonObject, Json, JsonObject, pointerSegment } from '../synth/json';
import { memoized } from '../synth/memoized';

/** What a definition says of an object. */
export interface Judgement {
  readonly violations: readonly Violation[];
  /** How many rules could not be evaluated. */
  readonly untold: number;
}

const known = new WeakMap<Schema, WeakMap<JsonObject, Judgement>>();

/**
 * What the API server would say of an object; undefined where the definition has no schema for it.
 *
 * @param metadata what an object's metadata may hold
 */
export function judge(definition: Definition, metadata: Definition, object: JsonObject): Judgement | undefined {
  const version = definition.versions.find(({ name }) => name === apiVersionName(String(object.apiVersion)));
  const schema = version?.served ? version.schema : undefined;
  if (!schema) {
    return undefined;
  }
  let judgements = known.get(schema);
  if (!judgements) {
    known.set(schema, judgements = new WeakMap());
  }
  let judgement = judgements.get(object);
  if (!judgement) {
    const spec = new Judge(definition).object(schema, object);
    const meta = new Judge(metadata).metadata(metadata.versions[0].schema!, object);
    judgements.set(object, judgement = { violations: [...meta.violations, ...spec.violations], untold: spec.untold + meta.untold });
  }
  return judgement;
}

/** Fields that every object has, whether its schema names them or not. */
const IDENTITY: { readonly [name: string]: Schema } = { apiVersion: { type: 'string' }, kind: { type: 'string' } };

const rootOf = memoized((schema: Schema): Schema => {
  const required = schema.required?.filter(name => name !== 'metadata' && name !== 'status');
  return { ...schema, required, properties: schema.properties && { ...schema.properties, ...IDENTITY } };
});

/** Fields of an object within an object, whether its schema names them or not. */
const EMBEDDED: { readonly [name: string]: Schema } = {
  apiVersion: { type: 'string', pattern: '^[^/]+(/[^/]+)?$' },
  kind: { type: 'string', pattern: '^[A-Za-z]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?$' },
  metadata: { type: 'object' },
};

function isEmbedded(schema: Schema): boolean {
  return schema['x-kubernetes-embedded-resource'] === true;
}

/** Walks through an object along its schema. */
class Judge {
  public readonly violations: Violation[] = [];
  public untold = 0;

  constructor(private readonly definition: Definition) {}

  /** Everything but the metadata, of which a definition says nothing, and the status, which the API server takes from the controller alone. */
  public object(schema: Schema, { metadata, status, ...fields }: JsonObject): this {
    this.value(rootOf(schema), fields, '');
    return this;
  }

  public metadata(schema: Schema, { metadata = {} }: JsonObject): this {
    this.value(schema, metadata, '/metadata');
    this.violations.push(...metadataViolations(metadata));
    return this;
  }

  private value(written: Schema, value: Json, pointer: string): void {
    if (value === null && written.nullable || typeof value === 'string' && hasVariable(value)) {
      return;
    }
    const schema = this.referred(written);
    const violation = typeViolation(schema, value, pointer);
    if (violation) {
      this.violations.push(violation);
      return;
    }
    this.violations.push(...this.errors(() => this.ruleErrors(schema, value)).map(error => brokenRule(error, value, pointer)));
    if (hasAlternatives(schema)) {
      this.alternatives(schema, value, pointer);
    }
    if (Array.isArray(value)) {
      this.items(schema, value, pointer);
    } else if (isJsonObject(value)) {
      this.fields(schema, value, pointer);
    }
    schema['x-kubernetes-validations']?.forEach(rule => this.rule(rule, schema, value, pointer));
  }

  private referred(schema: Schema): Schema {
    if (schema.$ref === undefined) {
      return schema;
    }
    const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
    return SPECIAL[name.slice(name.lastIndexOf('.') + 1)] ?? this.definition.definitions[name] ?? {};
  }

  private ruleErrors(schema: Schema, value: Json): readonly ValidationError[] {
    if (!this.definition.builtIn || schema.format !== 'byte') {
      return ruleErrors(schema, value);
    }
    // Go reads base64 in lines, and none at all.
    const text = String(value).replace(/[\r\n]/g, '');
    return text === '' ? [] : ruleErrors(schema, text);
  }

  /** A pattern that JavaScript does not have, or does not come to an end with, throws. */
  private errors(errors: () => readonly ValidationError[]): readonly ValidationError[] {
    try {
      return errors();
    } catch {
      this.untold++;
      return [];
    }
  }

  private alternatives(schema: Schema, value: Json, pointer: string): void {
    if (hasVariable(value)) {
      this.untold++;
      return;
    }
    const errors = this.errors(() => alternativeErrors(schema, effective(schema, value)));
    if (errors.length > 0) {
      this.violations.push(brokenAlternatives(errors, pointer));
    }
  }

  private items(schema: Schema, value: readonly Json[], pointer: string): void {
    const { items } = schema;
    const takesNull = this.definition.builtIn && schema['x-kubernetes-list-type'] !== 'map';
    if (items) {
      value.forEach((item, i) => item === null && takesNull || this.value(items, item, `${pointer}/${i}`));
    }
    const firsts = new Map<string, number>();
    value.forEach((item, i) => {
      const key = this.listKey(schema, item, () => this.violations.push(missingKey(schema, `${pointer}/${i}`)));
      const first = key === undefined ? undefined : firsts.get(key);
      if (first !== undefined) {
        this.violations.push(repeatedItem(schema, item, first, i, pointer));
      } else if (key !== undefined) {
        firsts.set(key, i);
      }
    });
  }

  /** What a list may hold once, as a text; undefined where that cannot be told. */
  private listKey({ items = {}, ...schema }: Schema, item: Json, onMissing: () => void): string | undefined {
    const type = schema['x-kubernetes-list-type'];
    if (type === 'set') {
      return hasVariable(item) ? undefined : JSON.stringify(item);
    }
    const names = schema['x-kubernetes-list-map-keys'];
    if (type !== 'map' || !names || !isJsonObject(item)) {
      return undefined;
    }
    const { properties = {}, required = [] } = this.referred(items);
    const keys = names.map(name => item[name] ?? properties[name]?.default ?? (this.definition.builtIn ? KEY_DEFAULTS[name] : undefined) ?? null);
    if (hasVariable(keys) || Object.keys(item).some(hasVariable)) {
      return undefined;
    }
    if (keys.every(key => key === null)) {
      if (!names.some(name => required.includes(name))) {
        onMissing();
      }
      return undefined;
    }
    return JSON.stringify(keys);
  }

  private fields(schema: Schema, value: JsonObject, pointer: string): void {
    for (const [name, item] of Object.entries(value)) {
      const field = fieldSchema(schema, name) ?? (isEmbedded(schema) ? EMBEDDED[name] : undefined);
      const below = `${pointer}/${pointerSegment(name)}`;
      const isAbsent = item === undefined || item === null && (this.definition.builtIn || field?.default !== undefined);
      if (field && !isAbsent) {
        this.value(field, item, below);
      } else if (!field && item !== undefined && !isOpen(schema) && !hasVariable(name)) {
        this.violations.push(unknownField(schema, name, below));
      }
    }
    this.violations.push(...this.missingNames(schema, value).map(name => missingField(schema.properties?.[name], `${pointer}/${pointerSegment(name)}`)));
  }

  /** Fields that are required, and that no default puts there. */
  private missingNames({ required = [], properties = {}, ...schema }: Schema, value: JsonObject): string[] {
    const isAbsent = (name: string) => value[name] === undefined || this.definition.builtIn && value[name] === null;
    const missing = [...required, ...isEmbedded(schema) ? Object.keys(IDENTITY) : []]
      .filter(name => isAbsent(name) && properties[name]?.default === undefined);
    return missing.length > 0 && Object.keys(value).some(hasVariable) ? [] : missing;
  }

  private rule(rule: CelRule, schema: Schema, value: Json, pointer: string): void {
    const keeps = hasVariable(value) ? undefined : keepsRule(rule, schema, value);
    if (keeps === undefined) {
      this.untold++;
    } else if (!keeps) {
      this.violations.push(brokenCelRule(rule, pointer));
    }
  }
}

/** Types of Kubernetes whose schemas say less, or something else, than what the API server takes. */
const SPECIAL: Readonly<Record<string, Schema>> = {
  Quantity: {
    'x-kubernetes-int-or-string': true,
    'pattern': '^\\s*[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?\\s*$',
  },
  IntOrString: { 'x-kubernetes-int-or-string': true, 'format': 'int32' },
};

/** What Kubernetes' own lists have where an entry says nothing of a field that tells it apart. */
const KEY_DEFAULTS: Readonly<Record<string, Json>> = { protocol: 'TCP' };

/** Whether an object may have fields that its schema does not name. */
function isOpen(schema: Schema): boolean {
  return schema.properties === undefined || schema['x-kubernetes-preserve-unknown-fields'] === true || (schema.additionalProperties ?? false) !== false;
}
