import { argumentError } from '../arguments/check-argument.ts';
import { cutText } from '../callflow/cut-text.ts';
import { describeValue } from '../callflow/describe-value.ts';

/** Opening hours of one day: `'09:00-18:00'`, several of them, or null for a day on which it is closed. */
export type DayHours = string | readonly string[] | null;

/** From when to when, in minutes after midnight; `to` is past 1440 where it closes on the day after. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const SPAN = /^([01]\d|2[0-3]):([0-5]\d) ?- ?(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))$/;
const DAY = 1_440;

/**
 * The spans of a day, in order. `maker`: the function that was given them.
 *
 * @throws EffectArgumentError `HS_OPENING_HOURS` for what is no span of time, and for spans that overlap.
 */
export function daySpans(maker: string, argument: string, hours: unknown): readonly Span[] {
  if (hours === null) return [];
  const written = Array.isArray(hours) ? (hours as unknown[]) : [hours];
  const spans = written.map((one) => parseSpan(maker, argument, one)).sort((a, b) => a.from - b.from);
  spans.forEach((span, index) => {
    const next = spans[index + 1];
    if (next === undefined || span.to <= next.from) return;
    throw argumentError('HS_OPENING_HOURS', maker, argument, {
      says: 'must not have hours that overlap',
      came: written.join(' and '),
      fix: 'Put them into one.',
    });
  });
  return spans;
}

function parseSpan(maker: string, argument: string, written: unknown): Span {
  const match = typeof written === 'string' ? SPAN.exec(written.trim()) : null;
  if (match === null) {
    throw argumentError('HS_OPENING_HOURS', maker, argument, {
      says: 'must be hours from 00:00 to 24:00',
      came: typeof written === 'string' ? JSON.stringify(cutText(written, 20)) : describeValue(written),
      fix: "Write them like '09:00-18:00', or null for closed.",
    });
  }
  const minutes = (hour: string | undefined, minute: string | undefined): number => Number(hour) * 60 + Number(minute);
  const from = minutes(match[1], match[2]);
  const to = minutes(match[3] ?? match[5], match[4] ?? match[6]);
  if (from !== to) return { from, to: to > from ? to : to + DAY };
  const says = { says: 'must not close when it opens', came: JSON.stringify(written), fix: "Write '00:00-24:00' for the whole day." };
  throw argumentError('HS_OPENING_HOURS', maker, argument, says);
}
