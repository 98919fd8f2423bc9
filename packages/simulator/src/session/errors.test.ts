import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { caller } from '../callers/script.ts';
import { answer, ask, hangup, makeCall, say, serveWebhooks, simulate, type Answer } from '../webhook-server.test-support.ts';

const tooLong = { action: 'say', params: { text: 'x'.repeat(3001), voiceProfile: 'en-US-ZiraRUS' } };

describe('the text of an error', () => {
  it.each<[Answer, number, string]>([
    [{ status: 500, body: { error: 'oops' } }, -2002, 'An internal connectivity error has occurred'],
    [answer(), -2003, 'The call flow provided is invalid'],
  ])('is what 8x8 writes for its code, to the letter: %j', async (reply, errorCode, errorMsg) => {
    const server = await serveWebhooks(() => reply);
    await simulate(server).inboundCall({ caller }).closed;
    expect(server.of('SESSION_SUMMARY')[0]?.payload).toMatchObject({ errorDetails: { errorCode, errorMsg } });
  });
});

describe('an answer that a platform refuses ends the session with ERROR, and the platform says why', () => {
  it.each<[string, Answer, string, number, RegExp]>([
    ['another status', { status: 500, body: { error: 'oops' } }, 'status', -2002, /status 500; it must be 200/u],
    ['no content', { status: 204, body: null }, 'status', -2002, /status 204/u],
    ['something that is not JSON', 'Hello', 'not-json', -2003, /not JSON: "Hello"/u],
    ['nothing', '', 'not-json', -2003, /not JSON: \(nothing\)/u],
    ['a callflow with an error', answer(tooLong), 'callflow', -2003, /-1009 at \$\.callflow\[0\]\.params\.text/u],
    ['an empty callflow', answer(), 'callflow', -2003, /-1009 at \$\.callflow/u],
    ['a number that is not its own', answer(makeCall('+6531589338', '+6500000')), 'callflow', -2008, /-1014/u],
  ])('%s', async (_what, body, kind, code, message) => {
    const server = await serveWebhooks(() => body);
    const platform = simulate(server, { numbers: ['+6568332048'] });
    const session = await platform.inboundCall({ caller, name: 'the call' }).closed;
    expect(session.end).toMatchObject({ by: 'platform', status: 'ERROR', errorCode: code, cutBy: null });
    expect(platform.faults).toMatchObject([
      { kind, sessionId: session.id, call: 'the call', turn: 0, message: expect.stringMatching(message) as string },
    ]);
    expect(server.of('SESSION_SUMMARY')[0]?.payload).toMatchObject({ sessionStatus: 'ERROR', errorDetails: { errorCode: code } });
  });

  it('an answer that is too slow', async () => {
    const server = await serveWebhooks(() => new Promise<Answer>(() => {}));
    const platform = simulate(server, { webhookUrls: { VCA: server.url }, behaviour: { answerTimeoutMs: 50 } });
    const session = await platform.inboundCall({ caller }).closed;
    expect(session.end).toMatchObject({ status: 'ERROR', errorCode: -2002 });
    expect(platform.faults).toMatchObject([{ kind: 'timeout', message: expect.stringContaining('no answer within 50 ms') as string }]);
  });

  it('a server that is not there', async () => {
    const platform = simulate(null, { webhookUrls: 'http://127.0.0.1:9/' });
    const session = await platform.inboundCall({ caller }).closed;
    expect(session.end?.errorCode).toBe(-2002);
    expect(platform.faultCounts).toEqual({ connection: expect.any(Number) as number });
  });

  it('no webhook to ask', async () => {
    const platform = simulate(null);
    const session = await platform.inboundCall({ caller }).closed;
    expect(session.end).toMatchObject({ status: 'ERROR', errorCode: -2002 });
    expect(platform.faultCounts).toEqual({ 'no-webhook': 1 });
  });

  it('a wrong answer in the middle of a call names its turn', async () => {
    const server = await serveWebhooks((event) =>
      event.payload.callStatus === 'CALL_RECEIVED' ? answer(ask('Digit')) : answer({ action: 'dance' }),
    );
    const platform = simulate(server);
    await platform.inboundCall({ caller: caller.press('1') }).closed;
    expect(platform.faults).toMatchObject([{ kind: 'callflow', turn: 1, code: -1007, path: '$.callflow[0].action' }]);
  });
});

describe('other things that are wrong', () => {
  it('a summary that is not answered with 200 is a fault, and no more', async () => {
    const app = Fastify();
    app.post('/vca', () => answer(say('Bye'), hangup));
    app.post('/vss', (_request, reply) => reply.code(503).send());
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    const platform = simulate(null, { webhookUrls: { VCA: `${url}/vca`, VSS: `${url}/vss` } });
    const session = await platform.inboundCall({ caller }).closed;
    expect(session.end?.status).toBe('COMPLETED');
    expect(platform.faults).toMatchObject([
      { kind: 'status', turn: null, message: expect.stringContaining('VSS was answered with status 503') as string },
    ]);
    await app.close();
  });

  it('a session that is one too many ends with -2010', async () => {
    const server = await serveWebhooks(() => answer(say('Bye'), hangup));
    const platform = simulate(server, { behaviour: { trunkCapacity: 1 } });
    const [first, second] = [platform.inboundCall({ caller }), platform.inboundCall({ caller })];
    expect((await first.closed).end?.status).toBe('COMPLETED');
    expect((await second.closed).end).toMatchObject({ status: 'ERROR', errorCode: -2010 });
    expect((await platform.inboundCall({ caller }).closed).end?.status).toBe('COMPLETED');
  });

  it('a caller that throws ends its own session only', async () => {
    const server = await serveWebhooks(() => answer(say('Bye'), hangup));
    const platform = simulate(server);
    const clumsy = { name: 'clumsy', begin: () => (): void => expect.unreachable() };
    const session = platform.inboundCall({
      caller: { ...clumsy, begin: () => (event) => event.type === 'spoken' && expect.unreachable('clumsy') },
    });
    expect((await session.closed).end).toMatchObject({ status: 'ERROR', errorCode: -2001 });
    expect((await platform.inboundCall({ caller }).closed).end?.status).toBe('COMPLETED');
  });

  it('faults are counted, and the newest are kept', async () => {
    const server = await serveWebhooks(() => ({ status: 500, body: {} }));
    const platform = simulate(server, { remember: 2 });
    for (let call = 0; call < 4; call++) await platform.inboundCall({ caller }).closed;
    expect(platform.faultCounts).toEqual({ status: 4 });
    expect(platform.faults.map(({ call }) => call)).toEqual(['3', '4']);
  });
});
