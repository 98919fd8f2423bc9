import { describe, expect, it } from 'vitest';
import { caller } from '../callers/script.ts';
import { answer, ask, hangup, makeCall, say, serveWebhooks } from '../webhook-server.test-support.ts';
import { api, listening } from './rest-client.test-support.ts';

describe('POST callflows', () => {
  it.each<[string, unknown, number, number]>([
    ['not JSON', '{', 400, -1001],
    ['an empty body', '', 400, -1001],
    ['an unknown action', answer(makeCall(), { action: 'dance' }), 400, -1007],
    ['a missing text', answer(makeCall(), { action: 'say', params: { voiceProfile: 'x' } }), 400, -1009],
    ['another first action', answer(hangup), 422, -1013],
    ['a capture, with nobody to ask', answer(makeCall(), ask('Digit')), 422, -1004],
    ['a source that is not its own', answer(makeCall('+6591178965', '+6500000')), 422, -1014],
  ])('refuses %s', async (_what, body, status, statusCode) => {
    const platform = await listening({ numbers: ['+6568332048'] });
    const [code, answered] = await api(platform, 'POST', 'acc/callflows', body);
    expect(code).toBe(status);
    expect(answered).toMatchObject({
      sessionStatus: 'NOT_CREATED',
      callFlowRequestId: expect.any(String) as string,
      statusCode,
      statusMessage: expect.any(String) as string,
    });
  });

  it('says where and what as the documents show it', async () => {
    const [, answered] = await api(
      await listening(),
      'POST',
      'acc/callflows',
      answer(makeCall(), { action: 'say', params: { voiceProfile: 'x' } }),
    );
    expect(answered['statusMessage']).toBe('Invalid call flow entry provided. $.callflow[1].params.text: is missing but it is required');
  });

  it('starts a session that calls, speaks, asks and is summed up', async () => {
    const server = await serveWebhooks(() => answer(say('Thanks'), hangup));
    const platform = await listening({ webhookUrls: server.url, onOutbound: () => ({ caller: caller.press('1') }) });
    const order = {
      ...answer(makeCall('6591178965', '6568332048'), ask('Confirm?')),
      clientRequestId: 'r-1',
      validUntil: '2099-01-01T00:00:00.000Z',
    };
    const [code, created] = await api(platform, 'POST', 'acc/callflows', order);
    expect([code, created]).toMatchObject([
      200,
      { sessionStatus: 'CREATED', statusCode: 1, statusMessage: 'Created', validUntil: order.validUntil },
    ]);
    const session = await platform.session(created['sessionId'] as string)?.closed;
    expect(session?.heard).toEqual(['Confirm?', 'Thanks']);
    const [vca] = server.of('CALL_ACTION');
    expect(vca?.payload).toMatchObject({
      callStatus: 'ACTION_COMPLETED',
      callDirection: 'OUTBOUND',
      source: '+6568332048',
      destination: '+6591178965',
      eventData: { dtmf: '1' },
    });
    expect(vca?.payload).not.toHaveProperty('clientActionId');
    expect(server.of('SESSION_SUMMARY')[0]?.payload).toMatchObject({
      sessionStatus: 'COMPLETED',
      clientRequestId: 'r-1',
      details: { callA: { callDirection: 'OUTBOUND' } },
    });
  });

  it.each([
    ['busy', 'BUSY'],
    ['no-answer', 'NO_ANSWER'],
    ['declines', 'FAILED'],
    ['fails', 'FAILED'],
  ] as const)('tells by summary that a called party %s', async (does, status) => {
    const server = await serveWebhooks(() => answer(hangup));
    const platform = await listening({ webhookUrls: server.url, onOutbound: () => ({ party: { does } }) });
    await api(platform, 'POST', 'acc/callflows', answer(makeCall(), say('Hello'), hangup));
    await platform.idle();
    expect(server.of('CALL_ACTION')).toEqual([]);
    expect(server.of('SESSION_SUMMARY')[0]?.payload).toMatchObject({ sessionStatus: status, details: { callA: { callStatus: status } } });
  });

  it('bridges a second party', async () => {
    const server = await serveWebhooks(() => answer(hangup));
    const platform = await listening({ webhookUrls: server.url });
    await api(platform, 'POST', 'acc/callflows', answer(makeCall(), makeCall('+6531580001')));
    await platform.idle();
    expect(server.of('SESSION_SUMMARY')[0]?.payload).toMatchObject({ callCount: 2, details: { callB: { destination: '+6531580001' } } });
  });

  it('ends where its callflow does when nobody can be asked', async () => {
    const platform = await listening();
    const [, created] = await api(platform, 'POST', 'acc/callflows', answer(makeCall(), say('Hello')));
    const session = await platform.session(created['sessionId'] as string)?.closed;
    expect(session?.end).toMatchObject({ status: 'COMPLETED', by: 'platform' });
    expect(platform.faults).toEqual([]);
  });

  it('is answered by a person by hand', async () => {
    const server = await serveWebhooks(() => answer(hangup));
    const platform = await listening({ webhookUrls: server.url, onOutbound: () => ({ party: { does: 'by-hand' }, caller: 'person' }) });
    const [, created] = await api(platform, 'POST', 'acc/callflows', answer(makeCall(), ask('Confirm?')));
    const session = platform.session(created['sessionId'] as string);
    await session?.ready();
    await session?.partyDoes('answers');
    await session?.press('1');
    expect(session?.heard).toEqual(['Confirm?']);
    expect(session?.end?.by).toBe('server');
  });

  it('has webhooks overtake its answer when that is held back', async () => {
    const server = await serveWebhooks(() => answer(hangup));
    const platform = await listening({ webhookUrls: server.url, behaviour: { restDelayMs: 300 } });
    const [code] = await api(platform, 'POST', 'acc/callflows', answer(makeCall(), say('Hello')));
    expect(code).toBe(200);
    expect(server.of('CALL_ACTION')).toHaveLength(1);
  });

  it('begins a session also when its answer gets lost', async () => {
    const server = await serveWebhooks(() => answer(hangup));
    const platform = await listening({ webhookUrls: server.url, chaos: { lostCreates: 1 } });
    await expect(api(platform, 'POST', 'acc/callflows', answer(makeCall(), say('Hello')))).rejects.toThrow();
    await platform.idle();
    expect(server.of('SESSION_SUMMARY')).toHaveLength(1);
  });
});
