import { describe, expect, it } from 'vitest';
import { countryZone } from './country-zone.ts';

const NEW_YEAR = new Date('2026-01-01T00:00:00Z');

describe('the time zone of a country', () => {
  it.each([
    ['SG', 'Asia/Singapore'],
    ['gb', 'Europe/London'],
    ['DE', 'Europe/Berlin'],
    ['JP', 'Asia/Tokyo'],
  ])('is known where all its clocks show the same: %s', (country, zone) => {
    expect(countryZone(country, NEW_YEAR)).toBe(zone);
  });

  it.each(['US', 'AU', 'CN', 'ID', 'NZ', 'RU', 'ES', 'XX'])('is not known where they differ, or there are none: %s', (country) => {
    expect(countryZone(country, NEW_YEAR)).toBeNull();
  });

  it.each([['SGP'], [''], ['6'], [null]])('is not asked of %j', (country) => {
    expect(() => countryZone(country as string, NEW_YEAR)).toThrow(expect.objectContaining({ code: 'HS_EFFECT_ARGUMENT' }));
  });

  it('is asked for a date that there is', () => {
    expect(() => countryZone('SG', new Date(Number.NaN))).toThrow(expect.objectContaining({ code: 'HS_EFFECT_ARGUMENT' }));
  });
});
