import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Json, mutatedSample, sample, SAMPLE_NAMES, sampleWith } from '../payloads/samples.test-support.ts';
import { maskLogged, maskWebhook } from './redact.ts';

const ALL = { digits: 'mask', numbers: 'mask' } as const;
const digitText = (min: number, max: number) => fc.stringMatching(new RegExp(`^[1-9][0-9]{${min - 1},${max - 1}}$`));

/** A webhook with nothing in it that has digits of its own, and `digits` in one of the places where a platform may put them. */
const PLACES: readonly ((digits: string) => Json)[] = [
  (digits) => ({ eventData: { dtmf: digits } }),
  (digits) => ({ eventData: digits }),
  (digits) => ({ eventData: JSON.stringify({ dtmf: digits }) }),
  (digits) => ({ EVENT_DATA: { Dtmf: [...digits] } }),
  (digits) => ({ eventData: { dtmf: Number(digits) } }),
  (digits) => ({ dtmf: `${digits}#` }),
  (digits) => ({ description: `DTMF ${digits} received` }),
  (digits) => ({ extra: { deep: [{ text: `pressed ${digits}` }] } }),
  (digits) => ({ payload: JSON.stringify({ eventData: { dtmf: digits } }) }),
  (digits) => ({ [`pressed-${digits}`]: true }),
  (digits) => ({ description: `keys ${[...digits].join(', ')}` }),
];

/** Every run of three of `digits`. */
const runsOf = (digits: string): string[] => Array.from({ length: digits.length - 2 }, (_, at) => digits.slice(at, at + 3));

describe('digits', () => {
  it('leave no run of three behind, wherever they stand', () => {
    fc.assert(
      fc.property(digitText(3, 25), fc.constantFrom(...PLACES), (digits, place) => {
        const masked = JSON.stringify(maskWebhook(place(digits), ALL)).replace(/[^0-9•]/g, '');
        expect(runsOf(digits).filter((run) => masked.includes(run))).toEqual([]);
      }),
    );
  });

  it('make no difference to a masked webhook but by their number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 25 }).chain((length) => fc.tuple(digitText(length, length), digitText(length, length))),
        ([one, other]) => {
          const [first, second] = [one, other].map((dtmf) => maskWebhook(sampleWith('vca-action-completed', { eventData: { dtmf } }), ALL));
          expect(first).toEqual(second);
        },
      ),
    );
  });

  it('are masked in logs under their keys in any case', () => {
    fc.assert(
      fc.property(digitText(3, 25), fc.constantFrom('dtmf', 'DTMF', 'eventData', 'event_data', 'digits'), (digits, key) => {
        expect(JSON.stringify(maskLogged({ [key]: { value: digits } }, 'mask'))).not.toContain(digits.slice(0, 3));
      }),
    );
  });
});

/** Ways to write a number, each in a place of its own. */
const WRITINGS: readonly ((number: string) => Json)[] = [
  (number) => ({ source: `+${number}` }),
  (number) => ({ destination: number }),
  (number) => ({ Source: Number(number) }),
  (number) => ({ note: `+${number}` }),
  (number) => ({ note: `call ${number.slice(0, 2)} ${number.slice(2, 6)}-${number.slice(6)} now` }),
  (number) => ({ uri: `sip:${number}@host.example` }),
  (number) => ({ uri: `tel:00${number}` }),
  (number) => ({ list: [[number]] }),
  (number) => ({ [number]: 1 }),
  (number) => ({ payload: JSON.stringify({ from: `+${number}` }) }),
  (number) => ({ sessionId: `+${number}` }),
];

describe('numbers', () => {
  it('never survive as a whole, however they are written', () => {
    fc.assert(
      fc.property(digitText(8, 15), fc.constantFrom(...WRITINGS), (number, write) => {
        const bare = JSON.stringify(maskWebhook(write(number), { digits: 'keep', numbers: 'mask' })).replace(/[^0-9]/g, '');
        expect(bare).not.toContain(number.slice(1, -1));
      }),
    );
  });

  it('of every published sample are gone', () => {
    for (const name of SAMPLE_NAMES) expect(JSON.stringify(maskWebhook(sample(name), ALL))).not.toMatch(/\+\d{3}/);
  });
});

describe('a mask', () => {
  it('never throws, and its copy can always be written', () => {
    const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true });
    fc.assert(
      fc.property(fc.oneof(mutatedSample, anything), (value) => {
        expect(() => JSON.stringify(maskWebhook(value, ALL))).not.toThrow();
      }),
      { numRuns: 1_000 },
    );
  });

  it('never changes what it masks', () => {
    fc.assert(
      fc.property(mutatedSample, (value) => {
        const before = structuredClone(value);
        maskWebhook(value, ALL);
        expect(value).toEqual(before);
      }),
    );
  });
});
