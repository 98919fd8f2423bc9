import { describe, expect, it } from 'vitest';
import type { BehaviourOptions } from '../behaviour.ts';
import { caller, type Script } from '../callers/script.ts';
import type { SimulatedSession } from './simulated-session.ts';
import {
  answer,
  ask,
  digitsOf,
  hangup,
  say,
  serveWebhooks,
  simulate,
  type Answer,
  type Received,
  type WebhookServer,
} from '../webhook-server.test-support.ts';

const isFirst = (event: Received): boolean => event.payload.callStatus === 'CALL_RECEIVED';

/** Calls once and gives what was received. */
async function run(
  behaviour: BehaviourOptions,
  script: Script,
  answers: (event: Received) => Answer,
): Promise<{ server: WebhookServer; session: SimulatedSession; vcas: Received[] }> {
  const server = await serveWebhooks(answers);
  const session = await simulate(server, { behaviour }).inboundCall({ caller: script }).closed;
  return { server, session, vcas: server.of('CALL_ACTION') };
}

/** Asks once and hangs up. */
const askOnce =
  (params: object) =>
  (event: Received): Answer =>
    isFirst(event) ? answer(ask('Digits', params)) : answer(hangup);

describe('vcaPer', () => {
  const server = (event: Received): Answer => (isFirst(event) ? answer(say('One'), say('Two'), ask('Digit')) : answer(say('End'), hangup));

  it('callflow: one VCA when the callflow has run', async () => {
    const { session, vcas } = await run({}, caller.press('5'), server);
    expect(session.heard).toEqual(['One', 'Two', 'Digit', 'End']);
    expect(vcas.map(digitsOf)).toEqual([undefined, '5']);
  });

  it('action: one VCA after each action, whose answer takes the place of the rest', async () => {
    const answers = [answer(say('One'), ask('Digit')), answer(say('Two'), hangup), answer(hangup)];
    const { session, vcas } = await run({ vcaPer: 'action' }, caller, () => answers.shift() ?? answer(hangup));
    expect(session.heard).toEqual(['One', 'Two']);
    expect(vcas).toHaveLength(3);
  });

  it('action: a server that gives one action at a time is heard in full', async () => {
    const steps = [say('One'), say('Two'), ask('Digit'), hangup];
    let next = 0;
    const { session, vcas } = await run({ vcaPer: 'action' }, caller.press('5'), () => answer(steps[next++] ?? hangup));
    expect(session.heard).toEqual(['One', 'Two', 'Digit']);
    expect(vcas.map(digitsOf)).toEqual([undefined, null, null, '5']);
  });
});

describe('what a capture tells', () => {
  const hash = { completeOnHash: true, maxDigits: 4 };
  it.each<[string, BehaviourOptions, Script, object, string | null | undefined]>([
    ['closingHash omitted', {}, caller.press('12#'), hash, '12'],
    ['closingHash included', { capture: { closingHash: 'included' } }, caller.press('12#'), hash, '12#'],
    ['silence null', {}, caller, {}, null],
    ['silence absent', { capture: { silence: 'absent' } }, caller, {}, undefined],
    ['silence empty', { capture: { silence: 'empty' } }, caller, {}, ''],
    ['only a hash', {}, caller.press('#'), hash, ''],
    ['only a hash, included', { capture: { closingHash: 'included' } }, caller.press('#'), hash, '#'],
    ['failedEntry digits', {}, caller.press('1#'), { ...hash, minDigits: 2 }, '1'],
    ['failedEntry silence', { capture: { failedEntry: 'silence' } }, caller.press('1#'), { ...hash, minDigits: 2 }, null],
    ['maxDigitsEndsHashEntry', { capture: { maxDigitsEndsHashEntry: true } }, caller.press('12345'), hash, '1234'],
    ['hashInFixedEntry digit', {}, caller.press('1#'), { minDigits: 2, maxDigits: 2 }, '1#'],
    ['hashInFixedEntry ignored', { capture: { hashInFixedEntry: 'ignored' } }, caller.press('1#2'), { minDigits: 2, maxDigits: 2 }, '12'],
    [
      'defaults schema',
      { capture: { defaults: 'schema', maxDigitsEndsHashEntry: true } },
      caller.press('12'),
      { completeOnHash: true, maxDigits: null, minDigits: null },
      '1',
    ],
  ])('%s', async (_what, behaviour, script, params, dtmf) => {
    const { vcas } = await run(behaviour, script, askOnce(params));
    expect(vcas).toHaveLength(2);
    expect(digitsOf(vcas[1] as Received)).toBe(dtmf);
  });

  it.each<['always' | 'between-tries', string[]]>([
    ['always', ['Digits', 'No', 'Digits', 'No']],
    ['between-tries', ['Digits', 'No', 'Digits']],
  ])('failureMessage %s', async (failureMessage, heard) => {
    const { session } = await run({ capture: { failureMessage } }, caller, askOnce({ noOfTries: 2, failureMessage: 'No' }));
    expect(session.heard).toEqual(heard);
  });
});

describe('keyWhileSpeaking', () => {
  it.each(['interrupts', 'lost'] as const)('%s', async (keyWhileSpeaking) => {
    const long = (event: Received): Answer => (isFirst(event) ? answer(ask('x'.repeat(100))) : answer(hangup));
    const { vcas } = await run(
      { capture: { keyWhileSpeaking, msPerCharacter: 10 } },
      caller.press('1', { interrupt: true, after: 500 }),
      long,
    );
    expect(digitsOf(vcas[1] as Received)).toBe(keyWhileSpeaking === 'lost' ? null : '1');
  });
});

describe('wire', () => {
  it('is how every webhook is written', async () => {
    const { server, vcas } = await run(
      { wire: { numbers: 'bare', missing: 'null', keyOrder: 'payload-first', unknownFields: true } },
      caller.press('5'),
      askOnce({}),
    );
    expect(vcas[0]?.payload).toMatchObject({ source: expect.stringMatching(/^65\d+$/u) as string, clientActionId: null });
    for (const { raw } of server.received) expect(raw).toMatch(/^\{"payload".*"platformRegion"/u);
  });
});

describe('afterLastAction', () => {
  const server = (event: Received): Answer => (isFirst(event) ? answer(say('One')) : answer(say('Two'), hangup));

  it('vca: the server is asked what comes next', async () => {
    expect((await run({}, caller, server)).session.heard).toEqual(['One', 'Two']);
  });

  it('end: the session is over', async () => {
    const { session } = await run({ afterLastAction: 'end' }, caller, server);
    expect(session.heard).toEqual(['One']);
    expect(session.end).toMatchObject({ by: 'platform', status: 'COMPLETED' });
  });

  it('silence: the line stays open until the caller hangs up', async () => {
    const { session } = await run({ afterLastAction: 'silence' }, caller.wait(60_000).hangUp(), server);
    expect(session.events.map(({ type }) => type)).toContain('silence');
    expect(session.end?.by).toBe('caller');
  });
});

describe('redelivery', () => {
  const flaky = (): ((event: Received) => Answer) => {
    let asked = 0;
    return () => (++asked < 3 ? { status: 503, body: {} } : answer(say('At last'), hangup));
  };

  it('none: a VCA that failed once ends the session', async () => {
    expect((await run({}, caller, flaky())).session.end?.status).toBe('ERROR');
  });

  it('two times, each after a while, with the same event id', async () => {
    const { session, vcas } = await run({ redelivery: { times: 2, afterMs: 700 } }, caller, flaky());
    expect(session.heard).toEqual(['At last']);
    expect(new Set(vcas.map(({ raw }) => raw)).size).toBe(1);
    expect((session.events.find(({ type }) => type === 'answered')?.at ?? 0) - (session.events[0]?.at ?? 0)).toBe(1_400);
  });

  it('with event ids of their own', async () => {
    const { vcas } = await run({ redelivery: { times: 2, eventId: 'new' } }, caller, flaky());
    expect(new Set(vcas.map(({ payload }) => payload.eventId)).size).toBe(3);
  });

  it('gives up in the end', async () => {
    const { session, vcas } = await run({ redelivery: { times: 2 } }, caller, () => ({ status: 503, body: {} }));
    expect([session.end?.status, vcas.length]).toEqual(['ERROR', 3]);
  });
});

describe('holds', () => {
  const server = (event: Received): Answer => {
    if (isFirst(event)) return { clientActionId: 'hold.0', ...answer(say('Real words'), ask('One moment')) };
    return { clientActionId: 'menu.1', ...answer(ask('Press one')) };
  };

  it('are neither answered nor heard', async () => {
    const served = await serveWebhooks((event) => (event.payload.clientActionId === 'menu.1' ? answer(hangup) : server(event)));
    const holds = {
      isHold: ({ clientActionId }: { clientActionId?: string }) => clientActionId?.startsWith('hold.') === true,
      isFiller: (text: string) => text === 'One moment',
    };
    const session = await simulate(served, { holds }).inboundCall({ caller: caller.press('1') }).closed;
    expect(session.heard).toEqual(['Real words', 'Press one']);
    expect(served.of('CALL_ACTION').map(digitsOf)).toEqual([undefined, null, '1']);
  });

  it('are filler altogether where nothing else is said', async () => {
    const served = await serveWebhooks((event) => (event.payload.clientActionId === 'menu.1' ? answer(hangup) : server(event)));
    const session = await simulate(served, { holds: { isHold: ({ clientActionId }) => clientActionId === 'hold.0' } }).inboundCall({
      caller: caller.press('1'),
    }).closed;
    expect(session.heard).toEqual(['Press one']);
  });
});
