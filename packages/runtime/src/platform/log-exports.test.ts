import { describe, expect, it } from 'vitest';
import { PlatformArgumentError, PlatformRejectedError } from '../errors/index.ts';
import type { LogExportRange } from './log-exports.ts';
import { against, againstWith, thrownBy } from './platform.test-support.ts';

/** Everything is answered by one pretended host. */
const HERE = { exportsUrl: 'https://voice.8x8.com' };
const PATH = '/api/v1/subaccounts/Acme_Hotel/messages/exports';

describe('logExports', () => {
  it('starts an export of the last seven days, and gives its id', async () => {
    const { client, arrived } = againstWith(HERE, { status: 202, json: { jobId: 'F1T6z9' } });
    expect(await client.logExports.start()).toEqual({ jobId: 'F1T6z9' });
    expect(arrived).toMatchObject([{ method: 'POST', path: PATH, json: {} }]);
  });

  it.each<[LogExportRange, object]>([
    [
      { from: '2030-01-01', to: '2030-01-31', limit: 0 },
      { from: '2030-01-01', to: '2030-01-31', limit: 0 },
    ],
    [{ from: new Date('2030-01-01T13:00:00.123Z') }, { from: '2030-01-01T13:00:00Z' }],
    [{ from: '2030-01-01T13:00:00', to: '2030-01-01T13:00:00Z' }, {}],
    [
      { from: '2030-01-01T00:00:00+07:00', to: '2030-01-01T00:00:00', limit: null },
      { from: '2030-01-01T00:00:00+07:00', to: '2030-01-01T00:00:00' },
    ],
  ])('sends a range as it is given: %j', async (range, sent) => {
    const { client, arrived } = againstWith(HERE, { status: 202, json: { jobId: 'j' } });
    const error = await thrownBy(client.logExports.start(range));
    if (Object.keys(sent).length === 0) expect(error).toMatchObject({ argument: 'logExports.start.to' });
    else expect(arrived[0]?.json).toEqual(sent);
  });

  it.each([
    ['from', { from: '2030-02-30' }],
    ['from', { from: 'yesterday' }],
    ['from', { from: new Date(Number.NaN) }],
    ['to', { to: 5 }],
    ['to', { from: '2030-01-02', to: '2030-01-01' }],
    ['limit', { limit: -1 }],
    ['limit', { limit: 1.5 }],
    ['form', { form: '2030-01-01' }],
  ])('refuses a wrong %s: %j', async (name, range) => {
    const { client, arrived } = againstWith(HERE);
    const error = await thrownBy(client.logExports.start(range as LogExportRange));
    expect([error instanceof PlatformArgumentError, (error as PlatformArgumentError).argument, arrived]).toEqual([
      true,
      `logExports.start.${name}`,
      [],
    ]);
  });

  it.each([
    [{ status: 'queued' }, { status: 'queued', files: [], expires: null }],
    [
      { status: 'EMPTY', data: null },
      { status: 'empty', files: [], expires: null },
    ],
    [
      { status: 'succeeded', data: ['https://a/1'], expires: '2030-02-01T06:58:41.74Z' },
      { status: 'succeeded', files: ['https://a/1'], expires: '2030-02-01T06:58:41.74Z' },
    ],
  ])('tells how an export stands: %j', async (json, told) => {
    const { client, arrived } = againstWith(HERE, { json });
    expect(await client.logExports.get('F1T6z9')).toEqual({ jobId: 'F1T6z9', ...told });
    expect(arrived).toMatchObject([{ method: 'GET', path: `${PATH}/F1T6z9` }]);
  });

  it('cancels an export, also where the first answer got lost', async () => {
    const { client, arrived } = againstWith(HERE, { status: 503 }, { status: 404, json: { code: 4018, message: 'Invalid jobId' } });
    expect(await client.logExports.cancel('F1T6z9')).toBeUndefined();
    expect(arrived).toMatchObject([{ method: 'DELETE', path: `${PATH}/F1T6z9` }, {}]);
  });

  it('says what 8x8 says of an id that it does not know', async () => {
    const { client } = againstWith(HERE, { status: 404, json: { code: 4018, message: 'Invalid jobId' } });
    const error = await thrownBy(client.logExports.get('none'));
    expect(error).toBeInstanceOf(PlatformRejectedError);
    expect(error).toMatchObject({ httpStatus: 404, statusCode: 4018, statusMessage: 'Invalid jobId' });
  });

  it.each(['', '..', 'a/b', 'a b', 'x'.repeat(300)])('takes %j for no id', async (jobId) => {
    const { client, arrived } = against();
    expect(await thrownBy(client.logExports.get(jobId))).toBeInstanceOf(PlatformArgumentError);
    expect(await thrownBy(client.logExports.cancel(jobId))).toBeInstanceOf(PlatformArgumentError);
    expect(arrived).toEqual([]);
  });
});

describe('where logs are exported', () => {
  const urls: string[] = [];
  const fetch = (url: string) => {
    urls.push(new URL(url).origin);
    return Promise.resolve({ status: 202, headers: { get: () => null }, text: () => Promise.resolve('{"jobId":"j"}') });
  };

  it.each([
    [{}, 'https://voice.wavecell.com'],
    [{ baseUrl: 'https://voice.8x8.com/' }, 'https://voice.wavecell.com'],
    [{ baseUrl: 'http://127.0.0.1:9' }, 'http://127.0.0.1:9'],
    [{ baseUrl: 'http://127.0.0.1:9', exportsUrl: 'https://exports.example.com' }, 'https://exports.example.com'],
  ])('with %j is %s', async (options, origin) => {
    urls.length = 0;
    await againstWith({ ...options, fetch }).client.logExports.start();
    expect(urls).toEqual([origin]);
  });

  it('must be https, as the other host', () => {
    expect(() => againstWith({ exportsUrl: 'http://exports.example.com' })).toThrow('createPlatformClient.exportsUrl');
  });
});
