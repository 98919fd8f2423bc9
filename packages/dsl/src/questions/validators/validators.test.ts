import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHookswitchError } from '../../errors/index.ts';
import { Entry } from '../ask/entry.ts';
import { amount } from './amount.ts';
import { card } from './card.ts';
import { custom } from './custom.ts';
import { digits } from './digits.ts';
import { invalid, isInvalid } from './invalid.ts';
import { passesLuhn, withCheckDigit } from './luhn.ts';
import { numberRange } from './number-range.ts';
import { phoneNumber } from './phone-number.ts';
import { pin } from './pin.ts';
import type { Validator } from './validator.ts';

const NOW = new Date('2026-03-05T09:30:00Z');
/** What a question with this validator makes of an entry: its value, or what is wrong. */
const read = (validator: Validator<unknown>, entry: string): unknown => {
  const reading = new Entry(validator, new Map()).read(entry, NOW);
  return reading.ok ? reading.value : reading.event === 'invalid' ? String(reading.reason) : reading.event;
};

describe('digits', () => {
  it.each([
    [digits(4), '0123', '0123'],
    [digits(4), '123', 'tooShort'],
    [digits(4), '12345', 'tooLong'],
    [digits(2, 4), '123', '123'],
    [digits(2, 4), '1*3', 'Please use the number keys only.'],
    [digits(2, 4), '', 'tooShort'],
    [pin(4, 6), '12345', '12345'],
  ])('are taken as keyed in, of a length (%#)', (validator, entry, expected) => {
    expect(read(validator, entry)).toBe(expected);
  });
});

describe('a number range', () => {
  it.each([
    ['1', 1],
    ['012', 12],
    ['0012', 12],
    ['0000000000000000000000007', 7],
    ['013', 'The highest number is 12.'],
    ['000', 'The lowest number is 1.'],
    ['0123', 'tooLong'],
    ['123', 'tooLong'],
    ['05', 5],
    ['12', 12],
    ['0', 'The lowest number is 1.'],
    ['13', 'The highest number is 12.'],
  ])('of 1 to 12 makes of %s: %s', (entry, expected) => {
    expect(read(numberRange(1, 12), entry)).toBe(expected);
  });

  it('says its bounds in other words', () => {
    const reasons = { numberTooHigh: { en: 'At most {max}.', de: 'Höchstens {max}.' } };
    expect(numberRange(1, 12, { reasons }).check('99', NOW)).toMatchObject({ reason: { en: 'At most 12.', de: 'Höchstens 12.' } });
  });
});

describe('an amount', () => {
  it.each<[string, unknown]>([
    ['12', 1200],
    ['12*', 1200],
    ['12*5', 1250],
    ['12*50', 1250],
    ['*50', 50],
    ['*5', 50],
    ['0*01', 1],
    ['500', 50_000],
    ['*', 'That is not an amount.'],
    ['1**5', 'That is not an amount.'],
    ['1*505', 'That is not an amount.'],
    ['00012*5', 1250],
    ['000', 'That amount is too low.'],
    ['000500*00', 50_000],
    ['0', 'That amount is too low.'],
    ['500*01', 'That amount is too high.'],
  ])('of at most 500.00 makes of %s: %s', (entry, expected) => {
    expect(read(amount({ max: 50_000 }), entry)).toBe(expected);
  });

  it.each<[number, string, unknown]>([
    [0, '120', 120],
    [0, '1*5', 'Please use the number keys only.'],
    [3, '1*5', 1_500],
  ])('of a currency with %i decimals makes of %s: %s', (decimals, entry, expected) => {
    expect(read(amount({ max: 99_999, decimals }), entry)).toBe(expected);
  });

  it('is the same number, for every amount however it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), (minor) => {
        const [whole, cents] = [String(Math.floor(minor / 100)), String(minor % 100).padStart(2, '0')];
        expect(read(amount({ max: 9_999_999 }), `${whole}*${cents}`)).toBe(minor);
      }),
    );
  });
});

describe('a card number', () => {
  it.each([
    ['4111111111111111', '4111111111111111'],
    ['4111111111111112', 'That is not a card number.'],
    ['378282246310005', '378282246310005'],
    ['411111111111', 'That is not a card number.'],
    ['500000000009', '500000000009'],
    ['50000000009', 'tooShort'],
    ['6304000000000000000', '6304000000000000000'],
  ])('is checked by its last digit: %s', (entry, expected) => {
    expect(read(card(), entry)).toBe(expected);
  });

  it('has one of the lengths that are taken', () => {
    expect(read(card({ lengths: [15, 19] }), '4111111111111111')).toBe('That is not a card number.');
  });

  it('passes with its check digit and with no other, for every number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,24}$/), fc.integer({ min: 1, max: 9 }), (number, off) => {
        const good = withCheckDigit(number);
        expect(passesLuhn(good)).toBe(true);
        expect(passesLuhn(`${number}${(Number(good.at(-1)) + off) % 10}`)).toBe(false);
      }),
    );
  });
});

describe('a phone number', () => {
  const german = phoneNumber({ countryCode: '49' });
  const singapore = phoneNumber({ countryCode: '65', nationalLength: 8, trunkPrefix: '' });

  it.each<[string, Validator<string>, string, unknown]>([
    ['national, with its trunk prefix', german, '03012345678', '+493012345678'],
    ['national, without', german, '3012345678', '+493012345678'],
    ['international', german, '00442079460000', '+442079460000'],
    ['international, with a zero in front', german, '000123456789', 'That is not a complete phone number.'],
    ['national, of a fixed length', singapore, '31589338', '+6531589338'],
    ['national, of another length', singapore, '315893388', 'That is not a complete phone number.'],
    ['international where nothing else is taken', phoneNumber(), '6531589338', '+6531589338'],
    ['international with 00 where nothing else is taken', phoneNumber(), '006531589338', '+6531589338'],
    ['national where it can not be known', phoneNumber(), '031589338', 'That is not a complete phone number.'],
  ])('is given back as E.164: %s', (_what, validator, entry, expected) => {
    expect(read(validator, entry)).toBe(expected);
  });
});

describe('a validator of your own', () => {
  it('gives a value or a reason', () => {
    const even = custom((entry) => (Number(entry) % 2 === 0 ? Number(entry) / 2 : invalid('Odd.')), { maxDigits: 3 });
    expect([read(even, '8'), read(even, '7'), read(even, '1234')]).toEqual([4, 'Odd.', 'tooLong']);
  });

  it('may take *', () => {
    expect(
      read(
        custom((entry) => entry, { star: true }),
        '1*2',
      ),
    ).toBe('1*2');
  });

  it('may give null, which is a value', () => {
    expect(
      read(
        custom(() => null),
        '1',
      ),
    ).toBeNull();
  });
});

describe('the examples of a validator', () => {
  it.each<[string, Validator<unknown>]>([
    ['digits', digits(8)],
    ['digits of several lengths', digits(4, 25)],
    ['pin', pin(4)],
    ['number range', numberRange(1, 12)],
    ['number range from zero', numberRange(0, 9)],
    ['number range of one', numberRange(7, 7)],
    ['amount', amount({ max: 50_000 })],
    ['amount without decimals', amount({ max: 999, decimals: 0, min: 0 })],
    ['small amount', amount({ max: 7 })],
    ['card', card()],
    ['card of other lengths', card({ lengths: [15] })],
    ['phone number', phoneNumber()],
    ['national phone number', phoneNumber({ countryCode: '65', nationalLength: 8, trunkPrefix: '' })],
    ['national phone number with a trunk prefix', phoneNumber({ countryCode: '49' })],
  ])('pass or fail as they say, and one passes: %s', (_name, validator) => {
    const examples = validator.examples(NOW);
    for (const { entry, valid } of examples) {
      expect(entry.length).toBeGreaterThanOrEqual(validator.minDigits);
      expect(entry.length).toBeLessThanOrEqual(validator.maxDigits);
      expect(isInvalid(validator.check(entry, NOW))).toBe(!valid);
    }
    expect(examples.some(({ valid }) => valid)).toBe(true);
    expect(new Set(examples.map(({ label }) => label)).size).toBe(examples.length);
  });
});

describe('a validator that can never work', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['no digits', () => digits(0), /digits: min must be a whole number from 1 to 25; got 0/],
    ['26 digits', () => digits(4, 26), /from 4 to 25/],
    ['bounds the wrong way', () => numberRange(5, 1), /numberRange: max/],
    ['a negative number', () => numberRange(-1, 1), /numberRange: min/],
    ['an amount without a most', () => amount({} as { max: number }), /amount: max/],
    ['no lengths of a card', () => card({ lengths: [] }), /list of lengths/],
    ['a length that is none', () => card({ lengths: [1] }), /from 2 to 25/],
    ['a country code with +', () => phoneNumber({ countryCode: '+65' }), /without \+/],
    ['numbers longer than E.164', () => phoneNumber({ countryCode: '65', nationalLength: 14 }), /7 to 15 digits/],
    ['a check that is none', () => custom('x' as never), /must be a function/],
    ['an example that does not pass', () => custom(() => invalid(), { examples: { pass: ['1'] } }), /examples\.pass .* is refused/],
    ['an example that passes', () => custom(() => 1, { examples: { fail: ['1'] } }), /examples\.fail .* is taken/],
    ['an example of another length', () => custom(() => 1, { minDigits: 2, examples: { pass: ['1'] } }), /wrong keys or length/],
  ])('is refused: %s', (_what, make, message) => {
    expect(make).toThrow(expect.objectContaining({ code: 'HS_ASK_VALIDATOR', message: expect.stringMatching(message) as string }) as Error);
  });

  it.each<[string, () => unknown]>([
    ['digits', () => digits(1, 2, { reason: {} } as never)],
    ['amount', () => amount({ max: 1, mim: 1 } as never)],
    ['phoneNumber', () => phoneNumber({ country: '65' } as never)],
    ['card', () => card({ length: 16 } as never)],
    ['custom', () => custom(() => 1, { exmaples: {} } as never)],
    ['unknown reasons', () => digits(1, 2, { reasons: { toShort: 'Short.' } as never })],
  ])('names unknown options, with the near miss: %s', (_what, make) => {
    expect(make).toThrow(
      expect.objectContaining({ code: 'HS_EFFECT_OPTION_UNKNOWN', message: expect.stringMatching(/Did you mean/) as string }) as Error,
    );
  });

  it('has reasons that can be spoken', () => {
    const make = () => invalid('');
    expect(make).toThrow(expect.toSatisfy(isHookswitchError) as Error);
  });
});
