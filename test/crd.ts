import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import Ajv, { ValidateFunction } from 'ajv';
import { parse } from 'yaml';

const CRDS = join(__dirname, '..', 'crds');
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
const schemas = new Map<string, any>();
const validators = new Map<string, ValidateFunction>();

for (const project of readdirSync(CRDS, { withFileTypes: true }).filter(entry => entry.isDirectory())) {
  for (const file of readdirSync(join(CRDS, project.name))) {
    const { spec } = parse(readFileSync(join(CRDS, project.name, file), 'utf-8'));
    for (const version of spec.versions) {
      const kind = `${spec.group}/${version.name} ${spec.names.kind}`;
      schemas.set(kind, version.schema.openAPIV3Schema);
      validators.set(kind, ajv.compile(strict(version.schema.openAPIV3Schema, true)));
    }
  }
}

/**
 * What the API server would say against an object, going by the structure of its CustomResourceDefinition: unknown fields, missing ones,
 * wrong types, patterns, enums. Rules in CEL are not evaluated.
 */
export function schemaErrors(object: { apiVersion: string; kind: string }): string[] {
  const validate = validators.get(`${object.apiVersion} ${object.kind}`);
  if (!validate) {
    return [`there is no definition of ${object.kind} in ${object.apiVersion}`];
  }
  return validate(object) ? [] : validate.errors!.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}

/** Whether there is a definition to hold an object to. */
export function isDefined(object: { apiVersion: string; kind: string }): boolean {
  return validators.has(`${object.apiVersion} ${object.kind}`);
}

/** Fields of the `spec` that the definition of a kind knows and none of the objects has: `install.strategy`, `valuesFrom[].name`. */
export function unsetFields(...objects: { apiVersion: string; kind: string; spec?: unknown }[]): string[] {
  const schema = schemas.get(`${objects[0].apiVersion} ${objects[0].kind}`).properties.spec;
  const set = new Set(objects.flatMap(({ spec }) => pathsOf(spec)));
  return fieldsOf(schema).filter(path => !set.has(path));
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
