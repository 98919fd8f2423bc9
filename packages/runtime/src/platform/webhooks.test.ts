import { describe, expect, it } from 'vitest';
import { against, networkError, thrownBy } from './platform.test-support.ts';
import type { WebhookDefinition } from './webhooks.ts';

const URL = 'https://ivr.example/webhooks/vca';
const ROW = { type: 'VCA', url: URL, enabled: true, httpAuthHeaderAvailable: true };
const LIST = { subAccountId: 'Acme_Hotel', count: 1, webhooks: [ROW], statusCode: 0, statusMessage: 'ok' };

describe('webhooks.list', () => {
  it('gives the webhooks of the subaccount', async () => {
    const { client, arrived } = against({ json: LIST });
    expect(await client.webhooks.list()).toEqual([ROW]);
    expect(arrived[0]).toMatchObject({ method: 'GET', path: '/api/v1/subaccounts/Acme_Hotel/webhooks', json: null });
  });

  it.each([
    ['active instead of enabled', { type: 'VSS', url: URL, active: false }, { type: 'VSS', enabled: false, active: false }],
    ['a type in lower case', { type: 'vss', url: URL }, { type: 'VSS', enabled: null, httpAuthHeaderAvailable: null }],
    ['a type that is new', { type: 'VXX', url: URL, region: 'sg' }, { type: 'VXX', region: 'sg' }],
    ['a row without URL', { type: 'VSS', url: null }, { url: null }],
  ])('takes %s', async (_what, row, expected) => {
    expect(await against({ json: { webhooks: [row] } }).client.webhooks.list()).toEqual([expect.objectContaining(expected)]);
  });

  it('takes a bare list', async () => {
    expect(await against({ json: [ROW] }).client.webhooks.list()).toEqual([ROW]);
  });

  it('never gives back the value of the header', async () => {
    const [webhook] = await against({ json: [{ ...ROW, httpAuthHeader: 'shared-secret' }] }).client.webhooks.list();
    expect(JSON.stringify(webhook)).not.toContain('shared-secret');
    expect(webhook?.httpAuthHeaderAvailable).toBe(true);
  });

  it.each([
    ['no list', { webhooks: 'none' }, '$.webhooks'],
    ['a row that is no object', { webhooks: [ROW, 7] }, '$.webhooks[1].type'],
    ['a row without type', { webhooks: [{ url: URL }] }, '$.webhooks[0].type'],
  ])('names the place where the answer has %s', async (_what, json, path) => {
    expect(await thrownBy(against({ json }).client.webhooks.list())).toMatchObject({ code: 'HS_PLATFORM_RESPONSE', path, httpStatus: 200 });
  });
});

describe('webhooks.set', () => {
  it('registers a webhook, switched on by default', async () => {
    const { client, arrived } = against({ json: LIST });
    expect(await client.webhooks.set({ type: 'VCA', url: URL, httpAuthHeader: 'Bearer shared' })).toEqual(ROW);
    expect(arrived[0]).toMatchObject({ method: 'POST', json: { type: 'VCA', url: URL, httpAuthHeader: 'Bearer shared', enabled: true } });
  });

  it('sends no header where there is none, and enabled as given', async () => {
    const { client, arrived } = against({ json: LIST });
    await client.webhooks.set({ type: 'VCA', url: URL, httpAuthHeader: null, enabled: false });
    expect(arrived[0]?.json).toEqual({ type: 'VCA', url: URL, enabled: false });
  });

  it('takes an answer that holds the one webhook only', async () => {
    expect(await against({ json: { ...ROW, statusCode: 0 } }).client.webhooks.set({ type: 'VCA', url: URL })).toEqual(ROW);
  });

  it('is sent again after a broken connection, since setting the same webhook twice changes nothing', async () => {
    const { client, arrived } = against(networkError({ code: 'ECONNRESET', syscall: 'read' }), { json: LIST });
    await client.webhooks.set({ type: 'VCA', url: URL });
    expect(arrived).toHaveLength(1);
  });

  it('complains of an answer without the webhook that was set', async () => {
    const setting = against({ json: { webhooks: [] } }).client.webhooks.set({ type: 'VCA', url: URL });
    expect(await thrownBy(setting)).toMatchObject({ code: 'HS_PLATFORM_RESPONSE', path: '$.webhooks' });
  });

  it.each([
    [{ type: 'VCX' }, 'webhooks.set.type: must be one of VCA, VSS, VCS, VRU, VNU; got "VCX" (did you mean "VCA"?)'],
    [{ type: undefined }, 'webhooks.set.type: must be one of'],
    [{ url: '/webhooks/vca' }, 'webhooks.set.url: must be an absolute http or https URL'],
    [{ url: 'ftp://ivr.example' }, 'webhooks.set.url'],
    [{ httpAuthHeader: 'two\r\nlines' }, 'webhooks.set.httpAuthHeader: must be a header value'],
    [{ httpAuthHeader: ' padded ' }, 'webhooks.set.httpAuthHeader'],
    [{ httpAuthHeader: '' }, 'webhooks.set.httpAuthHeader'],
    [{ enabled: 'yes' }, 'webhooks.set.enabled: must be true or false'],
    [{ active: true }, 'webhooks.set.active: there is no such key.'],
  ])('refuses %j', async (change, text) => {
    const definition = { type: 'VCA', url: URL, ...change } as unknown as WebhookDefinition;
    expect(((await thrownBy(against().client.webhooks.set(definition))) as Error).message).toContain(text);
  });
});

describe('webhooks.set without a webhook', () => {
  it.each([null, undefined, [], 'VCA'])('refuses %j', async (webhook) => {
    const error = await thrownBy(against().client.webhooks.set(webhook as unknown as WebhookDefinition));
    expect(error).toMatchObject({ code: 'HS_PLATFORM_ARGUMENT', argument: 'webhooks.set' });
  });
});

describe('webhooks.remove', () => {
  it('removes the webhook of a type and gives back what 8x8 says of it', async () => {
    const { client, arrived } = against({ json: { ...ROW, enabled: false, statusCode: 0, statusMessage: 'deleted' } });
    expect(await client.webhooks.remove('VCA')).toEqual({ ...ROW, enabled: false });
    expect(arrived[0]).toMatchObject({ method: 'DELETE', path: '/api/v1/subaccounts/Acme_Hotel/webhooks/VCA', json: null });
  });

  it('takes an empty answer', async () => {
    expect(await against({ status: 204 }).client.webhooks.remove('VRU')).toBeNull();
  });

  it('refuses a type that there is not, before it becomes part of a path', async () => {
    const error = await thrownBy(against().client.webhooks.remove('../numbers' as 'VCA'));
    expect(error).toMatchObject({ code: 'HS_PLATFORM_ARGUMENT', argument: 'webhooks.remove.type' });
  });
});

describe('what can be removed', () => {
  it.each([
    ['VNU', 'Switch it off: webhooks.set with enabled: false.'],
    ['VCX', '(did you mean "VCA"?)'],
    ['vca', 'must be one of'],
  ])('is what the OpenAPI lists: not %s', async (type, text) => {
    const { client, arrived } = against();
    const error = await client.webhooks.remove(type as 'VCA').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: expect.stringContaining(text) as string });
    expect(arrived).toEqual([]);
  });
});
