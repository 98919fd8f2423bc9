import { optionSet, type Schema, valueThat } from '@hookswitch/dsl/options';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Something that is heard: neither a blank nor a mark such as a zero-width space. */
const HEARD = /[^\s\p{Z}\p{Cf}\p{Cc}]/u;

/** The schema of what a caller is to hear. */
const spoken = (form: string, words: Schema = {}): Schema => valueThat(form, isSpoken, words);

const milliseconds = (standard: number, description: string) =>
  ({ type: 'integer', minimum: 1, default: standard, 'x-form': 'milliseconds, a whole number from 1', description }) as const;

const count = (standard: number, description: string) =>
  ({ type: 'integer', minimum: 0, default: standard, 'x-form': 'a whole number, 0 or more', description }) as const;

/** What `Fallback` holds. */
export const FALLBACK = optionSet(
  {
    text: spoken('a text, or one per language; it is heard where audio or transfer are impossible'),
    audio: spoken('the URL of a file, or one per language'),
    transferTo: { type: 'string', pattern: '^\\+?[1-9]\\d{6,14}$', 'x-form': 'a number in E.164 form', 'x-secret': true },
  },
  {
    required: ['text'],
    default: { text: 'We are sorry, something went wrong on our side. Please call again later.' },
    description:
      'What a caller hears when something has failed: `text` (one, or one per language), `audio` (the URL of a file) in its place, `transferTo` (E.164) to be connected afterwards.',
  },
);

/** What `SessionSettings` holds, with the defaults. */
export const SESSION_OPTIONS = optionSet({
  budget: milliseconds(4_000, 'How long a webhook may take before it is answered with a hold.'),
  lease: milliseconds(15_000, 'How long the lease on a running step lasts without being renewed; another process takes over after it.'),
  maxHolds: count(5, 'Holds in a row before the fallback.'),
  holdText: spoken('a text, or one per language', {
    default: 'One moment, please.',
    description: 'Spoken in a hold where nothing else is left to say; one text, or one per language.',
  }),
  holdFor: milliseconds(3_000, 'How long a hold listens.'),
  maxRetries: count(
    5,
    "How often a caller is asked again while the store can't save, or while none of the servers that a deploy has reached yet takes the call.",
  ),
  fallback: FALLBACK,
  voice: {
    type: 'string',
    pattern: '\\S',
    default: 'en-US-BenjaminRUS',
    'x-form': 'a voice profile such as en-US-BenjaminRUS',
    description: 'Voice of the fallback where nothing better is known.',
  },
  delivery: { enum: ['callflow', 'action'], default: 'callflow' },
  idle: milliseconds(2 * HOUR, 'A session without webhooks for this long is closed.'),
  bridgedIdle: milliseconds(24 * HOUR, 'The same, once a bridge was sent.'),
  retention: { type: 'number', minimum: DAY, default: 30 * DAY, 'x-form': 'milliseconds, at least one day' },
  hotCalls: count(20_000, 'Calls kept in memory between their webhooks; the others are restored from the store.'),
});

function isSpoken(value: unknown): boolean {
  if (typeof value === 'string') return HEARD.test(value) && !/\p{Surrogate}/u.test(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const texts = Object.values(value);
  return texts.length > 0 && texts.every((text) => typeof text === 'string' && isSpoken(text));
}
