import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInvalid } from './invalid.ts';
import { phoneNumber, type PhoneNumberOptions } from './phone-number.ts';

const NOW = new Date(0);
const NOT = 'That is not a complete phone number.';
const read = (options: PhoneNumberOptions, entry: string): string => {
  const value = phoneNumber(options).check(entry, NOW);
  return isInvalid(value) ? String(value.reason) : value;
};

const RUSSIA = { countryCode: '7', nationalLength: 10, trunkPrefix: '8' };
const AMERICA = { countryCode: '1', trunkPrefix: '1' };
const SINGAPORE = { countryCode: '65', nationalLength: 8, trunkPrefix: '' };
const GERMANY = { countryCode: '49' };
const BELARUS = { countryCode: '375', nationalLength: 9, trunkPrefix: '8' };
const HUNGARY = { countryCode: '36', nationalLength: [8, 9], trunkPrefix: '06' } as const;
const ITALY = { countryCode: '39', nationalLength: [6, 11], trunkPrefix: '' } as const;

describe('a phone number', () => {
  it.each<[string, PhoneNumberOptions, string, string]>([
    ['whose area code begins with the prefix', RUSSIA, '8125550123', '+78125550123'],
    ['the same, with the prefix', RUSSIA, '88125550123', '+78125550123'],
    ['the same, where the length is known by the code', { countryCode: '7', trunkPrefix: '8' }, '8125550123', '+78125550123'],
    ['the same, with the prefix, by the code', { countryCode: '7', trunkPrefix: '8' }, '88125550123', '+78125550123'],
    ['of another area', RUSSIA, '4955550123', '+74955550123'],
    ['too short', RUSSIA, '812555012', NOT],
    ['too long', RUSSIA, '881255501234', NOT],
    ['of the own country, with 00', RUSSIA, '0078125550123', '+78125550123'],
    ['of the own country, with 00 and too short', RUSSIA, '007812555012', NOT],
    ['of North America, with 1', AMERICA, '12125550123', '+12125550123'],
    ['of North America, without', AMERICA, '2125550123', '+12125550123'],
    ['of no area of North America', AMERICA, '1125550123', NOT],
    ['of North America, too short', AMERICA, '212555012', NOT],
    ['of North America, with 00', AMERICA, '0012125550123', '+12125550123'],
    ['of North America, with the default prefix', { countryCode: '1' }, '2125550123', '+12125550123'],
    ['of the own country, with 00 and a wrong length', SINGAPORE, '0065612345', NOT],
    ['of the own country, with 00', SINGAPORE, '006531589338', '+6531589338'],
    ['of another country that begins alike', SINGAPORE, '006612345678', '+6612345678'],
    ['with 00, the code and the prefix', GERMANY, '00490301234567', '+49301234567'],
    ['with the prefix twice', GERMANY, '00301234567', '+301234567'],
    ['of which nothing but a prefix is left', GERMANY, '0', NOT],
    ['with a 0 that is no prefix', { countryCode: '49', nationalLength: 10 }, '0301234567', NOT],
    ['with a prefix of two digits', HUNGARY, '0612345678', '+3612345678'],
    ['with half of that prefix', HUNGARY, '012345678', NOT],
    ['with a 0 of its own', ITALY, '0612345678', '+390612345678'],
    ['with a 0 of its own, from abroad', ITALY, '00390612345678', '+390612345678'],
    ['with the prefix of Belarus', BELARUS, '8291234567', '+375291234567'],
    ['of Belarus without', BELARUS, '291234567', '+375291234567'],
  ])('is given back as E.164: %s', (_what, options, entry, expected) => {
    expect(read(options, entry)).toBe(expected);
  });

  it.each<[string, PhoneNumberOptions, RegExp]>([
    [
      'a prefix that numbers may begin with, and no length',
      { countryCode: '375', trunkPrefix: '8' },
      /nationalLength must be given with the trunk prefix '8'/,
    ],
    ['a length without a country', { nationalLength: 8 }, /nationalLength needs countryCode/],
    ['a prefix without a country', { trunkPrefix: '8' }, /trunkPrefix needs countryCode/],
    ['too long a prefix', { countryCode: '49', trunkPrefix: '123' }, /must be digits as they are dialled/],
    ['the prefix of foreign numbers', { countryCode: '49', trunkPrefix: '00' }, /00 is what is dialled before a foreign number/],
    ['lengths the wrong way', { countryCode: '49', nationalLength: [9, 8] }, /from 9 to 25/],
  ])('can not be asked for with %s', (_what, options, message) => {
    const made = () => phoneNumber(options);
    expect(made).toThrow(expect.objectContaining({ code: 'HS_ASK_VALIDATOR', message: expect.stringMatching(message) as string }) as Error);
  });
});

/** Countries as they may be described: code, lengths that E.164 allows, prefix. */
const described = fc
  .record({
    code: fc.stringMatching(/^[1-9]\d{0,2}$/),
    trunk: fc.stringMatching(/^\d{0,2}$/).filter((trunk) => trunk !== '00'),
    least: fc.nat(),
    more: fc.nat({ max: 6 }),
    given: fc.boolean(),
  })
  .map(({ code, trunk, least, more, given }): PhoneNumberOptions => {
    const min = 7 - code.length + (least % 9);
    const nationalLength = [min, Math.min(min + more, 15 - code.length)] as const;
    return { countryCode: code, trunkPrefix: trunk, ...(given || /^[1-9]/.test(trunk) ? { nationalLength } : {}) };
  });

describe('every phone number that is taken', () => {
  const entries = fc.oneof(fc.stringMatching(/^\d{1,20}$/), fc.stringMatching(/^00\d{5,16}$/));

  it('is E.164, and its national part obeys the length and the prefix of its country', () => {
    fc.assert(
      fc.property(described, entries, fc.boolean(), (options, digits, own) => {
        const { countryCode = '', trunkPrefix = '', nationalLength } = options;
        const number = read(options, own ? `00${countryCode}${digits}` : digits);
        if (number === NOT) return;
        expect(number).toMatch(/^\+[1-9]\d{6,14}$/);
        if (!number.startsWith(`+${countryCode}`)) return;
        const national = number.slice(1 + countryCode.length);
        const [min, max] = (nationalLength ?? [1, 14]) as readonly [number, number];
        expect(national.length).toBeGreaterThanOrEqual(min);
        expect(national.length).toBeLessThanOrEqual(max);
        if (trunkPrefix !== '') expect(national).not.toMatch(/^0/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('comes out the same however it is dialled: with the prefix, without it, from abroad', () => {
    fc.assert(
      fc.property(described, fc.stringMatching(/^[3-9]\d{15}$/), (options, digits) => {
        const { countryCode = '', trunkPrefix = '', nationalLength } = options;
        const [min] = (nationalLength ?? [0]) as readonly number[];
        const known = countryCode === '1' || countryCode === '7';
        const national = digits.slice(0, nationalLength === undefined ? (known ? 10 : 13 - countryCode.length) : min);
        if (trunkPrefix !== '' && national.startsWith(trunkPrefix)) return;
        const dialled = [`${trunkPrefix}${national}`, national, `00${countryCode}${national}`].map((entry) => read(options, entry));
        expect(dialled).toEqual(Array(3).fill(`+${countryCode}${national}`));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is an example of its own, for every country that can be described', () => {
    fc.assert(
      fc.property(described, (options) => {
        const validator = phoneNumber(options);
        for (const { entry, valid } of validator.examples(NOW)) {
          expect([entry, isInvalid(validator.check(entry, NOW))]).toEqual([entry, !valid]);
          expect(entry.length).toBeGreaterThanOrEqual(validator.minDigits);
          expect(entry.length).toBeLessThanOrEqual(validator.maxDigits);
        }
      }),
      { numRuns: 1_000, examples: [[{ countryCode: '441', trunkPrefix: '', nationalLength: [4, 4] }]] },
    );
  });
});
