import { didYouMean } from '@hookswitch/dsl';
import { Compile } from 'typebox/compile';
import type { TSchema } from 'typebox';
import { RequestError, type RequestPart } from '../errors/request-error.ts';
import { readTime, TIME_FORM } from './time.ts';

/** What our schemas say of a field; `x-form` says in words what a pattern means. */
interface Field {
  readonly type?: string;
  readonly 'x-form'?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Field[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

interface Fields {
  readonly properties?: Readonly<Record<string, Field>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
}

type Part = Exclude<RequestPart, 'subaccount'>;
const PARTS: Readonly<Record<string, Part>> = { body: 'field', querystring: 'query', params: 'path' };
const NAMES: Readonly<Record<Part, string>> = { field: 'field', query: 'query parameter', path: 'part of the path' };
const CONTROL = /[\u0000-\u001f\u007f]/;

/** A validator for one part of a request: gives the value, numbers read, or what is wrong with it in our own words. */
export function checkerOf(schema: TSchema, httpPart = 'body'): (value: unknown) => { readonly value: unknown } | { readonly error: Error } {
  const part = PARTS[httpPart] ?? 'field';
  const fields = schema as Fields;
  const compiled = Compile(schema);
  return (came) => {
    const value = part === 'field' ? came : withNumbers(came, fields);
    const problem = problemOf(value, fields, part) ?? (compiled.Check(value) ? null : firstProblem(compiled.Errors(value), fields));
    return problem === null ? { value } : { error: new RequestError(part, problem) };
  };
}

/** Query and path are texts: numbers, true and false are those that are written as such. */
function withNumbers(came: unknown, { properties = {} }: Fields): unknown {
  if (typeof came !== 'object' || came === null) return came;
  return Object.fromEntries(
    Object.entries(came).map(([name, text]: [string, unknown]) => [
      name,
      typeof text === 'string' ? valueOf(text, properties[name]) : text,
    ]),
  );
}

function valueOf(text: string, field: Field | undefined): unknown {
  if (field?.type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text);
  return field?.type === 'boolean' && /^(true|false)$/.test(text) ? text === 'true' : text;
}

/** What a schema can't say, and what it can't say well. */
function problemOf(value: unknown, { properties = {}, required = [], additionalProperties }: Fields, part: Part): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'The body must be a JSON object.';
  const known = Object.keys(properties);
  const unknown = additionalProperties === false ? Object.keys(value).find((name) => !Object.hasOwn(properties, name)) : undefined;
  if (unknown !== undefined) return unknownName(unknown, known, part);
  const missing = required.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) return `The ${NAMES[part]} "${missing}" is missing.`;
  for (const [name, came] of Object.entries(value) as [string, unknown][]) {
    if (part === 'query' && Array.isArray(came)) return `The query parameter "${name}" is given more than once.`;
    if (part !== 'field' && typeof came === 'string' && CONTROL.test(came)) return `"${name}" must not hold control characters.`;
    if (properties[name]?.format === 'date-time' && typeof came === 'string' && readTime(came) === null) return impossibleTime(name, came);
  }
  return null;
}

function unknownName(name: string, known: readonly string[], part: Part): string {
  const none = `There is no ${NAMES[part]} ${JSON.stringify(name.slice(0, 60))}.`;
  return known.length === 0 ? `${none} This address takes none.` : `${none} ${didYouMean(name, known)}There are: ${known.join(', ')}.`;
}

function impossibleTime(name: string, came: string): string {
  const hint = /\d \d\d:?\d\d$/.test(came) ? ' In an address "+" is written %2B.' : '';
  return `"${name}" must be ${TIME_FORM}; got ${JSON.stringify(came.slice(0, 60))}.${hint}`;
}

function firstProblem(errors: readonly { readonly instancePath: string }[], { properties = {} }: Fields): string {
  const path = errors[0]?.instancePath.replace(/^\//, '') ?? '';
  const [name = ''] = path.split('/');
  const field = properties[name];
  return name === '' || field === undefined
    ? 'It has not the form that this address takes.'
    : `"${path.replaceAll('/', '.')}" must be ${wanted(field)}.`;
}

/** What a field must be, as the end of a sentence. What came is not repeated: it may be a number of somebody's. */
function wanted({ type, 'x-form': form, enum: choices, anyOf, minimum, maximum, minLength, maxLength }: Field): string {
  if (form !== undefined) return form;
  if (anyOf?.[0] !== undefined) return wanted(anyOf[0]);
  if (choices !== undefined) return `one of ${choices.join(', ')}`;
  if (type === 'integer') return `a whole number${minimum === undefined ? '' : ` in ${minimum}..${maximum ?? ''}`}`;
  if (type === 'number') return `a number${minimum === undefined ? '' : ` in ${minimum}..${maximum ?? ''}`}`;
  if (type === 'object') return 'a JSON object';
  if (type === 'boolean') return 'true or false';
  const length = maxLength === undefined ? '' : ` of ${minLength ?? 0} to ${maxLength} characters`;
  return `a text${length}`;
}
