import { asJsonObject, type FieldReader, isJsonObject, type JsonObject, readFields } from './fields.ts';
import type { Dtmf } from './webhook.ts';

/** Keys that are read; a capture allows 25, and an author must be able to tell "too long" from "right". */
export const MOST_KEYS = 64;
/** Characters of speech that are read. */
const LONGEST_SPEECH = 4_096;

const KEYS = /^[0-9*#A-D]*$/;
const NOTHING: Dtmf = Object.freeze({ digits: null, problem: null });
const NOT_DTMF: Dtmf = Object.freeze({ digits: null, problem: 'not-dtmf' });

/**
 * What a caller pressed, wherever the webhook has it: `eventData.dtmf`, `eventData` as text (keys, or JSON), or `dtmf` beside it.
 * Null and absent are "nothing was pressed"; `""` and `"#"` are "only `#` was"; one closing `#` is dropped.
 */
export function readDtmf(payload: FieldReader): Dtmf {
  const eventData = payload.value('eventData');
  const inside = objectOf(eventData);
  if (inside !== null) return normalise(readFields(inside).value('dtmf') ?? payload.value('dtmf'));
  const plain = fromText(eventData);
  // A text that is no keys is some other news of the event, e.g. `TIMEOUT`.
  return plain.digits === null ? normalise(payload.value('dtmf')) : plain;
}

/** What the platform heard a caller say, where it listens for speech: `eventData.asrCaptured`, or `asrCaptured` beside it. */
export function readAsrCaptured(payload: FieldReader): string | null {
  const inside = objectOf(payload.value('eventData'));
  return (inside === null ? null : readFields(inside).text('asrCaptured', LONGEST_SPEECH)) ?? payload.text('asrCaptured', LONGEST_SPEECH);
}

function objectOf(eventData: unknown): JsonObject | null {
  return asJsonObject(Array.isArray(eventData) ? eventData.find(isJsonObject) : eventData);
}

function fromText(eventData: unknown): Dtmf {
  if (typeof eventData === 'number') return normalise(eventData);
  if (typeof eventData !== 'string') return NOTHING;
  const quoted = /^\s*"([^"\\]*)"\s*$/.exec(eventData);
  const text = quoted?.[1] ?? eventData;
  // Letters alone are a word, though four of them are keys of some phones.
  return /^[a-d\s]+$/i.test(text) ? NOTHING : normalise(text);
}

function normalise(value: unknown): Dtmf {
  if (value === undefined || value === null) return NOTHING;
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? fromKeys(String(value)) : NOT_DTMF;
  if (Array.isArray(value)) return fromList(value);
  return typeof value === 'string' ? fromKeys(value) : NOT_DTMF;
}

/** One element per key. */
function fromList(list: readonly unknown[]): Dtmf {
  const keys = list.slice(0, MOST_KEYS + 1);
  if (!keys.every((key) => (typeof key === 'string' && key.length === 1) || Number.isSafeInteger(key))) return NOT_DTMF;
  return keys.length === 0 ? NOTHING : fromKeys(keys.join(''));
}

function fromKeys(text: string): Dtmf {
  // Cut before anything looks at it: it may be as long as the body.
  const keys = text
    .slice(0, MOST_KEYS * 4)
    .replace(/\s+/g, '')
    .toUpperCase();
  if (keys === 'NULL' || keys === 'UNDEFINED' || keys === 'NONE') return NOTHING;
  if (!KEYS.test(keys)) return NOT_DTMF;
  if (keys.length > MOST_KEYS || text.length > MOST_KEYS * 4)
    return Object.freeze({ digits: keys.slice(0, MOST_KEYS), problem: 'too-long' });
  return Object.freeze({ digits: keys.endsWith('#') ? keys.slice(0, -1) : keys, problem: null });
}
