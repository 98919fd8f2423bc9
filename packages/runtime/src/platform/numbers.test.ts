import { describe, expect, it } from 'vitest';
import { against, thrownBy } from './platform.test-support.ts';

const ROW = {
  msisdn: '+6531580000',
  countryCode: 'SG',
  operationalStatus: 'Active',
  numberType: 'LOCAL',
  referenceId: 'range-1',
  numberHealthCheckEnabled: true,
  numberHealth: { isHealthy: true, status: 'OK', lastCheckedTime: '2030-01-01T00:00:00Z' },
};

describe('numbers.list', () => {
  it('gives the virtual numbers and keeps what it does not know', async () => {
    const json = { totalNumbers: 7, lastUpdatedAt: '2030-01-01T00:00:00Z', numbers: [{ ...ROW, rentalPrice: 5 }] };
    const { client, arrived } = against({ json });
    expect(await client.numbers.list()).toEqual(json);
    expect(arrived[0]).toMatchObject({ method: 'GET', path: '/api/v1/subaccounts/Acme_Hotel/numbers' });
  });

  it('takes numbers that are written as numbers, and rows that say little', async () => {
    const { numbers, totalNumbers } = await against({ json: { numbers: [{ msisdn: 6531580000 }] } }).client.numbers.list();
    expect(totalNumbers).toBe(1);
    expect(numbers[0]).toMatchObject({ msisdn: '6531580000', countryCode: null, operationalStatus: null, numberHealth: null });
  });

  it.each([
    [{}, '$.numbers'],
    [{ numbers: [ROW, {}] }, '$.numbers[1].msisdn'],
    [{ numbers: ['+6531580000'] }, '$.numbers[0].msisdn'],
  ])('names the place that is wrong', async (json, path) => {
    expect(await thrownBy(against({ json }).client.numbers.list())).toMatchObject({ code: 'HS_PLATFORM_RESPONSE', path });
  });
});

describe('numbers.get', () => {
  it.each(['+6531580000', '6531580000'])('asks for %s by its digits', async (number) => {
    const { client, arrived } = against({ json: { statusCode: 0, payload: ROW } });
    expect(await client.numbers.get(number)).toEqual(ROW);
    expect(arrived[0]?.path).toBe('/api/v1/subaccounts/Acme_Hotel/numbers/6531580000');
  });

  it('takes an answer without envelope', async () => {
    expect(await against({ json: ROW }).client.numbers.get('+6531580000')).toEqual(ROW);
  });

  it('says that the subaccount does not have a number without naming it', async () => {
    const json = { statusCode: 404, statusMessage: 'Number 6531580000 not found', timestamp: '2030-01-01T00:00:00Z' };
    const error = await thrownBy(against({ status: 404, json }).client.numbers.get('+6531580000'));
    expect(error).toMatchObject({
      httpStatus: 404,
      rule: 'not-found',
      operation: 'GET numbers/{number}',
      statusMessage: 'Number ••• not found',
    });
    expect((error as Error).message).not.toContain('31580000');
  });

  it('complains of an answer without number', async () => {
    expect(await thrownBy(against({ json: { payload: {} } }).client.numbers.get('6531580000'))).toMatchObject({ path: '$.payload.msisdn' });
  });

  it.each(['', 'Ann', '123', '+65 3158 0000', '../webhooks', '1234567890123456'])('refuses %j without repeating it', async (number) => {
    const error = await thrownBy(against().client.numbers.get(number));
    expect(error).toMatchObject({ code: 'HS_PLATFORM_ARGUMENT', argument: 'numbers.get.number' });
    if (number !== '') expect((error as Error).message).not.toContain(number);
  });
});
