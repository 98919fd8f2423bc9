import { inspect } from 'node:util';
import { fetch as undiciFetch } from 'undici';
import { describe, expect, it } from 'vitest';
import { createPlatformClient } from './client.ts';
import type { PlatformFetch } from './platform-fetch.ts';
import { against, againstWith, type Answer, CALLFLOW, KEY, SUBACCOUNT, thrownBy } from './platform.test-support.ts';

/** All that a log could make of a value. */
const printed = (value: unknown): string => {
  const fields = value instanceof Error ? JSON.stringify({ ...value, message: value.message, stack: value.stack, cause: value.cause }) : '';
  return [inspect(value, { depth: null, showHidden: true, getters: true }), JSON.stringify(value), String(value), fields].join('\n');
};

describe('createPlatformClient', () => {
  it('uses the fetch, the clock and the address of production by default', () => {
    const client = createPlatformClient({ apiKey: KEY, subAccountId: SUBACCOUNT });
    expect(client.baseUrl).toBe('https://voice.8x8.com');
  });

  it.each([
    ["Node's", globalThis.fetch],
    ["undici's", undiciFetch],
  ])('takes %s fetch as it is', (_whose, fetch: PlatformFetch) => {
    expect(() => createPlatformClient({ apiKey: KEY, subAccountId: SUBACCOUNT, fetch })).not.toThrow();
  });

  it('can not be changed', () => {
    const { client } = against();
    expect(Object.isFrozen(client)).toBe(true);
    expect(Object.isFrozen(client.webhooks)).toBe(true);
  });

  it('does not show the key when it is printed', () => {
    expect(printed(against().client)).not.toContain(KEY);
  });
});

const echo = `token ${KEY} of +6591230000 is wrong`;
const leaky = Object.assign(new Error(echo), { request: { headers: { authorization: `Bearer ${KEY}` } } });
const HTTP: readonly (readonly [string, Answer])[] = [
  ['a refusal that repeats it', { status: 422, json: { sessionStatus: 'NOT_CREATED', statusCode: -1014, statusMessage: echo } }],
  ['a denial that repeats it', { status: 401, json: { statusCode: 401, statusMessage: echo } }],
  ['an answer of nothing else', { text: echo }],
  ['a redirect with it', { status: 302, headers: { location: `https://elsewhere.example/${encodeURIComponent(KEY)}` } }],
  ['an error of fetch that holds it', leaky],
];

describe('the key and phone numbers', () => {
  it.each(HTTP)('are in no error after %s', async (_what, answer) => {
    const call = await thrownBy(againstWith({ retries: 0 }, answer).client.createCallflow({ callflow: CALLFLOW }));
    const read = await thrownBy(againstWith({ retries: 0 }, answer).client.numbers.get('+6591230000'));
    for (const error of [call, read]) {
      expect(error).toMatchObject({ code: expect.stringMatching(/^HS_PLATFORM_/) as string });
      expect(printed(error)).not.toContain(KEY);
      expect(printed(error)).not.toContain('91230000');
    }
  });

  it('are in no report of an attempt', async () => {
    const reports: unknown[] = [];
    const { client } = againstWith({ retries: 0, onAttempt: (report) => reports.push(report) }, leaky);
    await thrownBy(client.numbers.get('+6591230000'));
    expect(reports).toHaveLength(1);
    expect(printed(reports)).not.toMatch(/S3CRET|91230000/);
  });
});
