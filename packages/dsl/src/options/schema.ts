/**
 * What is said of a value: JSON Schema, as far as TypeBox has a type for it (`Static`), and keywords of ours that begin with `x-`. `'~refine'` is TypeBox's keyword
 * for checks that are code.
 */
export interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly default?: unknown;
  readonly description?: string;
  readonly '~refine'?: readonly { readonly check: (value: unknown) => boolean; readonly error: () => string }[];
  /** What a value must be, in words: the end of a sentence that begins with "must be". */
  readonly 'x-form'?: string;
  /** The value, and what is in it, is never repeated. */
  readonly 'x-secret'?: boolean;
  /** Keys that are looked for here and are set in another place: what to do instead. */
  readonly 'x-elsewhere'?: Readonly<Record<string, string>>;
}

/** The schema of a set of options: an object with these keys and no others. */
export interface OptionSet<P extends Readonly<Record<string, Schema>>, R extends keyof P & string> extends Schema {
  readonly type: 'object';
  readonly properties: P;
  readonly required: readonly R[];
  readonly additionalProperties: false;
}

/** Makes the schema of a set of options. Which of them are `required` goes last; `words` are further keywords. */
export function optionSet<const P extends Readonly<Record<string, Schema>>, const R extends keyof P & string = never>(
  properties: P,
  { required = [], ...words }: Omit<Schema, 'required'> & { readonly required?: readonly R[] } = {},
): OptionSet<P, R> {
  return { ...words, type: 'object', properties, required, additionalProperties: false };
}

/** The schema of what JSON does not have: a function, an instance of a class, a value that code must look at. `form` is its `x-form`. */
export function valueThat(form: string, check: (value: unknown) => boolean, words: Schema = {}): Schema {
  return { ...words, 'x-form': form, '~refine': [{ check, error: () => form }] };
}

/** The schema of a function. */
export const FUNCTION = valueThat('a function', (value) => typeof value === 'function');

/** What `schema` says, or null in place of leaving it out. */
export function orNull<const S extends Schema>(
  schema: S,
): { readonly anyOf: readonly [S, { readonly type: 'null' }]; readonly 'x-secret': boolean } {
  return { anyOf: [schema, { type: 'null' }], 'x-secret': schema['x-secret'] === true };
}

/** The defaults of a set of options. */
export function defaultsOf({ properties = {} }: Schema): Readonly<Record<string, unknown>> {
  const known = Object.entries(properties).filter(([, option]) => option.default !== undefined);
  return Object.fromEntries(known.map(([name, option]) => [name, option.default]));
}

/** The options that were given, and the defaults of all others; undefined counts as not given. What the schema doesn't have is left out. */
export function withDefaults<T extends object>(schema: Schema, given: { readonly [K in keyof T]?: T[K] | undefined }): T {
  const known = Object.entries(given).filter(([name, value]) => value !== undefined && Object.hasOwn(schema.properties ?? {}, name));
  return { ...defaultsOf(schema), ...Object.fromEntries(known) } as T;
}
