/** What is used of the bundled validator, https://ajv.js.org. */
export interface ValidationError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: any;
  readonly message?: string;
}

export interface ValidateFunction {
  (data: unknown): boolean;
  errors?: ValidationError[] | null;
}

export interface Options {
  readonly strict?: boolean;
  readonly allErrors?: boolean;
  readonly logger?: false;
  readonly meta?: boolean;
  readonly validateSchema?: boolean;
  readonly formats?: { readonly [name: string]: { readonly type: 'string' | 'number'; readonly validate: (value: any) => boolean } };
  readonly code?: { readonly optimize?: boolean; readonly regExp?: { (pattern: string, flags: string): { test(text: string): boolean }; code: string } };
}

export default class Ajv {
  constructor(options?: Options);
  compile(schema: object): ValidateFunction;
}
