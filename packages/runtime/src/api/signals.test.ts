import { capture, defineFlow, say, tags, waitFor } from '@hookswitch/dsl';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../app.ts';
import type { AuditList } from './schemas.ts';

const labels = tags({ order: 'number' });
const shop = defineFlow({ name: 'shop', voice: 'en-US-ZiraRUS', tags: labels }, function* () {
  yield labels.set({ order: 4711 });
  yield* capture('Go?', { id: 'go', maxDigits: 1, completeOnHash: false });
  for (;;) {
    const paid = yield* waitFor('paid', { hold: [say('Still checking.')], examples: { ok: { amount: 5 } } });
    if (!paid.arrived) return;
  }
});
const TOKEN = 'a-long-enough-api-token';

async function served() {
  const app = await createApp({ flows: [shop], store: 'memory', allowUnverified: true, apiTokens: [TOKEN], logLevel: 'silent' });
  onTestFinished(() => app.close());
  const webhook = async (kind: 'vca' | 'vss', sessionId: string, details: object) => {
    const payload = {
      eventId: `${kind}-${sessionId}-${JSON.stringify(details).length}`,
      timestamp: new Date().toISOString(),
      subAccountId: 'acme',
      sessionId,
      ...details,
    };
    const reply = await app.inject({
      method: 'POST',
      url: `/webhooks/${kind}`,
      payload: { eventType: kind === 'vca' ? 'CALL_ACTION' : 'SESSION_SUMMARY', ...payload, payload, details },
    });
    return reply.payload;
  };
  const parties = { callDirection: 'INBOUND', source: '+6590000001', destination: '+6531589338' };
  const call = async (sessionId: string) => {
    await webhook('vca', sessionId, { ...parties, callStatus: 'CALL_RECEIVED' });
    const { calls } = (await ask('GET', '/calls')).json<{ calls: { id: string; sessionId: string }[] }>();
    return calls.find((one) => one.sessionId === sessionId)?.id ?? '';
  };
  const wait = (sessionId: string) =>
    webhook('vca', sessionId, { ...parties, callStatus: 'ACTION_COMPLETED', clientActionId: 'go.0', dtmf: '1' });
  const ask = (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: unknown, headers: Record<string, string> = {}) =>
    app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${TOKEN}`, ...(payload === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(payload === undefined ? {} : { payload: typeof payload === 'string' ? payload : JSON.stringify(payload) }),
    });
  const signal = async (target: string, body: unknown = { amount: 5 }, key: string | null = null, name = 'paid') => {
    const reply = await ask(
      'POST',
      `/calls/${encodeURIComponent(target)}/signals/${name}`,
      body,
      key === null ? {} : { 'idempotency-key': key },
    );
    return { status: reply.statusCode, ...reply.json<{ error?: string; message?: string; call?: string; outcome?: string }>() };
  };
  return {
    app,
    call,
    wait,
    signal,
    ask,
    over: (sessionId: string) => webhook('vss', sessionId, { callStatus: 'COMPLETED', status: 'COMPLETED' }),
  };
}

describe('POST /calls/:id/signals/:name', () => {
  it('gives a call a signal, named by its id, its session or a tag', async () => {
    const { call, wait, signal } = await served();
    const id = await call('s1');
    expect(await signal(id)).toEqual({ status: 202, call: id, signal: 'paid', outcome: 'kept' });
    await wait('s1');
    for (const target of [id, 's1', 'order=4711']) expect(await signal(target)).toMatchObject({ status: 202, call: id, outcome: 'taken' });
  });

  it('takes any JSON, and null where nothing is sent', async () => {
    const { call, signal, ask } = await served();
    const id = await call('s1');
    for (const body of [null, 0, false, '"text"', [], { deep: { er: [1] } }]) expect(await signal(id, body)).toMatchObject({ status: 202 });
    expect((await ask('POST', `/calls/${id}/signals/paid`)).statusCode).toBe(202);
  });

  it('answers the same request the same, also once its call is over and another one has the tag', async () => {
    const { call, wait, signal, over } = await served();
    const id = await call('s1');
    await wait('s1');
    const first = await signal('order=4711', undefined, 'k1');
    expect(first).toMatchObject({ status: 202, call: id });
    await over('s1');
    await call('s2');
    expect(await signal('order=4711', undefined, 'k1')).toEqual(first);
    expect(await signal('order=4711', { amount: 6 }, 'k1')).toMatchObject({ status: 422, error: 'HS_SIGNAL_KEY_REUSED' });
  });

  it('delivers nothing where several open calls have the tag', async () => {
    const { app, call, signal } = await served();
    const ids = [await call('s1'), await call('s2')];
    expect(await signal('order=4711')).toMatchObject({ status: 409, error: 'HS_SIGNAL_CALL_AMBIGUOUS' });
    for (const id of ids) expect(await app.hookswitch.store.signals(id)).toEqual([]);
  });

  it('says why a call that is over takes none', async () => {
    const { call, signal, over, ask } = await served();
    const id = await call('s1');
    await ask('DELETE', `/calls/${id}`);
    expect(await signal(id)).toMatchObject({ status: 409, message: 'The call takes no signals any longer: its end was requested.' });
    await over('s1');
    for (const target of [id, 'order=4711'])
      expect(await signal(target)).toMatchObject({
        status: 409,
        error: 'HS_SIGNAL_CALL_OVER',
        message: expect.stringContaining('it has ended') as string,
      });
  });

  it.each<[string, Parameters<Awaited<ReturnType<typeof served>>['signal']>, object]>([
    ['an unknown call', ['nobody'], { status: 404, error: 'HS_SIGNAL_CALL_UNKNOWN' }],
    ['an unknown tag', ['order=1'], { status: 404, error: 'HS_SIGNAL_CALL_UNKNOWN' }],
    ['a condition that is no tag', ['order>=1'], { status: 400, error: 'path' }],
    ['a name for which the flow waits nowhere', ['s1', {}, null, 'pajd'], { status: 404, error: 'HS_SIGNAL_NOT_AWAITED' }],
    ['a name that can be none', ['s1', {}, null, 'a%20b'], { status: 400, error: 'path' }],
    [
      'a value that is too large',
      ['s1', 'x'.repeat(70_000).replace(/^.*$/, (text) => JSON.stringify(text))],
      { status: 413, error: 'HS_SIGNAL_TOO_LARGE' },
    ],
    ['a value that is nested too deep', ['s1', `${'['.repeat(500)}${']'.repeat(500)}`], { status: 400, error: 'HS_SIGNAL_VALUE' }],
    ['what is no JSON', ['s1', '{'], { status: 400, error: 'request' }],
    ['a key that is no key', ['s1', {}, 'two words'], { status: 400, error: 'field' }],
  ])('refuses %s, and changes nothing', async (_, [target, ...given], refusal) => {
    const { app, call, signal } = await served();
    const id = await call('s1');
    const before = await app.hookswitch.store.load({ id });
    expect(await signal(target, ...given)).toMatchObject(refusal);
    expect(await app.hookswitch.store.load({ id })).toEqual(before);
  });

  it('bounds what is sent to one call, which is well still', async () => {
    const { call, wait, signal } = await served();
    const id = await call('s1');
    const answers = await Promise.all(Array.from({ length: 400 }, () => signal(id)));
    expect(new Set(answers.map(({ status, error }) => `${status} ${error ?? ''}`))).toEqual(new Set(['202 ', '429 HS_SIGNAL_TOO_MANY']));
    expect(answers.filter(({ status }) => status === 202).length).toBeLessThanOrEqual(100);
    expect(await wait('s1')).toContain('Still checking.');
  });

  it('is in the audit list with its call, and nothing of its body', async () => {
    const { call, signal, ask } = await served();
    const id = await call('s1');
    await signal('order=4711', { to: '+6591178965', flow: 'shop', id: 'x' });
    const { entries } = (await ask('GET', '/audit')).json<AuditList>();
    expect(entries).toMatchObject([{ action: 'call.signal', callId: id, flow: 'shop', to: null, result: 202 }]);
  });
});

describe('app.hookswitch.signal', () => {
  it('is the same in process', async () => {
    const { app, call } = await served();
    const id = await call('s1');
    expect(await app.hookswitch.signal('order=4711', 'paid', { amount: 5 }, { idempotencyKey: 'k' })).toMatchObject({
      call: { id },
      outcome: 'kept',
    });
    await expect(app.hookswitch.signal('order=4711', 'paid', new Map())).rejects.toThrow('must be JSON');
    await expect(app.hookswitch.signal('order=4711', 'paid', { amount: 2n })).rejects.toMatchObject({ code: 'HS_SIGNAL_VALUE' });
    await expect(app.hookswitch.signal('nobody', 'paid')).rejects.toMatchObject({ code: 'HS_SIGNAL_CALL_UNKNOWN', status: 404 });
  });
});
