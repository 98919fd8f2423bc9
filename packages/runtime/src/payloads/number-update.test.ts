import { describe, expect, it } from 'vitest';
import { parseWebhook } from './parse-webhook.ts';
import { type Json, sample, sampleWith } from './samples.test-support.ts';
import type { NumberWebhook } from './webhook.ts';

const [first, second] = sample('vnu-updates').payload['virtualNumbers'] as [Json, Json];

function update(body: unknown): NumberWebhook {
  const result = parseWebhook(body, 'vnu');
  if (!result.ok || result.webhook.kind !== 'vnu') throw new TypeError('not understood');
  return result.webhook;
}

const numbersOf = (changes: Json): readonly string[] => update(sampleWith('vnu-updates', changes)).virtualNumbers.map((one) => one.msisdn);

describe('a number update', () => {
  it('has all that the published sample says', () => {
    expect(update(sample('vnu-updates'))).toMatchObject({
      subAccountId: 'MySubAccount',
      totalNumbers: 2,
      updateEventType: 'UPDATES',
      virtualNumbers: [{ msisdn: '+65123456789' }, { msisdn: '+65987654321' }],
    });
  });

  it('has every field of a number', () => {
    expect(update(sample('vnu-updates')).virtualNumbers[1]).toEqual({
      msisdn: '+65987654321',
      operationalStatus: 'Active',
      updateStatus: 'UPDATED',
      updatedAt: Date.UTC(2023, 3, 11, 9, 34, 18, 780),
      countryCode: 'SG',
      referenceId: 'MyVirtualNumber-2',
      rentalPrice: 5,
      incomingRate: 0.05,
      billingUnit: 60,
      billingCurrency: 'USD',
      numberHealthCheckEnabled: true,
    });
  });

  it('fills a field for every key of the sample', () => {
    const { updatedTimestamp, ...documented } = first;
    expect(updatedTimestamp).toBeDefined();
    expect(update(sample('vnu-updates')).virtualNumbers[0]).toMatchObject(documented);
  });

  it.each<[string, Json]>([
    ['as JSON text', { virtualNumbers: JSON.stringify([first, second]) }],
    ['under another case', { virtualNumbers: undefined, VirtualNumbers: [first, second] }],
    ['with rows that are none', { virtualNumbers: [null, first, 'x', 7, { msisdn: null }, second] }],
  ])('finds its numbers %s', (_how, changes) => {
    expect(numbersOf(changes)).toEqual(['+65123456789', '+65987654321']);
  });

  it.each<[string, Json]>([
    ['an object in place of the list', { virtualNumbers: first }],
    ['no list', { virtualNumbers: undefined, ...first }],
    ['no list, and other names', { virtualNumbers: null, phoneNumber: first['msisdn'], status: 'Active' }],
  ])('of one number is a list of one: %s', (_how, changes) => {
    expect(numbersOf(changes)).toEqual(['+65123456789']);
    expect(update(sampleWith('vnu-updates', changes)).virtualNumbers[0]).toMatchObject({ operationalStatus: 'Active' });
  });

  it.each([[[]], [''], ['[{'], [5], [null]])('without numbers in it (%j) has an empty list', (virtualNumbers) => {
    expect(numbersOf({ virtualNumbers })).toEqual([]);
  });

  it('reads numbers and flags that are texts', () => {
    const row = { ...first, rentalPrice: '5.00', billingUnit: '60', numberHealthCheckEnabled: 'false', updateStatus: 'no change' };
    expect(update(sampleWith('vnu-updates', { totalNumbers: '2', virtualNumbers: [row] }))).toMatchObject({
      totalNumbers: 2,
      virtualNumbers: [{ rentalPrice: 5, billingUnit: 60, numberHealthCheckEnabled: false, updateStatus: 'NO_CHANGE' }],
    });
  });
});
