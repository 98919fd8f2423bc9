import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, isoDate, type LocalDate, parseIsoDate } from '../../calendar/dates.ts';
import { DATE_FORMATS, type DateFormat, hasDay, writeDate } from './date-format.ts';
import { date, type DateOptions } from './date.ts';
import { isInvalid } from './invalid.ts';

const NOW = new Date('2026-03-05T22:30:00Z');
const dayOf = (time: Date): LocalDate => parseIsoDate(time.toISOString().slice(0, 10)) as LocalDate;
const read = (format: DateFormat, entry: string, options: Partial<DateOptions> = {}, now = NOW): string => {
  const value = date(format, { timeZone: 'UTC', ...options }).check(entry, now);
  if (isInvalid(value)) return String(value.reason);
  return 'day' in value ? isoDate(value) : `${value.year}-${value.month}`;
};

/** Whether a date, read from an entry, is one that the options allow: by comparing texts. */
const check =
  (format: DateFormat, { range, from, to }: Partial<DateOptions>, now: Date) =>
  (value: string) => {
    const size = hasDay(format) ? 10 : 7;
    const [year, month = '', day] = value.split('-');
    const text = [year, month.padStart(2, '0'), day].filter((part) => part !== undefined).join('-');
    const today = now.toISOString().slice(0, size);
    if (range === 'past') return text <= today;
    if (range === 'future') return text >= today;
    return (from === undefined || text >= from) && (to === undefined || text <= to);
  };

describe('a date', () => {
  it.each<[DateFormat, string, string]>([
    ['DDMMYYYY', '05032026', '2026-03-05'],
    ['MMDDYYYY', '03052026', '2026-03-05'],
    ['YYYYMMDD', '20260305', '2026-03-05'],
    ['DDMMYY', '050326', '2026-03-05'],
    ['YYMMDD', '240229', '2024-02-29'],
    ['DDMM', '0503', '2026-03-05'],
    ['MMYYYY', '032026', '2026-3'],
    ['YYMM', '2603', '2026-3'],
    ['DDMMYYYY', '29022026', 'There is no such date.'],
    ['DDMMYYYY', '31042026', 'There is no such date.'],
    ['DDMM', '3002', 'There is no such date.'],
    ['MMYY', '1326', 'There is no such date.'],
    ['MMYY', '0026', 'There is no such date.'],
  ])('is read as %s: %s', (format, entry, expected) => {
    expect(read(format, entry)).toBe(expected);
  });

  it.each<[string, DateFormat, string, Partial<DateOptions>, string]>([
    ['the nearest, where there is no year', 'DDMM', '0101', {}, '2026-01-01'],
    ['the nearest, over the end of the year', 'DDMM', '3112', {}, '2025-12-31'],
    ['the next, for the future', 'DDMM', '0403', { range: 'future' }, '2027-03-04'],
    ['today, for the future', 'DDMM', '0503', { range: 'future' }, '2026-03-05'],
    ['the next that there is, for the future', 'DDMM', '2902', { range: 'future' }, '2028-02-29'],
    ['the last, for the past', 'DDMM', '0603', { range: 'past' }, '2025-03-06'],
    ['of this century or the last, for the past', 'DDMMYY', '010127', { range: 'past' }, '1927-01-01'],
    ['within fifty years, for any', 'DDMMYY', '010160', {}, '2060-01-01'],
    ['never of the next century, for an expired card', 'MMYY', '0225', { range: 'future' }, 'That date is too early.'],
    ['this month, for a card that expires now', 'MMYY', '0326', { range: 'future' }, '2026-3'],
  ])('has the year that is meant: %s', (_what, format, entry, options, expected) => {
    expect(read(format, entry, options)).toBe(expected);
  });

  it.each<[string, DateFormat, string, Partial<DateOptions>, string]>([
    ['too late for the past', 'DDMMYYYY', '06032026', { range: 'past' }, 'That date is too late.'],
    ['too early for the future', 'DDMMYYYY', '04032026', { range: 'future' }, 'That date is too early.'],
    ['before the first', 'DDMMYYYY', '31121899', { from: '1900-01-01' }, 'That date is too early.'],
    ['after the last', 'DDMMYYYY', '01042026', { to: '2026-03-31' }, 'That date is too late.'],
    ['after the last month', 'MMYY', '0430', { to: '2030-03' }, 'That date is too late.'],
  ])('is refused: %s', (_what, format, entry, options, expected) => {
    expect(read(format, entry, options)).toBe(expected);
  });

  it.each<[string, DateFormat, string, Partial<DateOptions>, string]>([
    ['2026-11-29', 'DDMMYY', '311226', { range: 'past' }, '1926-12-31'],
    ['2026-11-29', 'DDMMYY', '301126', { range: 'past' }, '1926-11-30'],
    ['2026-11-29', 'DDMMYY', '291126', { range: 'past' }, '2026-11-29'],
    ['2026-06-01', 'DDMM', '1501', { from: '2027-01-10', to: '2027-01-20' }, '2027-01-15'],
    ['2026-06-01', 'DDMM', '2101', { from: '2027-01-10', to: '2027-01-20' }, 'That date is too late.'],
    ['2026-06-01', 'DDMM', '0901', { from: '2027-01-10', to: '2027-01-20' }, 'That date is too early.'],
    ['2026-06-01', 'DDMM', '0201', { from: '2026-12-20', to: '2027-01-06' }, '2027-01-02'],
    ['2026-06-01', 'DDMM', '2412', { from: '2026-12-20', to: '2027-01-06' }, '2026-12-24'],
    ['2026-12-31', 'DDMM', '0101', { range: 'future' }, '2027-01-01'],
    ['2027-01-01', 'DDMM', '3112', { range: 'past' }, '2026-12-31'],
    ['2026-06-01', 'DDMM', '2902', { from: '2047-01-01', to: '2049-12-31' }, '2048-02-29'],
    ['2026-06-01', 'DDMM', '2902', { from: '2026-06-01', to: '2026-12-31' }, 'That date is too late.'],
    ['2096-03-01', 'DDMM', '2902', { range: 'future' }, '2104-02-29'],
    ['2026-06-01', 'DDMMYY', '010145', { from: '1900-01-01', to: '2008-12-31' }, '1945-01-01'],
    ['2026-06-01', 'DDMMYY', '010105', { from: '1900-01-01', to: '2008-12-31' }, '2005-01-01'],
    ['2026-06-01', 'DDMMYY', '010109', { from: '1900-01-01', to: '2008-12-31' }, '1909-01-01'],
    ['2026-06-01', 'DDMMYY', '290200', { from: '1850-01-01', to: '1950-12-31' }, 'That date is too late.'],
    ['2026-06-01', 'DDMMYY', '010145', { from: '2010-01-01', to: '2020-12-31' }, 'That date is too late.'],
    ['2026-06-01', 'DDMMYY', '010195', { from: '2000-01-01', range: 'past' }, 'That date is too early.'],
    ['2026-06-01', 'DDMMYY', '010130', { from: '2120-01-01', to: '2139-12-31' }, '2130-01-01'],
    ['2099-12-31', 'MMYY', '0100', { range: 'future' }, '2100-1'],
    ['2026-06-01', 'MMYY', '0627', { from: '2027-01', to: '2027-12' }, '2027-6'],
    ['2026-06-01', 'YYMM', '2606', { range: 'past' }, '2026-6'],
    ['2026-06-01', 'YYMM', '2607', { range: 'past' }, '1926-7'],
  ])('has the year that its limits allow: on %s %s %s %j', (today, format, entry, options, expected) => {
    expect(read(format, entry, options, new Date(`${today}T12:00:00Z`))).toBe(expected);
  });

  it('is a date that the limits allow, wherever there is one, for every format, range and today', () => {
    const days = fc.date({ min: new Date('1970-01-01'), max: new Date('2101-01-01'), noInvalidDate: true });
    const ranges = fc.constantFrom('past', 'future', 'any', 'from and to');
    const lengths = fc.integer({ min: 0, max: 36_000 });
    fc.assert(
      fc.property(fc.constantFrom(...DATE_FORMATS), ranges, days, days, lengths, lengths, (format, range, now, start, length, at) => {
        const first = dayOf(start);
        const last = addDays(first, length);
        const written = (day: LocalDate): string => isoDate(day).slice(0, hasDay(format) ? 10 : 7);
        const options: Partial<DateOptions> = range === 'from and to' ? { from: written(first), to: written(last) } : { range };
        const today = dayOf(now);
        const meant = {
          past: addDays(today, -at),
          future: addDays(today, Math.min(at, 28_000)),
          any: addDays(today, at - 18_000),
          'from and to': addDays(first, length === 0 ? 0 : at % length),
        }[range];
        const value = read(format, writeDate(format, meant), options, now);
        expect(value).toMatch(/^\d{4}-/);
        const allowed = check(format, options, now)(value);
        expect([value, allowed]).toEqual([value, true]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is told by the day that it is in its time zone', () => {
    expect(read('DDMMYYYY', '05032026', { range: 'future', timeZone: 'Asia/Singapore' })).toBe('That date is too early.');
    expect(read('DDMMYYYY', '06032026', { range: 'past', timeZone: 'Asia/Singapore' })).toBe('2026-03-06');
  });

  it('is read as it is written, for every day of every format with a full year', () => {
    const formats = fc.constantFrom(...DATE_FORMATS.filter((format) => format.includes('YYYY') && hasDay(format)));
    const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(formats, days, (format, day) => {
        const iso = day.toISOString().slice(0, 10);
        expect(read(format, writeDate(format, parseIsoDate(iso) as LocalDate))).toBe(iso);
      }),
    );
  });
});

describe('the examples of a date', () => {
  const zones = fc.constantFrom('UTC', 'Asia/Singapore', 'America/New_York');
  const options = fc.record({ timeZone: zones, range: fc.constantFrom('past', 'future', 'any') } as const);
  const moments = fc.date({ min: new Date('1999-01-01'), max: new Date('2101-01-01'), noInvalidDate: true });

  it('pass or fail as they say at every time, and one passes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...DATE_FORMATS), options, moments, (format, given, at) => {
        const validator = date(format, given);
        const examples = validator.examples(at);
        for (const { entry, valid } of examples) {
          expect(entry).toHaveLength(validator.minDigits);
          expect(isInvalid(validator.check(entry, at))).toBe(!valid);
        }
        expect(examples.filter(({ valid }) => valid)).toHaveLength(1);
      }),
    );
  });

  it('show both bounds', () => {
    const labels = date('DDMMYYYY', { timeZone: 'UTC', from: '2026-01-01', to: '2026-12-31' }).examples(NOW);
    expect(labels.map(({ label, entry }) => `${label}: ${entry}`)).toEqual([
      'valid: 05032026',
      'no date: 32132026',
      'too early: 31122025',
      'too late: 01012027',
    ]);
  });
});

describe('a date that can not be asked for', () => {
  const loose = date as unknown as (format: unknown, options: unknown) => unknown;

  it.each<[string, unknown, unknown, string, RegExp]>([
    ['a format that there is not', 'DDMMYYY', { timeZone: 'UTC' }, 'HS_ASK_VALIDATOR', /Did you mean "DDMMYYYY"/],
    ['no zone', 'DDMM', {}, 'HS_TIME_ZONE', /none is taken for granted/],
    ['no options', 'DDMM', undefined, 'HS_EFFECT_ARGUMENT', /options/],
    ['an unknown range', 'DDMM', { timeZone: 'UTC', range: 'futur' }, 'HS_ASK_VALIDATOR', /Did you mean "future"/],
    ['a bound that there is not', 'DDMM', { timeZone: 'UTC', from: '2026-02-30' }, 'HS_ASK_VALIDATOR', /date: from/],
    ['a bound of another kind', 'MMYY', { timeZone: 'UTC', to: '2026-02-28' }, 'HS_ASK_VALIDATOR', /like 2026-03\./],
    [
      'bounds the wrong way',
      'DDMM',
      { timeZone: 'UTC', from: '2026-03-02', to: '2026-03-01' },
      'HS_ASK_VALIDATOR',
      /to must not be before from/,
    ],
    ['an unknown option', 'DDMM', { timezone: 'UTC' }, 'HS_EFFECT_OPTION_UNKNOWN', /Did you mean "timeZone"/],
  ])('is refused: %s', (_what, format, options, code, message) => {
    expect(() => loose(format, options)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) as string }) as Error,
    );
  });
});
