import { describe, expect, it } from 'vitest';
import { PlatformArgumentError, PlatformCallflowError } from '../errors/index.ts';
import type { CallflowRequest } from './callflows.ts';
import { against, CALLFLOW, thrownBy } from './platform.test-support.ts';

const CREATED = { sessionId: 's-1', sessionStatus: 'CREATED', callFlowRequestId: 'r-1', statusCode: 1, statusMessage: 'Created' };

describe('createCallflow', () => {
  it('posts the callflow to the subaccount and gives back the session', async () => {
    const { client, arrived } = against({ json: CREATED });
    const session = await client.createCallflow({ callflow: CALLFLOW });
    expect(session).toMatchObject({ sessionId: 's-1', sessionStatus: 'CREATED', callFlowRequestId: 'r-1', warnings: [] });
    expect(arrived[0]).toMatchObject({ method: 'POST', path: '/api/v1/subaccounts/Acme_Hotel/callflows', json: { callflow: CALLFLOW } });
  });

  it('gives back a session whose number is longer than a number is exact', async () => {
    const { client } = against({ text: JSON.stringify(CREATED).replace('"s-1"', '9007199254740993') });
    expect((await client.createCallflow({ callflow: CALLFLOW })).sessionId).toBe('9007199254740993');
  });

  it('sends the key as bearer token and JSON both ways', async () => {
    const { client, arrived } = against({ json: CREATED });
    await client.createCallflow({ callflow: CALLFLOW });
    expect(arrived[0]?.headers).toMatchObject({
      authorization: 'Bearer k3y-S3CRET+abc/def==',
      'content-type': 'application/json',
      accept: 'application/json',
    });
  });

  it.each([
    ['a Date', new Date('2031-05-01T10:00:00Z')],
    ['milliseconds', Date.UTC(2031, 4, 1, 10)],
    ['ISO 8601 with an offset', '2031-05-01T18:00:00+08:00'],
  ])('sends validUntil, given as %s, in the form that 8x8 documents', async (_form, validUntil) => {
    const { client, arrived } = against({ json: CREATED });
    await client.createCallflow({ callflow: CALLFLOW, validUntil, clientRequestId: 'order-7' });
    expect(arrived[0]?.json).toEqual({ validUntil: '2031-05-01T10:00:00.000Z', clientRequestId: 'order-7', callflow: CALLFLOW });
  });

  it('leaves out what is null', async () => {
    const { client, arrived } = against({ json: CREATED });
    await client.createCallflow({ callflow: CALLFLOW, validUntil: null, clientRequestId: null });
    expect(arrived[0]?.json).toEqual({ callflow: CALLFLOW });
  });

  it('keeps fields that it does not know', async () => {
    const { client } = against({ json: { ...CREATED, validUntil: '2031-05-01T10:00:00.000Z', region: 'sg' } });
    expect(await client.createCallflow({ callflow: CALLFLOW })).toMatchObject({ region: 'sg', validUntil: '2031-05-01T10:00:00.000Z' });
  });

  it('sends a callflow with warnings and gives them back', async () => {
    const { client } = against({ json: CREATED });
    const first = { action: 'makeCall', params: { ...CALLFLOW[0].params, callRecording: true } } as const;
    const { warnings } = await client.createCallflow({ callflow: [first, { action: 'hangup' }] });
    expect(warnings.map(({ severity, path }) => [severity, path])).toEqual([['warning', '$.callflow[0].params.callRecording']]);
  });

  it('leaves out a clientActionId, which does nothing here, and says so', async () => {
    const { client, arrived } = against({ json: CREATED });
    const request: CallflowRequest & { readonly clientActionId: string } = { callflow: CALLFLOW, clientActionId: 'main' };
    const { warnings } = await client.createCallflow(request);
    expect(warnings).toMatchObject([{ code: 'HS_CALLFLOW_CLIENT_ACTION_ID_VIA_API', severity: 'warning' }]);
    expect(arrived[0]?.json).toEqual({ callflow: CALLFLOW });
  });

  it('sends nothing that breaks a rule and names every violation', async () => {
    const { client, arrived } = against();
    const error = await thrownBy(client.createCallflow({ callflow: [{ action: 'hangup' }, CALLFLOW[1]] }));
    expect(error).toBeInstanceOf(PlatformCallflowError);
    expect((error as PlatformCallflowError).violations.map(({ statusCode }) => statusCode)).toEqual(expect.arrayContaining([-1013, -1012]));
    expect((error as PlatformCallflowError).message).toContain('HS_CALLFLOW_FIRST_ACTION');
    expect(arrived).toEqual([]);
  });

  it.each([['a key that is not known', { validUntl: '2031-05-01T10:00:00Z' }, 'Did you mean "validUntil"?']])(
    'refuses %s',
    async (_what, extra, text) => {
      const { client } = against();
      const error = await thrownBy(client.createCallflow({ callflow: CALLFLOW, ...extra }));
      expect(error).toBeInstanceOf(PlatformCallflowError);
      expect((error as PlatformCallflowError).message).toContain(text);
    },
  );

  it.each([
    ['a time that has passed', { validUntil: '2029-12-31T23:59:59Z' }, 'createCallflow.validUntil'],
    ['a time that is none', { validUntil: 'tomorrow' }, 'createCallflow.validUntil'],
    ['a day that no calendar has', { validUntil: '2031-02-30T00:00:00Z' }, 'createCallflow.validUntil'],
    ['a time without a zone', { validUntil: '2031-02-01T00:00:00' }, 'createCallflow.validUntil'],
    ['an empty request id', { clientRequestId: '' }, 'createCallflow.clientRequestId'],
    ['a request id with a line end', { clientRequestId: 'a\nb' }, 'createCallflow.clientRequestId'],
    ['a request id that is too long', { clientRequestId: 'x'.repeat(256) }, 'createCallflow.clientRequestId'],
  ])('refuses %s', async (_what, extra, argument) => {
    const { client } = against();
    expect(await thrownBy(client.createCallflow({ callflow: CALLFLOW, ...extra }))).toMatchObject({
      code: 'HS_PLATFORM_ARGUMENT',
      argument,
    });
  });

  it.each([null, undefined, 'text'])('refuses %j instead of a request', async (request) => {
    const { client } = against();
    expect(await thrownBy(client.createCallflow(request as unknown as CallflowRequest))).toBeInstanceOf(PlatformArgumentError);
  });
});
