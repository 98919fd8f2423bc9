import { describe, expect, it } from 'vitest';
import { readFields, readNumber, readParties } from './values.ts';

describe('numbers', () => {
  it.each(['+6591234567', '6591234567', 'sip:alice@example.com', '1234', 'alice'])('%s is kept as it came', (number) => {
    expect(readNumber(` ${number} `)).toBe(number);
  });

  it('a number that came as one is written out', () => {
    expect(readNumber(6591234567)).toBe('6591234567');
  });

  it.each([
    ...[
      undefined,
      null,
      '',
      ' ',
      '+',
      'anonymous',
      'Anonymous',
      'ANONYMOUS',
      'Withheld',
      'Private Number',
      'unavailable',
      'unknown',
      'No Caller ID',
    ],
    ...[
      'null',
      'sip:anonymous@anonymous.invalid',
      '"Anonymous" <sip:anonymous@anonymous.invalid>',
      'tel:',
      {},
      [],
      'x'.repeat(200),
      '+65\u00009',
    ],
  ])('%j is withheld', (number) => {
    expect(readNumber(number)).toBeNull();
  });
});

describe('parties', () => {
  it.each([
    ['INBOUND', 'inbound'],
    ['inbound', 'inbound'],
    ['Incoming', 'inbound'],
    ['OUTBOUND', 'outbound'],
    ['out', 'outbound'],
    ['SIDEWAYS', null],
    [null, null],
  ])('%j is %j', (callDirection, direction) => {
    expect(readParties(readFields({ callDirection })).direction).toBe(direction);
  });

  it.each(['ID | Null', 'id|null', ' ID ', 'ID'])('%j is the country ID', (sourceCountryCode) => {
    expect(readParties(readFields({ sourceCountryCode }))).toMatchObject({ fromCountry: 'ID' });
  });

  it.each(['Null', 'Null | Null', '|', ''])('%j is no country', (sourceCountryCode) => {
    expect(readParties(readFields({ sourceCountryCode }))).toMatchObject({ fromCountry: null });
  });

  it('countries are two letters or nothing', () => {
    const parties = readParties(readFields({ sourceCountryCode: 'sg', destinationCountryCode: 'Singapore' }));
    expect(parties).toMatchObject({ fromCountry: 'SG', toCountry: null });
  });
});
