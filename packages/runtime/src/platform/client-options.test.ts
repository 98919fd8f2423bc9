import { describe, expect, it } from 'vitest';
import { PlatformArgumentError } from '../errors/index.ts';
import { type PlatformClientOptions, readClientOptions } from './client-options.ts';
import { KEY } from './platform.test-support.ts';

const read = (options: object) => readClientOptions({ apiKey: KEY, subAccountId: 'Acme_Hotel', ...options } as PlatformClientOptions);

/** The message with which options are refused. */
function refusal(options: object): string {
  try {
    read(options);
  } catch (error) {
    if (error instanceof PlatformArgumentError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('readClientOptions', () => {
  it('fills in the defaults', () => {
    expect(read({})).toMatchObject({
      baseUrl: 'https://voice.8x8.com',
      timeout: 15_000,
      retries: { limit: 2, baseDelay: 250, maxDelay: 8_000, maxRetryAfter: 30_000 },
      rateLimit: { perSecond: 10, burst: 20 },
    });
  });

  it('keeps the key out of the settings', () => {
    expect(Object.values(read({}))).not.toContain(KEY);
  });

  it.each(['abc', 'My.Sub-Account_1&2', 'x'.repeat(50)])('accepts the subaccount id %s', (subAccountId) => {
    expect(read({ subAccountId }).subAccountId).toBe(subAccountId);
  });

  it.each(['', 'ab', 'x'.repeat(51), 'a/b/c', 'a b c', 'naïve', 'abc\n', '../..?', 7, null])(
    'refuses the subaccount id %j',
    (subAccountId) => {
      expect(refusal({ subAccountId })).toMatch(/^createPlatformClient\.subAccountId: must be 3\.\.50 letters/);
    },
  );

  it.each([
    ['https://voice.8x8.com/', 'https://voice.8x8.com'],
    ['https://gateway.example/voice//', 'https://gateway.example/voice'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('takes %s as base URL', (baseUrl, expected) => {
    expect(read({ baseUrl }).baseUrl).toBe(expected);
  });

  it('takes http beyond loopback only when told to', () => {
    expect(refusal({ baseUrl: 'http://simulator:8080' })).toContain('must be https, or the key would travel in the clear');
    expect(read({ baseUrl: 'http://simulator:8080', allowHttp: true }).baseUrl).toBe('http://simulator:8080');
  });

  it.each([
    [{ baseUrl: 'voice.8x8.com' }, 'baseUrl: must be an https URL'],
    [{ baseUrl: 'ftp://voice.8x8.com' }, 'baseUrl: must be an https URL'],
    [{ baseUrl: 'https://me:pass@voice.8x8.com' }, 'baseUrl: must not hold a user name or password'],
    [{ baseUrl: 'https://voice.8x8.com?x=1' }, 'baseUrl: must end with its path'],
    [{ timeout: 0 }, 'timeout: must be a whole number in 1..600000; got 0.'],
    [{ timeout: '5s' }, 'timeout: must be a whole number in 1..600000; got "5s".'],
    [{ retries: -1 }, 'retries: must be a whole number in 0..10'],
    [{ retries: { limits: 3 } }, 'retries.limits: there is no such key. Did you mean "limit"?'],
    [{ rateLimit: { perSecond: 0 } }, 'rateLimit.perSecond: must be a number above 0'],
    [{ rateLimit: { burst: 0 } }, 'rateLimit.burst: must be a whole number in 1..100000; got 0.'],
    [{ subaccountId: 'abc' }, 'subaccountId: there is no such key. Did you mean "subAccountId"?'],
    [{ apiKey: undefined }, 'apiKey: must be given'],
  ])('refuses %j', (options, problem) => {
    expect(refusal(options)).toContain(`createPlatformClient.${problem}`);
  });

  it.each(['two words', 'line-end\n', '"qüoted"'])('refuses a key that a header can not carry without showing it', (apiKey) => {
    expect(refusal({ apiKey })).toMatch(/^createPlatformClient\.apiKey: holds white space/);
    expect(refusal({ apiKey })).not.toContain(apiKey.trim());
  });

  it.each([null, undefined, 'key'])('refuses %j instead of options', (options) => {
    expect(() => readClientOptions(options as unknown as PlatformClientOptions)).toThrow(PlatformArgumentError);
  });

  it('takes a number of retries, a part of a policy, and no rate limit', () => {
    expect(read({ retries: 0 }).retries).toMatchObject({ limit: 0, baseDelay: 250 });
    expect(read({ retries: { maxDelay: 100 } }).retries).toMatchObject({ limit: 2, maxDelay: 100 });
    expect(read({ rateLimit: { perSecond: 0.5 } }).rateLimit).toEqual({ perSecond: 0.5, burst: 1 });
    expect(read({ rateLimit: null }).rateLimit).toBeNull();
  });
});
