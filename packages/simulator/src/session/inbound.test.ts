import { describe, expect, it } from 'vitest';
import { caller } from '../callers/script.ts';
import { answer, ask, digitsOf, hangup, menuServer, say, serveWebhooks, simulate, VOICE } from '../webhook-server.test-support.ts';

describe('an inbound call', () => {
  it('sends VCA, and VSS at the end, with what the documents show', async () => {
    const server = await menuServer();
    const platform = simulate(server, { subAccountId: 'account_x', numbers: [{ number: '+6568332048', referenceId: 'vn-1' }] });
    const session = await platform.inboundCall({ from: '+6591178965', caller: caller.press('2').press('1') }).closed;
    const vcas = server.of('CALL_ACTION').map(({ payload }) => payload);
    expect(vcas).toMatchObject([
      {
        callStatus: 'CALL_RECEIVED',
        callDirection: 'INBOUND',
        source: '+6591178965',
        destination: '+6568332048',
        destinationRefId: 'vn-1',
        sipCode: 200,
        subAccountId: 'account_x',
      },
      { callStatus: 'ACTION_COMPLETED', clientActionId: 'menu', eventData: { dtmf: '2' } },
      { callStatus: 'ACTION_COMPLETED', clientActionId: 'menu', eventData: { dtmf: '1' } },
    ]);
    expect(vcas[0]).not.toHaveProperty('clientActionId');
    expect(new Set(vcas.map(({ eventId }) => eventId)).size).toBe(3);
    expect(server.of('SESSION_SUMMARY')).toMatchObject([
      {
        version: 5,
        payload: {
          sessionId: session.id,
          sessionStatus: 'COMPLETED',
          lastAction: 'HANGUP',
          callCount: 1,
          details: { callA: { callStatus: 'COMPLETED', destinationRefId: 'vn-1' } },
        },
      },
    ]);
  });

  it.each(['callflow', 'action'] as const)('delivers no digits of a capture before a hangup, and says so: a VCA per %s', async (vcaPer) => {
    const server = await serveWebhooks(() => answer(ask('Press a key'), hangup));
    const platform = simulate(server, { behaviour: { vcaPer } });
    const session = await platform.inboundCall({ caller: caller.press('1') }).closed;
    expect(server.of('CALL_ACTION')).toHaveLength(1);
    expect(platform.faults).toMatchObject([{ kind: 'digits-ignored', turn: 0, message: expect.stringContaining('hangup') as string }]);
    expect(session.end).toMatchObject({ by: 'server', status: 'COMPLETED' });
  });

  it('tells progress where a VCS webhook is registered', async () => {
    const server = await menuServer();
    await simulate(server).inboundCall({ caller: caller.press('1') }).closed;
    expect(server.of('CALL_STATUS').map(({ payload }) => payload.callStatus)).toEqual([
      'CALL_RECEIVED',
      'CALL_CONNECTED',
      'DTMF_RECEIVED',
      'CALL_DISCONNECTED',
    ]);
  });

  it('carries the registered secret', async () => {
    const server = await menuServer();
    await simulate(server, { httpAuthHeader: 'Basic c2VjcmV0' }).inboundCall({ caller: caller.press('1') }).closed;
    expect(new Set(server.received.map(({ headers }) => headers['authorization']))).toEqual(new Set(['Basic c2VjcmV0']));
  });

  it('lets time pass as speech, files and pauses take it', async () => {
    const server = await serveWebhooks(() =>
      answer(say('x'.repeat(100)), { action: 'playFile', params: { fileUrl: 'https://a.test/a.wav', repetition: 2 } }, hangup),
    );
    const platform = simulate(server, { behaviour: { capture: { msPerCharacter: 50 }, playFileMs: 2_000 } });
    const session = platform.inboundCall({ caller });
    const began = session.now();
    await session.closed;
    expect(session.now() - began).toBe(100 * 50 + 2 * 2_000);
    expect(session.heard).toEqual(['x'.repeat(100), 'file: https://a.test/a.wav', 'file: https://a.test/a.wav']);
  });

  it('repeats and speeds up what it speaks', async () => {
    const server = await serveWebhooks(() =>
      answer({ action: 'say', params: { text: 'x'.repeat(10), voiceProfile: VOICE, repetition: 3, speed: 2 } }, hangup),
    );
    const session = await simulate(server, { behaviour: { capture: { msPerCharacter: 100 } } }).inboundCall({ caller }).closed;
    expect(session.events.filter(({ type }) => type === 'spoken').map(({ at }) => at - (session.events[0]?.at ?? 0))).toEqual([
      0, 500, 1000,
    ]);
  });

  it('is withheld without a source', async () => {
    const server = await menuServer();
    await simulate(server).inboundCall({ from: null, caller: caller.press('1') }).closed;
    expect(server.of('CALL_ACTION')[0]?.payload).not.toHaveProperty('source');
  });

  it('has the tries, messages and timeouts of a capture', async () => {
    const params = { noOfTries: 2, minDigits: 2, maxDigits: 2, failureMessage: 'Again', successMessage: 'Thanks' };
    const server = await serveWebhooks((event) =>
      event.payload.callStatus === 'CALL_RECEIVED' ? answer(ask('Code', params)) : answer(hangup),
    );
    const session = await simulate(server).inboundCall({ caller: caller.press('7').press('42') }).closed;
    expect(session.heard).toEqual(['Code', 'Again', 'Code', 'Thanks']);
    expect(server.of('CALL_ACTION').map(digitsOf)).toEqual([undefined, '42']);
  });

  it('runs what follows a capture only if its answer does not take its place', async () => {
    const flow = { callflow: [ask('Digit'), say('Left over'), hangup] };
    const server = await serveWebhooks((event) => (event.payload.callStatus === 'CALL_RECEIVED' ? flow : answer(say('New'), hangup)));
    const replaced = await simulate(server).inboundCall({ caller: caller.press('1') }).closed;
    expect(replaced.heard).toEqual(['Digit', 'New']);
    const queued = await simulate(server, { seed: 2, behaviour: { answerReplaces: false } }).inboundCall({ caller: caller.press('1') })
      .closed;
    expect(queued.heard).toEqual(['Digit', 'Left over']);
  });
});

describe('the end of an inbound call', () => {
  it('is COMPLETED when the caller hangs up', async () => {
    const server = await menuServer();
    const session = await simulate(server).inboundCall({ caller: caller.waitFor('Press one').hangUp() }).closed;
    expect(session.end).toMatchObject({ by: 'caller', status: 'COMPLETED' });
    expect(server.of('SESSION_SUMMARY')[0]?.payload).toMatchObject({ sessionStatus: 'COMPLETED', lastAction: 'SAY_AND_CAPTURE' });
  });

  it('is CANCELED when the caller hangs up before the first answer', async () => {
    const server = await menuServer();
    const platform = simulate(server);
    const session = platform.inboundCall();
    await session.hangUp();
    expect(session.end).toMatchObject({ by: 'caller', status: 'CANCELED' });
    expect(server.of('SESSION_SUMMARY')[0]?.payload['details']).toMatchObject({ callA: { callStatus: 'CANCELED', callDuration: 0 } });
  });

  it('comes after the longest duration', async () => {
    const server = await serveWebhooks(() => answer(ask('Again?')));
    const platform = simulate(server, { behaviour: { longestSessionMs: 60_000 } });
    const session = await platform.inboundCall({ caller }).closed;
    expect(session.end).toMatchObject({ by: 'caller', cutBy: 'patience' });
  });

  it('is told only once, after everything else', async () => {
    const server = await menuServer();
    await simulate(server).inboundCall({ caller: caller.press('1') }).closed;
    expect(server.received.filter(({ eventType }) => eventType !== 'CALL_STATUS').at(-1)?.eventType).toBe('SESSION_SUMMARY');
    expect(server.of('SESSION_SUMMARY')).toHaveLength(1);
  });
});
