import { describe, expect, it } from 'vitest';
import { SimulatorOptionError } from '../errors/simulator-option-error.ts';
import {
  answer,
  ask,
  digitsOf,
  hangup,
  menuServer,
  say,
  serveWebhooks,
  simulate,
  type WebhookServer,
} from '../webhook-server.test-support.ts';
import { caller } from './script.ts';
import { randomWalker } from './walker.ts';

/** Repeats a prompt for entries until `9` is pressed. */
function echoServer(params: object = {}): Promise<WebhookServer> {
  return serveWebhooks((event) =>
    digitsOf(event) === '9' ? answer(hangup) : answer(say(`You said ${digitsOf(event) ?? 'nothing'}`), ask('Entry', params)),
  );
}

describe('a script', () => {
  it('goes on only when it has heard what it waits for', async () => {
    const platform = simulate(await menuServer());
    const session = await platform.inboundCall({
      caller: caller.waitFor('Press').press('3').waitFor(/^Oth/u).waitFor('Press').press('1').waitFor('One'),
    }).closed;
    expect(session.end?.by).toBe('server');
    expect(platform.faults).toEqual([]);
  });

  it('says what was to be heard, and hangs up', async () => {
    const platform = simulate(await menuServer());
    const session = await platform.inboundCall({ caller: caller.expectHears('Welcome', 'Press two').press('1') }).closed;
    expect(session.end?.by).toBe('caller');
    expect(platform.faults).toMatchObject([
      { kind: 'wrong-prompt', message: 'The caller should have heard "Press two", but heard "Press one".' },
    ]);
  });

  it.each([
    [caller.press('1').waitFor('Never'), /ended before the caller heard "Never"/u],
    [caller.press('1').waitFor('One').expectHears(/more/u), /ended before the caller heard \/more\/u/u],
    [caller.press('1').press('2'), /ended before the caller could press/u],
    [caller.press('1').stayQuiet(), /ended where the caller should have been listened to/u],
  ])('says what never came (%#)', async (script, message) => {
    const platform = simulate(await menuServer());
    await platform.inboundCall({ caller: script }).closed;
    expect(platform.faults).toMatchObject([{ kind: 'wrong-prompt', message: expect.stringMatching(message) as string }]);
  });

  it('blames nothing on a call that it ended by itself', async () => {
    const platform = simulate(await menuServer());
    await platform.inboundCall({ caller: caller.stayQuiet().hangUp({ after: 1_000 }).waitFor('Never') }).closed;
    expect(platform.faults).toEqual([]);
  });

  it('stays quiet for one prompt', async () => {
    const server = await echoServer();
    await simulate(server).inboundCall({ caller: caller.stayQuiet().press('5').press('9') }).closed;
    expect(server.of('CALL_ACTION').map(digitsOf)).toEqual([undefined, null, '5', '9']);
  });

  it('presses as fast as it is told to', async () => {
    const server = await echoServer({ maxDigits: 3, minDigits: 3, digitTimeout: 1_000 });
    const slow = caller.press('123', { gap: 1_500 }).press('456', { gap: 900 }).hangUp();
    await simulate(server).inboundCall({ caller: slow, thinkMs: 0 }).closed;
    expect(server.of('CALL_ACTION').map(digitsOf)).toEqual([undefined, '1', '2', '3', '456']);
  });

  it('thinks before it presses, and presses at a later prompt when that took too long', async () => {
    const server = await echoServer();
    await simulate(server).inboundCall({ caller: caller.press('9', { after: 6_000 }) }).closed;
    expect(server.of('CALL_ACTION').map(digitsOf)).toEqual([undefined, null, '9']);
    const other = await simulate(server, { seed: 2 }).inboundCall({ caller: caller.press('9'), thinkMs: 2_000 }).closed;
    const [listening, key] = ['listening', 'key'].map((type) => other.events.find((event) => event.type === type)?.at ?? 0);
    expect((key ?? 0) - (listening ?? 0)).toBe(2_000);
  });

  it('interrupts a prompt', async () => {
    const server = await serveWebhooks((event) => (digitsOf(event) === undefined ? answer(ask('x'.repeat(1_000))) : answer(hangup)));
    const session = await simulate(server, { behaviour: { capture: { msPerCharacter: 10 } } }).inboundCall({
      caller: caller.press('1', { interrupt: true, after: 400 }),
    }).closed;
    expect(session.events.find(({ type }) => type === 'captured')?.at).toBe(
      (session.events.find(({ type }) => type === 'spoken')?.at ?? 0) + 400,
    );
  });

  it('is a value: what is added to it leaves it as it was', () => {
    const base = caller.press('1');
    expect([base.named('a').name, base.press('2').named('b').name, base.name]).toEqual(['a', 'b', 'script']);
  });

  it.each([() => caller.press(''), () => caller.press('1', { gap: -1 }), () => caller.wait(-1), () => caller.hangUp({ after: -1 })])(
    'refuses what can not be done (%#)',
    (make) => {
      expect(make).toThrow(SimulatorOptionError);
    },
  );

  it('has no other keys than a telephone', () => {
    expect(() => caller.press('1a')).toThrow(/no key "a"/u);
  });
});

describe('a random walker', () => {
  const walk = async (seed: number, options = {}, params: object = {}): Promise<string[]> => {
    const server = await echoServer({ maxDigits: 4, completeOnHash: true, ...params });
    const session = await simulate(server, { seed }).inboundCall({ caller: randomWalker({ maxPrompts: 12, ...options }), name: 'walk' })
      .closed;
    return session.events.flatMap((event) => (event.type === 'key' ? [event.key] : []));
  };

  it('walks the same way for the same seed, and another one for another', async () => {
    const first = await walk(3);
    expect(first.length).toBeGreaterThan(5);
    expect(await walk(3)).toEqual(first);
    expect(await walk(4)).not.toEqual(first);
  });

  it('presses only the keys that it was given', async () => {
    expect(new Set(await walk(3, { keys: '12', odd: 0, quiet: 0, hangUp: 0 }))).toEqual(new Set(['1', '2', '#']));
  });

  it('is odd at times: hash or star alone, too few or too many digits', async () => {
    const keys = await walk(5, { odd: 1, quiet: 0, hangUp: 0, maxPrompts: 40 });
    expect(keys).toContain('*');
    expect(keys).toContain('#');
  });

  it.each([
    [{ hangUp: 1 }, 0],
    [{ quiet: 1, hangUp: 0 }, 0],
    [{ maxPrompts: 0 }, 0],
  ])('with %j presses nothing', async (options, keys) => {
    expect(await walk(1, options)).toHaveLength(keys);
  });

  it('keeps to the length of a fixed entry', async () => {
    const server = await echoServer({ maxDigits: 3, minDigits: 3 });
    await simulate(server).inboundCall({ caller: randomWalker({ odd: 0, quiet: 0, hangUp: 0, maxPrompts: 10 }) }).closed;
    const entries = server.of('CALL_ACTION').slice(1).map(digitsOf);
    expect(entries.length).toBeGreaterThan(8);
    for (const entry of entries) expect(entry).toMatch(/^\d{3}$/u);
  });

  it('refuses options that it does not know', () => {
    expect(() => randomWalker({ quite: 1 } as never)).toThrow(/Did you mean "quiet"/u);
    expect(() => randomWalker({ quiet: 2 })).toThrow(SimulatorOptionError);
    expect(() => randomWalker({ keys: 'abc' })).toThrow(/no key "a"/u);
  });
});
