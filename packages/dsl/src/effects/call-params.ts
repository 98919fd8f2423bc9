import { describeValue } from '../callflow/describe-value.ts';
import { laterKind } from '../callflow/kind-of-value.ts';
import { readJson } from './json-loss.ts';
import type { StandardSchema } from './define-flow.ts';

/** What a flow's schema makes of the params of a call, or what is wrong with them. */
export type CheckedParams = { readonly params: Readonly<Record<string, unknown>> } | { readonly issues: readonly string[] };

/**
 * Holds the params of an outbound call to the schema of its flow. What comes of it must be JSON: it is stored with the call, and a replay on
 * another server must see what the first one saw.
 */
export async function checkParams(schema: StandardSchema<unknown> | null, given: unknown): Promise<CheckedParams> {
  const result: unknown = schema === null ? { value: given } : await schema['~standard'].validate(given);
  if (typeof result !== 'object' || result === null || laterKind(result) !== null)
    return {
      issues: [
        `the schema gave ${describeValue(result)} in place of a result; its validate gives { value } or { issues }, at once or as a promise`,
      ],
    };
  const { value: params, issues } = result as { readonly value?: unknown; readonly issues?: readonly { readonly message: string }[] };
  if (issues !== undefined) return { issues: issues.map(({ message }) => message) };
  if (typeof params !== 'object' || params === null || Array.isArray(params)) return { issues: ['params must be an object'] };
  const reading = readJson(params);
  if (reading.ok) return { params: reading.value as Readonly<Record<string, unknown>> };
  const { path, came, fix } = reading.loss;
  return { issues: [`params must be JSON, because they are stored with the call, but ${path} is ${came}; ${fix}`] };
}
