import { readJson } from '../arguments/json-loss.ts';
import { readError } from '../errors/read-error.ts';
import { judgement, type ParamsIssue } from './call-params.ts';
import type { StandardSchema } from './flow-options.ts';

/** What a wait makes of a signal's value, or what is wrong with it. */
export type CheckedSignal = { readonly value: unknown } | { readonly issues: readonly ParamsIssue[] };

/**
 * Holds the value of a signal to the schema of who waits for it. Pure but for the schema: it never throws, and what comes of it is JSON, for it is stored, and a replay must
 * see what the call saw.
 */
export function checkSignal({ schema }: { readonly schema: StandardSchema<unknown> | null }, given: unknown): CheckedSignal {
  let result: unknown = { value: given };
  try {
    if (schema !== null) result = schema['~standard'].validate(given);
  } catch (error) {
    const { name, message } = readError(error);
    return whole(`the schema threw ${name}: ${message}`);
  }
  const judged = judgement(result, 'at once');
  if ('issues' in judged) return judged;
  if (judged.value === undefined) return { value: null };
  const reading = readJson(judged.value);
  if (reading.ok) return { value: reading.value };
  const { path, came, fix } = reading.loss;
  return whole(`the value must be JSON, because it is stored with the call, but ${path} is ${came}; ${fix}`);
}

function whole(message: string): CheckedSignal {
  return { issues: [{ path: [], message }] };
}
