import { jsonLoss } from './json-loss.ts';
import type { StandardSchema } from './define-flow.ts';

/** What a flow's schema makes of the params of a call, or what is wrong with them. */
export type CheckedParams = { readonly params: Readonly<Record<string, unknown>> } | { readonly issues: readonly string[] };

/**
 * Holds the params of an outbound call to the schema of its flow. What comes of it must be JSON: it is stored with the call, and a replay on
 * another server must see what the first one saw.
 */
export async function checkParams(schema: StandardSchema<unknown> | null, given: unknown): Promise<CheckedParams> {
  const result = schema === null ? { value: given } : await schema['~standard'].validate(given);
  if (result.issues !== undefined) return { issues: result.issues.map(({ message }) => message) };
  const params = result.value;
  if (typeof params !== 'object' || params === null || Array.isArray(params)) return { issues: ['params must be an object'] };
  const loss = jsonLoss(params);
  if (loss === null) return { params: params as Readonly<Record<string, unknown>> };
  return { issues: [`params must be JSON, because they are stored with the call, but ${loss.path} is ${loss.came}; ${loss.fix}`] };
}
