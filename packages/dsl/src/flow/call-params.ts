import { maskedName } from '../arguments/check-argument.ts';
import { readJson } from '../arguments/json-loss.ts';
import { describeValue } from '../callflow/describe-value.ts';
import { laterKind } from '../callflow/kind-of-value.ts';
import type { PathPart, StandardIssue, StandardSchema } from './flow-options.ts';

/** One thing that is wrong with params. */
export interface ParamsIssue {
  /** Where: names of properties and indices of lists, outermost first; empty for the params as a whole. */
  readonly path: readonly (string | number)[];
  /** What the schema says of it. */
  readonly message: string;
}

/** What a flow's schema makes of the params of a call, or what is wrong with them. */
export type CheckedParams = { readonly params: Readonly<Record<string, unknown>> } | { readonly issues: readonly ParamsIssue[] };

/**
 * Holds the params of an outbound call to the schema of its flow. What comes of it must be JSON: it is stored with the call, and a replay on
 * another server must see what the first one saw.
 */
export async function checkParams(schema: StandardSchema<unknown> | null, given: unknown): Promise<CheckedParams> {
  const result: unknown = schema === null ? { value: given } : await schema['~standard'].validate(given);
  const judged = judgement(result, 'at once or as a promise');
  if ('issues' in judged) return judged;
  const { value: params } = judged;
  if (typeof params !== 'object' || params === null || Array.isArray(params)) return whole('params must be an object');
  const reading = readJson(params);
  if (reading.ok) return { params: reading.value as Readonly<Record<string, unknown>> };
  const { path, came, fix } = reading.loss;
  return whole(`params must be JSON, because they are stored with the call, but ${path} is ${came}; ${fix}`);
}

/** An issue in words, its place first: `customer.phones[1]: too short`. Longer numbers in names are masked: they may be a caller's. */
export function paramsIssueText({ path, message }: ParamsIssue): string {
  const place = path.map((part) => {
    if (typeof part === 'number') return `[${part}]`;
    return /^[A-Za-z_$][\w$]*$/.test(part) ? `.${maskedName(part)}` : `[${JSON.stringify(maskedName(part))}]`;
  });
  return place.length === 0 ? message : `${place.join('').replace(/^\./, '')}: ${message}`;
}

/** Reads what a schema's validate has given: a value, or what is wrong. `when`: how it may be given. */
export function judgement(result: unknown, when: string): { readonly value: unknown } | { readonly issues: readonly ParamsIssue[] } {
  if (typeof result !== 'object' || result === null || laterKind(result) !== null)
    return whole(`the schema gave ${describeValue(result)} in place of a result; its validate gives { value } or { issues }, ${when}`);
  const { value, issues } = result as { readonly value?: unknown; readonly issues?: readonly StandardIssue[] };
  if (issues !== undefined) return { issues: issues.map(({ message, path }) => ({ path: (path ?? []).map(partOf), message })) };
  return { value };
}

function whole(message: string): { readonly issues: readonly ParamsIssue[] } {
  return { issues: [{ path: [], message }] };
}

/** A part of a path is a key, or an object that holds one. */
function partOf(part: PathPart): string | number {
  const key = typeof part === 'object' ? part.key : part;
  return typeof key === 'symbol' ? String(key) : key;
}
