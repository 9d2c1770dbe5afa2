import { components } from '../../../src';
import { Variable } from '../../../src/platform';

const { Schema } = components;

/** What synth says against a value of a field, a sentence each. */
function problems(schema: components.Schema, value: unknown): string[] {
  return schema._problems(value, 'spec.field').map(({ given, expected, mend }) => `${given}; expected ${expected}: ${mend}.`);
}

test('becomes OpenAPI as the API server wants it', () => {
  const schema = Schema.object({
    description: 'A database.',
    properties: {
      size: Schema.string({ description: 'How large it is.', allowedValues: ['small', 'large'], defaultValue: 'small' }),
      name: Schema.string({ pattern: '^[a-z]+$', minLength: 1, maxLength: 63 }),
      replicas: Schema.integer({ minimum: 1, maximum: 5 }),
      ratio: Schema.number({ minimum: 0 }),
      backup: Schema.boolean({ defaultValue: false }),
      users: Schema.array(Schema.string(), { minItems: 1, maxItems: 3 }),
      parameters: Schema.map(Schema.string(), { description: 'Settings.' }),
      port: Schema.raw({ 'x-kubernetes-int-or-string': true }),
    },
    required: ['name'],
    rules: [{ rule: 'self.name == oldSelf.name', message: 'the name cannot change' }],
  });
  expect(schema._json).toEqual({
    'type': 'object',
    'description': 'A database.',
    'properties': {
      size: { type: 'string', description: 'How large it is.', enum: ['small', 'large'], default: 'small' },
      name: { type: 'string', pattern: '^[a-z]+$', minLength: 1, maxLength: 63 },
      replicas: { type: 'integer', minimum: 1, maximum: 5 },
      ratio: { type: 'number', minimum: 0 },
      backup: { type: 'boolean', default: false },
      users: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 3 },
      parameters: { type: 'object', description: 'Settings.', additionalProperties: { type: 'string' } },
      port: { 'x-kubernetes-int-or-string': true },
    },
    'required': ['name'],
    'x-kubernetes-validations': [{ rule: 'self.name == oldSelf.name', message: 'the name cannot change' }],
  });
});

const database = Schema.object({
  properties: { name: Schema.string(), size: Schema.string({ defaultValue: 'small' }), replicas: Schema.integer() }, required: ['name', 'size'],
});

test.each<[string, components.Schema, unknown]>([
  ['text', Schema.string(), ''],
  ['one of the allowed values', Schema.string({ allowedValues: ['a', 'b'] }), 'b'],
  ['text that matches', Schema.string({ pattern: '^a+$' }), 'aa'],
  ['a variable, whose value the cluster knows', Schema.string({ allowedValues: ['a', 'b'] }), `${Variable.of('letter')}`],
  ['a variable that becomes a number', Schema.integer(), `${Variable.of('replicas')}`],
  ['a value that is resolved later', Schema.integer(), { resolve: () => 3 }],
  ['a number at the limit', Schema.integer({ minimum: 1, maximum: 1 }), 1],
  ['a fraction', Schema.number(), 0.5],
  ['false', Schema.boolean(), false],
  ['a list', Schema.array(Schema.string(), { maxItems: 1 }), ['a']],
  ['an object without what has a default', database, { name: 'shop' }],
  ['an object with a field that is undefined', database, { name: 'shop', replicas: undefined }],
  ['fields of any name', Schema.map(Schema.integer()), { a: 1, b: 2 }],
  ['anything where the schema is raw', Schema.raw({ type: 'string' }), 1],
])('accepts %s', (_, schema, value) => {
  expect(problems(schema, value)).toEqual([]);
});

test.each<[string, components.Schema, unknown, string]>([
  ['a number for text', Schema.string(), 1, 'has the number 1 in spec.field; expected text'],
  ['a value that is not allowed', Schema.string({ allowedValues: ['a', 'b'] }), 'c', 'has "c" in spec.field; expected one of a, b'],
  ['text that does not match', Schema.string({ pattern: '^a+$' }), 'b', 'has "b" in spec.field; expected text that matches ^a+$'],
  ['text that is too long', Schema.string({ maxLength: 3 }), 'abcd', 'has "abcd" in spec.field; expected text of at most 3 characters'],
  ['text that is too short', Schema.string({ minLength: 2, maxLength: 3 }), 'a', 'has "a" in spec.field; expected text of 2 to 3 characters'],
  ['text for a number', Schema.integer(), '1', 'has "1" in spec.field; expected an integer'],
  ['a fraction', Schema.integer(), 0.5, 'has the number 0.5 in spec.field; expected an integer'],
  ['a number that is too large', Schema.number({ maximum: 5 }), 6, 'has the number 6 in spec.field; expected a number of at most 5'],
  ['a number that is too small', Schema.integer({ minimum: 1, maximum: 5 }), 0, 'has the number 0 in spec.field; expected an integer of 1 to 5'],
  ['text for a boolean', Schema.boolean(), 'yes', 'has "yes" in spec.field; expected true or false'],
  ['null', Schema.boolean(), null, 'has null in spec.field; expected true or false'],
  ['a list that is too short', Schema.array(Schema.string(), { minItems: 2 }), ['a'], 'has a list of 1 in spec.field; expected a list of at least 2'],
  ['an object for a list', Schema.array(Schema.string()), {}, 'has an object in spec.field; expected a list'],
  ['an item', Schema.array(Schema.string()), ['a', 1], 'has the number 1 in spec.field[1]; expected text'],
  ['a list for an object', database, [], 'has a list in spec.field; expected an object'],
  ['a field of an object', database, { name: 1 }, 'has the number 1 in spec.field.name; expected text'],
  ['a value of a map', Schema.map(Schema.integer()), { a: 'b' }, 'has "b" in spec.field.a; expected an integer'],
])('refuses %s', (_, schema, value, error) => {
  expect(problems(schema, value)).toEqual([`${error}: correct the field.`]);
});

test('refuses a field that is missing, and one that is not known', () => {
  expect(problems(database, { nmae: 'shop' })).toEqual([
    'lacks spec.field.name; expected text: add the field.',
    'has the unknown field spec.field.nmae; expected one of name, size, replicas: correct its name.',
  ]);
});
