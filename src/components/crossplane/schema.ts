import { variableUses } from '../../synth/substitution';

/** What can be said of every schema. */
export interface SchemaOptions {
  /**
   * What the field is for; `kubectl explain` shows it.
   *
   * @default - not said
   */
  readonly description?: string;

  /**
   * Value where none is given.
   *
   * @default - none
   */
  readonly defaultValue?: any;
}

export interface StringSchemaOptions extends SchemaOptions {
  /**
   * Regular expression that a value has to match.
   *
   * @default - any text
   */
  readonly pattern?: string;

  /**
   * The values that are allowed.
   *
   * @default - any text
   */
  readonly allowedValues?: string[];

  /**
   * @default - none
   */
  readonly minLength?: number;

  /**
   * @default - none
   */
  readonly maxLength?: number;
}

export interface NumberSchemaOptions extends SchemaOptions {
  /**
   * @default - none
   */
  readonly minimum?: number;

  /**
   * @default - none
   */
  readonly maximum?: number;
}

export interface ArraySchemaOptions extends SchemaOptions {
  /**
   * @default - none
   */
  readonly minItems?: number;

  /**
   * @default - none
   */
  readonly maxItems?: number;
}

/** A rule in CEL that the API server checks. */
export interface SchemaRule {
  /** The rule; `self` is the value, `oldSelf` the one before it: `self == oldSelf`. */
  readonly rule: string;

  /** What is said where it is broken. */
  readonly message: string;
}

export interface ObjectSchemaOptions extends SchemaOptions {
  /** Its fields. */
  readonly properties: { [name: string]: Schema };

  /**
   * Fields that have to be there.
   *
   * @default - none
   */
  readonly required?: string[];

  /**
   * Rules for the object as a whole. The API server checks them; synth does not.
   *
   * @default - none
   */
  readonly rules?: SchemaRule[];
}

/** A value that is not what its schema says. @internal */
export interface SchemaProblem {
  /** What is wrong: `has a number in spec.size`. */
  readonly given: string;
  readonly expected: string;
  readonly mend: string;
}

type Check = (value: any, path: string) => SchemaProblem[];

/** What a field of an API has to be: a part of an OpenAPI schema, and the same check at synth. */
export class Schema {
  /** Text. */
  public static string(options: StringSchemaOptions = {}): Schema {
    const { pattern, allowedValues, minLength, maxLength } = options;
    const expected = allowedValues ? `one of ${allowedValues.join(', ')}` : pattern ? `text that matches ${pattern}` : lengthText(minLength, maxLength);
    // What a variable's value is, only the cluster knows.
    const isAllowed = (value: string) => variableUses(value).length > 0
      || (allowedValues?.includes(value) ?? true) && (!pattern || new RegExp(pattern).test(value)) && isWithin(value.length, minLength, maxLength);
    return new Schema('string', options, { pattern, enum: allowedValues, minLength, maxLength }, expected, (value, path) =>
      typeof value === 'string' && isAllowed(value) ? [] : [wrong(kindOf(value), path, expected)]);
  }

  /** A number without a fraction. */
  public static integer(options: NumberSchemaOptions = {}): Schema {
    return Schema.numeric('integer', options, Number.isInteger);
  }

  /** A number. */
  public static number(options: NumberSchemaOptions = {}): Schema {
    return Schema.numeric('number', options, value => typeof value === 'number');
  }

  /** True or false. */
  public static boolean(options: SchemaOptions = {}): Schema {
    const expected = 'true or false';
    return new Schema('boolean', options, {}, expected, (value, path) =>
      typeof value === 'boolean' ? [] : [wrong(kindOf(value), path, expected)]);
  }

  /** A list. */
  public static array(of: Schema, options: ArraySchemaOptions = {}): Schema {
    const { minItems, maxItems } = options;
    const expected = `a list${rangeText(minItems, maxItems, ' of ')}`;
    return new Schema('array', options, { minItems, maxItems, items: of._json }, expected, (value, path) => {
      if (!Array.isArray(value)) {
        return [wrong(kindOf(value), path, expected)];
      }
      const length = isWithin(value.length, minItems, maxItems) ? [] : [wrong(`a list of ${value.length}`, path, expected)];
      return [...length, ...value.flatMap((item, i) => of._problems(item, `${path}[${i}]`))];
    });
  }

  /** Fields with names of their own. */
  public static object(options: ObjectSchemaOptions): Schema {
    const { properties, required = [], rules } = options;
    const fields = Object.entries(properties);
    const json = {
      'properties': Object.fromEntries(fields.map(([name, schema]) => [name, schema._json])),
      'required': required.length === 0 ? undefined : required,
      'x-kubernetes-validations': rules?.map(({ rule, message }) => ({ rule, message })),
    };
    const schema = new Schema('object', options, json, 'an object', (value, path) => isMapping(value) ? [
      ...fields.filter(([name, field]) => required.includes(name) && value[name] === undefined && !field.hasDefault)
        .map(([name, field]) => ({ given: `lacks ${path}.${name}`, expected: field.expected, mend: 'add the field' })),
      ...Object.entries(value).filter(([, item]) => item !== undefined).flatMap(([name, item]) => properties[name]?._problems(item, `${path}.${name}`)
        ?? [{ given: `has the unknown field ${path}.${name}`, expected: `one of ${fields.map(([known]) => known).join(', ')}`, mend: 'correct its name' }]),
    ] : [wrong(kindOf(value), path, 'an object')]);
    schema.properties = properties;
    return schema;
  }

  /** An object whose fields have any names, and values of one kind. */
  public static map(of: Schema, options: SchemaOptions = {}): Schema {
    return new Schema('object', options, { additionalProperties: of._json }, 'an object', (value, path) => isMapping(value)
      ? Object.entries(value).flatMap(([name, item]) => of._problems(item, `${path}.${name}`)) : [wrong(kindOf(value), path, 'an object')]);
  }

  /**
   * A schema as OpenAPI has it, for what there is no factory for. Synth lets every value pass.
   *
   * @param json the schema: `{ 'x-kubernetes-int-or-string': true }`
   */
  public static raw(json: { [key: string]: any }): Schema {
    return new Schema(undefined, {}, json, 'what its schema says', () => []);
  }

  private static numeric(type: string, options: NumberSchemaOptions, isType: (value: any) => boolean): Schema {
    const { minimum, maximum } = options;
    const expected = `${type === 'integer' ? 'an integer' : 'a number'}${rangeText(minimum, maximum, ' of ')}`;
    return new Schema(type, options, { minimum, maximum }, expected, (value, path) => {
      // A variable by itself becomes the number that is its value.
      if (typeof value === 'string' && variableUses(value).length > 0) {
        return [];
      }
      return isType(value) && isWithin(value, minimum, maximum) ? []
        : [wrong(kindOf(value), path, expected)];
    });
  }

  private readonly openApi: { [key: string]: any };
  private properties?: { [name: string]: Schema };

  private constructor(
    type: string | undefined,
    private readonly options: SchemaOptions,
    json: object,
    private readonly expected: string,
    private readonly check: Check,
  ) {
    const { description, defaultValue } = options;
    this.openApi = { type, description, default: defaultValue, ...json };
  }

  private get hasDefault(): boolean {
    return this.options.defaultValue !== undefined;
  }

  /** As OpenAPI has it. @internal */
  public get _json(): any {
    return Object.fromEntries(Object.entries(this.openApi).filter(([, value]) => value !== undefined));
  }

  /** Names of an object's fields; none where it is no object with named fields. @internal */
  public get _fields(): string[] | undefined {
    return this.properties && Object.keys(this.properties);
  }

  /** What is wrong with a value. @internal */
  public _problems(value: any, path: string): SchemaProblem[] {
    // What a construct resolves later, a Variable for example, is not known yet.
    return typeof value?.resolve === 'function' ? [] : this.check(value, path);
  }
}

function wrong(given: string, path: string, expected: string): SchemaProblem {
  return { given: `has ${given} in ${path}`, expected, mend: 'correct the field' };
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) {
    return 'a list';
  }
  return value === null ? 'null' : typeof value === 'object' ? 'an object' : typeof value === 'string' ? `"${value}"` : `the ${typeof value} ${String(value)}`;
}

function isWithin(value: number, minimum = -Infinity, maximum = Infinity): boolean {
  return value >= minimum && value <= maximum;
}

function isMapping(value: unknown): value is { [key: string]: any } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lengthText(minLength?: number, maxLength?: number): string {
  const range = rangeText(minLength, maxLength, ' of ');
  return range === '' ? 'text' : `text${range} characters`;
}

/** ` of 1 to 3`, ` of at least 1`, ` of at most 3`; nothing where there are no limits. */
function rangeText(minimum: number | undefined, maximum: number | undefined, before: string): string {
  if (minimum === undefined && maximum === undefined) {
    return '';
  }
  return before + (minimum === undefined ? `at most ${maximum}` : maximum === undefined ? `at least ${minimum}` : `${minimum} to ${maximum}`);
}
