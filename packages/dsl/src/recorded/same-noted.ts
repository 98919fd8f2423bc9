import type { Decision } from '../generator/decision.ts';
import { NOT_PLACED_STATUS } from './other-placing.ts';
import type { RecordedCall } from './recorded-call.ts';
import { sameWords } from './words.ts';

/** A tag that is another one now, or the result, or the reason for which the call was declined. */
export interface OtherNoted {
  readonly what: 'tag' | 'result' | 'reason';
  /** The tag's name; null for all else. */
  readonly tag: string | null;
  /** What was recorded, and what it is now; undefined for nothing. */
  readonly then: unknown;
  readonly now: unknown;
}

/** In a text: something is masked. */
const MASK = '•';
/** A secret of the caller, of which nothing is left. */
const WHOLLY_MASKED = /^[•…\s]+$/;

/** The first tag of a call that is another one on the code, or its result, or the reason of its decline; null where all are the same, and where the recording has none. */
export function otherNoted(
  { status, declined, tags, result }: RecordedCall,
  decision: Pick<Decision, 'tags' | 'result' | 'declined'>,
): OtherNoted | null {
  if (status === NOT_PLACED_STATUS && declined !== undefined && !sameValue(declined, decision.declined))
    return { what: 'reason', tag: null, then: declined ?? undefined, now: decision.declined ?? undefined };
  if (tags !== undefined) {
    for (const name of [...new Set([...Object.keys(tags), ...Object.keys(decision.tags)])].sort()) {
      const [then, now] = [own(tags, name), own(decision.tags, name)];
      if (!sameValue(then, now)) return { what: 'tag', tag: name, then, now };
    }
  }
  if (result === undefined || sameValue(result, decision.result)) return null;
  return { what: 'result', tag: null, then: result ?? undefined, now: decision.result ?? undefined };
}

function own(values: object, name: string): unknown {
  return Object.hasOwn(values, name) ? (values as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** Whether a recorded value of JSON is still the same, in whatever order its keys stand. What was masked is like anything that it may hide. */
function sameValue(then: unknown, now: unknown): boolean {
  if (then === now) return true;
  if (typeof then === 'string' && then.includes(MASK) && isPlain(now)) return WHOLLY_MASKED.test(then) || sameWords([then], [String(now)]);
  if (typeof then !== 'object' || typeof now !== 'object' || then === null || now === null) return false;
  if (Array.isArray(then) !== Array.isArray(now)) return false;
  const names = Object.keys(then);
  const readable = names.filter((name) => !name.includes(MASK));
  return (
    names.length === Object.keys(now).length &&
    readable.every((name) => Object.hasOwn(now, name) && sameValue(own(then, name), own(now, name)))
  );
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
