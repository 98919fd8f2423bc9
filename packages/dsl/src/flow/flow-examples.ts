import { jsonLoss } from '../arguments/json-loss.ts';
import { describeValue } from '../callflow/describe-value.ts';
import { readIsoTime } from '../callflow/iso-time.ts';
import type { FlowExamples } from './flow-options.ts';

/** What is wrong with an example of a flow. */
export interface ExampleProblem {
  readonly says: string;
  readonly came: string;
  readonly fix: string;
}

interface Kind {
  readonly says: string;
  readonly fix: string;
  /** What tells an example from the others; null where it is none. */
  readonly key: (value: unknown) => string | null;
}

/** As a server and `startCall` take them. */
const E164 = /^\+?[1-9]\d{6,14}$/;
const number = (value: unknown): string | null => (typeof value === 'string' && E164.test(value) ? value.replace('+', '') : null);
const NUMBER_FIX = 'Write a text: "+", country code and number, without blanks.';

const KINDS: { readonly [K in keyof Required<FlowExamples<unknown>>]: Kind } = {
  from: {
    says: 'a number in E.164 form, 7 to 15 digits, or null for a withheld one',
    fix: NUMBER_FIX,
    key: (value) => (value === null ? 'withheld' : number(value)),
  },
  to: { says: 'a number in E.164 form, 7 to 15 digits', fix: NUMBER_FIX, key: number },
  at: { says: 'a time in ISO 8601 with "Z" or an offset', fix: 'Write it as 2026-03-05T09:30:00Z.', key: time },
  params: { says: 'an object that is JSON', fix: 'Write texts in place of dates.', key: params },
  direction: {
    says: "'inbound' or 'outbound'",
    fix: 'There is no other direction.',
    key: (value) => (value === 'inbound' || value === 'outbound' ? value : null),
  },
};

export const EXAMPLES: readonly string[] = Object.keys(KINDS);

/** What is wrong with one member of a flow's `examples`, or null. No number is repeated in it. */
export function exampleProblem(name: string, values: unknown): ExampleProblem | null {
  if (!Array.isArray(values)) return { says: `examples.${name} must be a list`, came: describeValue(values), fix: 'Put it into [ ].' };
  const { says, fix, key } = KINDS[name as keyof typeof KINDS];
  const known = new Map<string, number>();
  for (const [index, value] of (values as unknown[]).entries()) {
    const own = key(value);
    if (own === null) return { says: `examples.${name}[${index}] must be ${says}`, came: came(value), fix };
    const first = known.get(own);
    if (first !== undefined)
      return {
        says: `examples.${name}[${index}] must differ from the others`,
        came: `the same as examples.${name}[${first}]`,
        fix: 'Take one of them out.',
      };
    known.set(own, index);
  }
  return null;
}

function came(value: unknown): string {
  return typeof value === 'string' && value !== '' ? 'a text that is none' : describeValue(value);
}

/** Without an offset, the zone of the machine would decide. */
function time(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const full = /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00Z` : value.replace(/^([\d-]+T\d{2}:\d{2})(?=Z$|[+-])/, '$1:00');
  const at = readIsoTime(full);
  return at === null || Number.isNaN(Date.parse(value)) ? null : String(at);
}

function params(value: unknown): string | null {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && jsonLoss(value) === null ? JSON.stringify(value) : null;
}
