import { argumentError, checkedByMaker, checkOptions, type OptionChecks } from '../../arguments/check-argument.ts';
import { localDate, zoneOf } from '../../calendar/dates-zoned.ts';
import { addDays, compareDates, daysIn, type LocalDate, parseIsoDate, type YearMonth } from '../../calendar/dates.ts';
import { describeWord } from '../../callflow/describe-value.ts';
import { didYouMean } from '../../callflow/near-miss.ts';
import { DATE_FORMATS, type DateFormat, type DateLimits, type DateRange, hasDay, readDate, writeDate } from './date-format.ts';
import { type Invalid, isInvalid } from './invalid.ts';
import { checkReasons, type EntryExample, makeValidator, refuse, type Validator, type ValidatorOptions } from './validator.ts';

/** Options of `date`. */
export interface DateOptions extends ValidatorOptions {
  /** IANA time zone whose day is today, e.g. `Asia/Singapore`. */
  readonly timeZone: string;
  /**
   * `past`: up to today; `future`: from today on. Where the entry has no year or two digits of it, it is the year that `range`, `from` and `to` allow, and
   * of several the one nearest to today. @default 'any'
   */
  readonly range?: DateRange;
  /** The first date that is taken, as `2026-03-05`, or `2026-03` in formats without a day. */
  readonly from?: string;
  /** The last date that is taken, written like `from`. */
  readonly to?: string;
}

/** What an entry of a format comes to: a day, or a month where the format has no day. */
export type DateOf<F extends DateFormat> = F extends `${string}DD${string}` ? LocalDate : YearMonth;

const RANGES = ['past', 'future', 'any'];
const CHECKS: OptionChecks<DateOptions> = {
  reasons: checkReasons,
  timeZone: checkedByMaker,
  range: (effect, argument, range) => {
    if (RANGES.includes(range as string)) return;
    const came = describeWord(range);
    const fix = typeof range === 'string' ? didYouMean(range, RANGES) : '';
    throw argumentError('HS_ASK_VALIDATOR', effect, argument, {
      says: `must be ${RANGES.join(', ')}`,
      came,
      fix: `${fix}Leave it out for any.`,
    });
  },
  from: checkedByMaker,
  to: checkedByMaker,
};

/**
 * A date, keyed in as `format` says: `date('DDMMYYYY', { timeZone: 'Asia/Singapore' })`. What is today is told by `now()` in that zone.
 *
 * @throws EffectArgumentError `HS_ASK_VALIDATOR` for a format or date that there is not, `HS_TIME_ZONE` for a zone that there is not.
 */
export function date<const F extends DateFormat>(format: F, options: DateOptions): Validator<DateOf<F>> {
  if (!DATE_FORMATS.includes(format)) {
    const fix = `${typeof format === 'string' ? didYouMean(format, DATE_FORMATS) : ''}There are: ${DATE_FORMATS.join(', ')}.`;
    throw argumentError('HS_ASK_VALIDATOR', 'date', 'format', { says: 'must be a known one', came: describeWord(format), fix });
  }
  checkOptions('date', options, CHECKS);
  const { range = 'any', reasons = {} } = options;
  const timeZone = zoneOf('date', options.timeZone);
  const [from, to] = [boundOf('from', format, options.from), boundOf('to', format, options.to)];
  if (from !== null && to !== null && compareDates(from, to) > 0) {
    throw argumentError('HS_ASK_VALIDATOR', 'date', 'to', {
      says: 'must not be before from',
      came: 'an earlier date',
      fix: 'Change them over.',
    });
  }
  const limits = (now: Date): DateLimits => {
    const today = inFormat(format, localDate(now, timeZone));
    return { range, today, first: later(from, range === 'future' ? today : null), last: earlier(to, range === 'past' ? today : null) };
  };
  const check = (entry: string, now: Date): LocalDate | YearMonth | Invalid => {
    const within = limits(now);
    const { first, last } = within;
    const read = readDate(format, entry, within);
    if (read === null) return refuse('notADate', reasons);
    if (first !== null && compareDates(read, first) < 0) return refuse('dateTooEarly', reasons);
    if (last !== null && compareDates(read, last) > 0) return refuse('dateTooLate', reasons);
    return hasDay(format) ? read : { year: read.year, month: read.month };
  };
  return makeValidator({
    name: 'date',
    minDigits: format.length,
    maxDigits: format.length,
    usesNow: true,
    reasons,
    check: check as Validator<DateOf<F>>['check'],
    examples: (now) => examplesOf(format, limits(now)).filter(({ entry, valid }) => isInvalid(check(entry, now)) !== valid),
  });
}

function examplesOf(format: DateFormat, { today, first, last }: DateLimits): readonly EntryExample[] {
  const good = earlier(later(today, first) as LocalDate, last) as LocalDate;
  const examples: EntryExample[] = [
    { label: 'valid', entry: writeDate(format, good), valid: true },
    { label: 'no date', entry: writeDate(format, { ...today, month: 13, day: 32 }), valid: false },
  ];
  if (first !== null) examples.push({ label: 'too early', entry: writeDate(format, addDays(first, -1)), valid: false });
  if (last !== null) {
    const next = addDays(last, hasDay(format) ? 1 : daysIn(last));
    examples.push({ label: 'too late', entry: writeDate(format, next), valid: false });
  }
  return examples;
}

/** A day as entries of the format can name it: the first of its month where they have no day. */
function inFormat(format: DateFormat, day: LocalDate): LocalDate {
  return hasDay(format) ? day : { ...day, day: 1 };
}

function boundOf(argument: 'from' | 'to', format: DateFormat, written: unknown): LocalDate | null {
  if (written === undefined || written === null) return null;
  const bound = typeof written === 'string' ? parseIsoDate(hasDay(format) ? written : `${written}-01`) : null;
  if (bound !== null) return bound;
  throw argumentError('HS_ASK_VALIDATOR', 'date', argument, {
    says: 'must be a date that there is',
    came: typeof written === 'string' ? JSON.stringify(written.slice(0, 20)) : typeof written,
    fix: hasDay(format) ? 'Write it like 2026-03-05.' : 'Write it like 2026-03.',
  });
}

function later(a: LocalDate | null, b: LocalDate | null): LocalDate | null {
  return a !== null && b !== null ? (compareDates(a, b) > 0 ? a : b) : (a ?? b);
}

function earlier(a: LocalDate | null, b: LocalDate | null): LocalDate | null {
  return a !== null && b !== null ? (compareDates(a, b) < 0 ? a : b) : (a ?? b);
}
