import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import Ajv, { ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { ownCompositeSchema } from './composite-definitions';

const CRDS = join(__dirname, '..', 'crds');
const KUBERNETES = join(CRDS, 'kubernetes', 'api.json');
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, code: { optimize: false } });
const validators = new Map<string, ValidateFunction | undefined>();

interface ObjectKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * What the API server would say against an object, going by the structure of its CustomResourceDefinition or of the Kubernetes API: unknown
 * fields, missing ones, wrong types, patterns, enums. Rules in CEL are not evaluated.
 */
export function schemaErrors(object: ObjectKind): string[] {
  const validate = validatorOf(object);
  return validate ? errorsOf(validate, object) : [`there is no definition of ${object.kind} in ${object.apiVersion}`];
}

/** The same, going by a schema that the repository has no file for. */
export function definitionErrors(schema: any, object: ObjectKind): string[] {
  return errorsOf(ajv.compile(strict(schema, true)), object);
}

function errorsOf(validate: ValidateFunction, object: ObjectKind): string[] {
  return validate(object) ? [] : validate.errors!.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}

/** Whether there is a definition to hold an object to. */
export function isDefined(object: ObjectKind): boolean {
  return validatorOf(object) !== undefined;
}

/** Fields of the `spec` that the definition of a kind knows and none of the objects has: `install.strategy`, `valuesFrom[].name`. */
export function unsetFields(...objects: (ObjectKind & { spec?: unknown })[]): string[] {
  const schema = definitionOf(objects[0])!.properties.spec;
  const set = new Set(objects.flatMap(({ spec }) => pathsOf(spec)));
  return fieldsOf(schema).filter(path => !set.has(path));
}

function validatorOf(object: ObjectKind): ValidateFunction | undefined {
  const id = `${object.apiVersion} ${object.kind}`;
  if (!validators.has(id)) {
    const definition = definitionOf(object);
    validators.set(id, definition ? ajv.compile(strict(definition, true)) : kubernetesValidator(object));
  }
  return validators.get(id);
}

/** The schema of a kind in its CustomResourceDefinition, or in the XRD of the library's own. */
function definitionOf({ apiVersion, kind }: ObjectKind): any {
  const [group, version] = apiVersion.split('/');
  const plurals = [`${kind}s`, `${kind}es`, `${kind.slice(0, -1)}ies`].map(plural => plural.toLowerCase());
  const paths = projects().flatMap(project => plurals.map(plural => join(CRDS, project, `${group}_${plural}.yaml`)));
  const path = paths.find(candidate => existsSync(candidate));
  if (path === undefined) {
    return ownCompositeSchema(group, version, kind);
  }
  const { versions } = parse(readFileSync(path, 'utf-8')).spec;
  return versions.find((candidate: any) => candidate.name === version && candidate.served)?.schema.openAPIV3Schema;
}

function projects(): string[] {
  return readdirSync(CRDS, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name);
}

let kubernetes: Record<string, any> | undefined;

/** A kind of Kubernetes' own API. */
function kubernetesValidator({ apiVersion, kind }: ObjectKind): ValidateFunction | undefined {
  if (!kubernetes) {
    const definitions = JSON.parse(readFileSync(KUBERNETES, 'utf-8'));
    kubernetes = definitions as Record<string, any>;
    ajv.addSchema({ $id: 'kubernetes', definitions: Object.fromEntries(Object.entries(kubernetes).map(([name, schema]) => [name, lenient(name, strict(schema))])) });
  }
  const [version, group = ''] = apiVersion.split('/').reverse();
  const name = Object.keys(kubernetes).find(candidate => kubernetes![candidate]['x-kubernetes-group-version-kind']?.some((known: any) =>
    known.group === group && known.version === version && known.kind === kind));
  return name === undefined ? undefined : ajv.compile({ $ref: `kubernetes#/definitions/${name}` });
}

/** Two types that are written as a number, too. */
function lenient(name: string, schema: any): any {
  const number = /\.(IntOrString|Quantity)$/.test(name);
  return number ? { type: ['string', 'number'] } : schema;
}

function fieldsOf(schema: any, path = ''): string[] {
  const { properties = {}, items } = schema;
  return [
    ...Object.entries(properties).flatMap(([name, field]) => [fieldPath(path, name), ...fieldsOf(field, fieldPath(path, name))]),
    ...items ? fieldsOf(items, `${path}[]`) : [],
  ];
}

function pathsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(item => pathsOf(item, `${path}[]`));
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, field]) => [fieldPath(path, name), ...pathsOf(field, fieldPath(path, name))])
    : [];
}

function fieldPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** A structural schema as JSON Schema that knows no other fields; the metadata is not the definition's to say. */
function strict(schema: any, root = false): any {
  const { properties, items, additionalProperties, ...rest } = schema;
  const open = root ? { metadata: {} } : {};
  return {
    ...rest,
    // Go writes \PC for what JavaScript writes \P{C}.
    ...(schema.pattern ? { pattern: schema.pattern.replace(/\\([pP])([A-Z])/g, '\\$1{$2}') } : {}),
    ...(schema['x-kubernetes-int-or-string'] ? { type: ['integer', 'string'] } : {}),
    ...(properties ? { properties: { ...mapped(properties), ...open } } : {}),
    ...(items ? { items: strict(items) } : {}),
    ...(additionalProperties ? { additionalProperties: strict(additionalProperties) } : {}),
    ...(properties && !additionalProperties && !schema['x-kubernetes-preserve-unknown-fields'] ? { additionalProperties: false } : {}),
  };
}

function mapped(fields: object): object {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, strict(field)]));
}
