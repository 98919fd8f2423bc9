import { findProblem, hideValue, type Problem, type Schema } from '@hookswitch/dsl/options';
import { RequestError, type RequestPart } from '../errors/request-error.ts';
import { readTime, TIME_FORM } from './time.ts';

type Part = Exclude<RequestPart, 'subaccount'>;
const PARTS: Readonly<Record<string, Part>> = { body: 'field', querystring: 'query', params: 'path' };
const NAMES: Readonly<Record<Part, string>> = { field: 'field', query: 'query parameter', path: 'part of the path' };
const CONTROL = /[\u0000-\u001f\u007f]/;

type Fields = Readonly<Record<string, Schema>>;

/**
 * A validator for one part of a request: gives the value, numbers read, or what is wrong with it in our own words. What came is not repeated: it may be a number of
 * somebody's.
 */
export function checkerOf(schema: Schema, httpPart = 'body'): (value: unknown) => { readonly value: unknown } | { readonly error: Error } {
  const part = PARTS[httpPart] ?? 'field';
  const { properties: fields = {} } = schema;
  return (came) => {
    const value = part === 'field' ? came : withNumbers(came, fields);
    const problem = findProblem(schema, value, hideValue);
    const says = problem === null || problem.kind === 'wrong' ? textProblem(value, fields, part) : null;
    if (says === null && problem === null) return { value };
    return { error: new RequestError(part, says ?? sentence(problem as Problem, part)) };
  };
}

/** Query and path are texts: numbers, true and false are those that are written as such. */
function withNumbers(came: unknown, fields: Fields): unknown {
  if (typeof came !== 'object' || came === null) return came;
  return Object.fromEntries(
    Object.entries(came).map(([name, text]: [string, unknown]) => [name, typeof text === 'string' ? valueOf(text, fields[name]) : text]),
  );
}

function valueOf(text: string, field: Schema | undefined): unknown {
  // One of what may be given several times.
  if (field?.type === 'array') return [text];
  if (field?.type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text);
  return field?.type === 'boolean' && /^(true|false)$/.test(text) ? text === 'true' : text;
}

function sentence({ kind, path, says, unknown }: Problem, part: Part): string {
  if (unknown !== null && path === '') return `There is no ${NAMES[part]} ${JSON.stringify(unknown.key.slice(0, 60))}. ${unknown.hint}.`;
  if (kind === 'missing') return `The ${NAMES[part]} "${path}" is missing.`;
  return path === '' ? 'The body must be a JSON object.' : `"${path}" ${says}.`;
}

/** What a schema can't say of texts. */
function textProblem(value: unknown, fields: Fields, part: Part): string | null {
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, came] of Object.entries(value) as [string, unknown][]) {
    if (part === 'query' && Array.isArray(came) && fields[name]?.type !== 'array')
      return `The query parameter "${name}" is given more than once.`;
    const texts: readonly unknown[] = part === 'query' && Array.isArray(came) ? came : [came];
    if (part !== 'field' && texts.some((text) => typeof text === 'string' && CONTROL.test(text)))
      return `"${name}" must not hold control characters.`;
    if (fields[name]?.format === 'date-time' && typeof came === 'string' && readTime(came) === null) return impossibleTime(name, came);
  }
  return null;
}

function impossibleTime(name: string, came: string): string {
  const hint = /\d \d\d:?\d\d$/.test(came) ? ' In an address "+" is written %2B.' : '';
  return `"${name}" must be ${TIME_FORM}; got ${JSON.stringify(came.slice(0, 60))}.${hint}`;
}
