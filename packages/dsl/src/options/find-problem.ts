import { Check } from 'typebox/schema';
import { cutText } from '../callflow/cut-text.ts';
import { describeValue } from '../callflow/describe-value.ts';
import { didYouMean, nearMiss } from '../callflow/near-miss.ts';
import type { Schema } from './schema.ts';

/** What is wrong with a value. */
export interface Problem {
  readonly kind: 'unknown key' | 'missing' | 'wrong';
  /** Where, e.g. `sessions.budget` or `subAccounts[0].apiKey`; empty for the value itself. */
  readonly path: string;
  /** The end of a sentence that begins with the place: `must be true or false; got 7`. */
  readonly says: string;
  /** The key that is not known at `path`, and what to do about it; else null. */
  readonly unknown: { readonly key: string; readonly hint: string } | null;
}

/** A problem for errors that name an argument by its path: `createPlatformClient.retries.limits`, and what is wrong with it. */
export function argumentProblem(where: string, { path, says, unknown }: Problem): [argument: string, problem: string] {
  const argument = [where, path].filter((part) => part !== '').join('.');
  if (unknown === null) return [argument, `${says}.`];
  return [`${argument === '' ? '' : `${argument}.`}${unknown.key}`, `there is no such key. ${unknown.hint}.`];
}

/** A value for a message; null where it must not be repeated. */
export type ShowValue = (value: unknown) => string | null;

const MAX_SHOWN = 60;

/** A value for the end of a message: numbers, switches and short texts as they are, of anything else only its kind. */
export function shownValue(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? JSON.stringify(cutText(value, MAX_SHOWN)) : describeValue(value);
}

/** Never repeats what came. */
export const hideValue: ShowValue = () => null;

/** The first thing that is wrong with a value, in the order of the schema; null where it fits. */
export function findProblem(schema: Schema, value: unknown, show: ShowValue = shownValue): Problem | null {
  return Check(schema, value) ? null : problemAt('', schema, value, schema['x-secret'] === true ? hideValue : show);
}

function problemAt(path: string, schema: Schema, value: unknown, show: ShowValue): Problem {
  const inner = problemWithin(path, schema, value, show);
  return inner ?? { kind: 'wrong', path, says: `must be ${wanted(schema)}${gotOf(schema, value, show)}`, unknown: null };
}

/** What is wrong with one of the keys of an object or with one of the parts of a list; null where it is the value as a whole. */
function problemWithin(path: string, schema: Schema, value: unknown, show: ShowValue): Problem | null {
  if (schema.anyOf !== undefined) {
    const meant = schema.anyOf.find((branch) => (Array.isArray(value) ? branch.items : isObject(value) && branch.properties));
    return meant === undefined ? null : problemWithin(path, meant, value, show);
  }
  if (isObject(value)) return problemWithKeys(path, schema, value, show);
  const { items } = schema;
  if (!Array.isArray(value) || (items?.properties === undefined && items?.anyOf === undefined)) return null;
  const index = value.findIndex((part) => !Check(items, part));
  return index < 0 ? null : problemAt(`${path}[${index}]`, items, value[index], show);
}

function problemWithKeys(path: string, schema: Schema, value: Readonly<Record<string, unknown>>, show: ShowValue): Problem | null {
  const { properties = {}, required = [], additionalProperties, 'x-elsewhere': elsewhere = {} } = schema;
  const unknown = additionalProperties === false ? Object.keys(value).find((key) => !Object.hasOwn(properties, key)) : undefined;
  if (unknown !== undefined) {
    const known = Object.keys(properties);
    const shown = JSON.stringify(cutText(unknown, MAX_SHOWN));
    const hint = known.length === 0 ? 'There are none' : `${didYouMean(unknown, known)}Known are ${known.join(', ')}`;
    const says = Object.hasOwn(elsewhere, unknown) ? `has no key ${shown}: ${elsewhere[unknown]}` : `has no key ${shown}. ${hint}`;
    return { kind: 'unknown key', path, says, unknown: { key: unknown, hint } };
  }
  for (const [name, option] of Object.entries(properties)) {
    const at = path === '' ? name : `${path}.${name}`;
    const came = Object.hasOwn(value, name) ? value[name] : undefined;
    if (came === undefined) {
      if (required.includes(name)) return { kind: 'missing', path: at, says: `must be ${wanted(option)}`, unknown: null };
    } else if (!Check(option, came)) return problemAt(at, option, came, option['x-secret'] === true ? hideValue : show);
  }
  return null;
}

/** What came, and the choice that was probably meant. */
function gotOf(schema: Schema, value: unknown, show: ShowValue): string {
  const shown = show(value);
  if (shown === null) return '';
  const near = typeof value === 'string' ? nearMiss(value, (schema.enum ?? []).map(String)) : null;
  return `; got ${shown}${near === null ? '' : ` (did you mean "${near}"?)`}`;
}

/** What a value must be, as the end of a sentence. */
function wanted(schema: Schema): string {
  const { type, 'x-form': form, enum: choices, const: only, anyOf, minLength, maxLength, minItems } = schema;
  if (form !== undefined) return form;
  if (anyOf !== undefined) return anyOf.map(wanted).join(', or ');
  if (choices !== undefined) return `one of ${choices.join(', ')}`;
  if (only !== undefined) return JSON.stringify(only);
  if (type === 'integer' || type === 'number') return `a ${type === 'integer' ? 'whole ' : ''}number${rangeOf(schema)}`;
  if (type === 'object') return schema.properties === undefined ? 'a JSON object' : `an object with keys out of ${keysOf(schema)}`;
  if (type === 'array') return `a list${schema.items?.type === 'string' ? ' of texts' : ''}${(minItems ?? 0) > 0 ? ', at least one' : ''}`;
  if (type === 'boolean') return 'true or false';
  if (type === 'null') return 'null';
  return `a text${maxLength === undefined ? '' : ` of ${minLength ?? 0} to ${maxLength} characters`}`;
}

function rangeOf({ minimum, exclusiveMinimum, maximum }: Schema): string {
  if (minimum !== undefined) return maximum === undefined ? ` of at least ${minimum}` : ` in ${minimum}..${maximum}`;
  if (exclusiveMinimum !== undefined) return ` above ${exclusiveMinimum}${maximum === undefined ? '' : `, at most ${maximum}`}`;
  return maximum === undefined ? '' : ` of at most ${maximum}`;
}

const keysOf = ({ properties = {} }: Schema): string => Object.keys(properties).join(', ');

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
