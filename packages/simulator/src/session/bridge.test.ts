import { describe, expect, it } from 'vitest';
import type { Party } from '../callers/party.ts';
import { caller } from '../callers/script.ts';
import { answer, hangup, makeCall, say, serveWebhooks, simulate, type WebhookServer } from '../webhook-server.test-support.ts';

/** Bridges at once, and says goodbye after that. */
function bridgeServer(): Promise<WebhookServer> {
  return serveWebhooks((event) =>
    event.payload.callStatus === 'CALL_RECEIVED' ? { clientActionId: 'post_call', ...answer(makeCall()) } : answer(say('Goodbye'), hangup),
  );
}

describe('a bridge', () => {
  it.each<[Party, string, string, number, number]>([
    [{ does: 'answers', talkMs: 12_000 }, 'answered', 'COMPLETED', 200, 12],
    [{ does: 'busy' }, 'busy', 'BUSY', 486, 0],
    [{ does: 'no-answer', ringMs: 30_000 }, 'no-answer', 'NO_ANSWER', 480, 0],
    [{ does: 'declines' }, 'declined', 'FAILED', 603, 0],
    [{ does: 'fails' }, 'failed', 'FAILED', 503, 0],
    [{ does: 'busy', sipCode: 600 }, 'busy', 'BUSY', 600, 0],
    [{ does: 'answers', ringMs: 0, talkMs: 0 }, 'answered', 'COMPLETED', 200, 0],
  ])('to a party that %j', async (party, outcome, status, sipCode, seconds) => {
    const server = await bridgeServer();
    const session = await simulate(server, { parties: party }).inboundCall({ caller }).closed;
    expect(session.events.find(({ type }) => type === 'bridge-ended')).toMatchObject({ outcome, sipCode, seconds });
    expect(server.of('CALL_ACTION')[1]?.payload).toMatchObject({
      callId: session.callIds[1],
      callDirection: 'OUTBOUND',
      clientActionId: 'post_call',
      sipCode,
      callDuration: seconds,
      destination: '+6531589338',
    });
    expect(server.of('SESSION_SUMMARY')[0]?.payload).toMatchObject({
      sessionStatus: status,
      callCount: 2,
      details: { callB: { callStatus: status, callDuration: seconds } },
    });
    expect(session.heard).toEqual(['Goodbye']);
  });

  it('ends when the caller hangs up first', async () => {
    const server = await bridgeServer();
    const platform = simulate(server, { parties: { talkMs: null } });
    const session = platform.inboundCall();
    await session.ready();
    expect(session.state).toBe('bridged');
    await session.wait(7_000);
    await session.hangUp();
    expect(server.of('CALL_ACTION')).toHaveLength(1);
    expect(server.of('SESSION_SUMMARY')[0]?.payload).toMatchObject({
      sessionStatus: 'COMPLETED',
      lastAction: 'MAKE_CALL',
      details: { callB: { callStatus: 'COMPLETED', callDuration: 7 } },
    });
  });

  it('brings a VCA with null for digits that nobody asked for', async () => {
    const server = await bridgeServer();
    await simulate(server).inboundCall({ caller }).closed;
    const [received, completed] = server.of('CALL_ACTION').map(({ payload }) => payload['eventData']);
    expect([received, completed]).toEqual([undefined, { dtmf: null }]);
  });

  it('is CANCELED on both legs when the caller hangs up while it rings', async () => {
    const server = await bridgeServer();
    const platform = simulate(server, { parties: { ringMs: 20_000 } });
    const session = platform.inboundCall({ caller: caller.wait(5_000).hangUp() });
    await session.closed;
    expect(server.of('SESSION_SUMMARY')[0]?.payload).toMatchObject({
      sessionStatus: 'CANCELED',
      details: { callA: { callStatus: 'CANCELED', callDuration: 5 }, callB: { callStatus: 'CANCELED', callDuration: 0 } },
    });
  });

  it('is decided by hand', async () => {
    const server = await bridgeServer();
    const session = simulate(server, { parties: { does: 'by-hand' } }).inboundCall();
    await session.ready();
    expect(session.state).toBe('ringing');
    await session.partyDoes('answers');
    expect(session.state).toBe('bridged');
    await session.wait(3_000);
    await session.partyHangsUp();
    expect(session.heard).toEqual(['Goodbye']);
    expect(server.of('CALL_ACTION')[1]?.payload).toMatchObject({ sipCode: 200, callDuration: 3 });
  });

  it('is declined by hand', async () => {
    const server = await bridgeServer();
    const session = simulate(server, { parties: { does: 'by-hand' } }).inboundCall();
    await session.ready();
    await session.partyDoes('busy');
    expect(server.of('CALL_ACTION')[1]?.payload).toMatchObject({ sipCode: 486 });
  });

  it('can not reach everybody', async () => {
    const server = await bridgeServer();
    const session = await simulate(server, { parties: { does: 'no-coverage' } }).inboundCall({ caller }).closed;
    expect(session.end).toMatchObject({ status: 'ERROR', errorCode: -2004 });
  });

  it('goes to the party that its destination names', async () => {
    const server = await bridgeServer();
    const asked: string[] = [];
    const platform = simulate(server, { parties: (destination) => ({ does: asked.push(destination) > 0 ? 'busy' : 'answers' }) });
    await platform.inboundCall({ caller }).closed;
    expect(asked).toEqual(['+6531589338']);
  });

  it('is told of by VCS of both legs', async () => {
    const server = await bridgeServer();
    const session = await simulate(server).inboundCall({ caller }).closed;
    const told = server.of('CALL_STATUS').map(({ payload }) => [payload.callStatus, session.callIds.indexOf(payload.callId)]);
    expect(told).toEqual([
      ['CALL_RECEIVED', 0],
      ['CALL_CONNECTED', 0],
      ['CALL_INITIATED', 1],
      ['CALL_CONNECTED', 1],
      ['CALL_UPDATED', 0],
      ['CALL_DISCONNECTED', 1],
      ['CALL_DISCONNECTED', 0],
    ]);
  });

  it('is recorded where it was asked for', async () => {
    const recorded = { action: 'makeCall', params: { source: '+6568332048', destination: '+6531589338', callRecording: true } };
    const server = await serveWebhooks((event) => (event.payload.callStatus === 'CALL_RECEIVED' ? answer(recorded) : answer(hangup)));
    const session = await simulate(server).inboundCall({ caller }).closed;
    expect(server.of('CALL_RECORDING_STATUS')[0]?.payload).toMatchObject({
      sessionId: session.id,
      durationSeconds: 23,
      status: 'UPLOAD_COMPLETED',
    });
  });
});

describe('settings of bridges', () => {
  it.each<[Party, number]>([
    [{ does: 'busy' }, 0],
    [{ does: 'answers', talkMs: 7_000 }, 7],
  ])('bridgeSipCode always-200: the code says nothing of a party that %j', async (parties, callDuration) => {
    const server = await bridgeServer();
    const session = await simulate(server, { parties, behaviour: { bridgeSipCode: 'always-200' } }).inboundCall({ caller }).closed;
    expect(server.of('CALL_ACTION')[1]?.payload).toMatchObject({ callId: session.callIds[1], sipCode: 200, callDuration });
  });

  it('vcaAfterBridge none: the session ends, and the summary tells the outcome', async () => {
    const server = await bridgeServer();
    const session = await simulate(server, { parties: { does: 'busy' }, behaviour: { vcaAfterBridge: 'none' } }).inboundCall({ caller })
      .closed;
    expect(server.of('CALL_ACTION')).toHaveLength(1);
    expect(session.end).toMatchObject({ by: 'party', status: 'BUSY' });
  });

  it('vcaAfterBridge first-leg: the VCA tells of the first leg', async () => {
    const server = await bridgeServer();
    const session = await simulate(server, { parties: { does: 'busy' }, behaviour: { vcaAfterBridge: 'first-leg' } }).inboundCall({
      caller,
    }).closed;
    expect(server.of('CALL_ACTION')[1]?.payload).toMatchObject({ callId: session.callIds[0], sipCode: 200, callDirection: 'INBOUND' });
  });

  it.each(['off', 'UPLOAD_FAILED'] as const)('recordings %s', async (recordings) => {
    const recorded = { action: 'makeCall', params: { source: '+6568332048', destination: '+6531589338', callRecording: true } };
    const server = await serveWebhooks((event) => (event.payload.callStatus === 'CALL_RECEIVED' ? answer(recorded) : answer(hangup)));
    await simulate(server, { behaviour: { recordings } }).inboundCall({ caller }).closed;
    expect(server.of('CALL_RECORDING_STATUS').map(({ payload }) => payload['status'])).toEqual(recordings === 'off' ? [] : [recordings]);
  });
});
