import { describe, expect, it } from 'vitest';
import { explore } from '../chart/explore.ts';
import { toMermaid } from '../chart/mermaid.ts';
import { toStately } from '../chart/stately.ts';
import { verify } from '../chart/verify.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { Flow } from '../flow/effect.ts';
import type { StandardSchema } from '../flow/flow-options.ts';
import { menu } from '../questions/menu/menu.ts';
import { forEveryCall } from '../testing/every-call/every-call.ts';
import { MODES } from '../testing/modes.ts';
import { startCall } from '../testing/start-call.ts';
import { walkPath } from '../testing/walk-path.ts';
import { compile } from '../machine/compile.ts';
import { capture } from './capture.ts';
import { playFile } from './play-file.ts';
import { say } from './say.ts';
import { step } from './step.ts';
import { uninterruptible } from './uninterruptible.ts';
import { useLanguage } from './use-language.ts';
import { waitFor, type WaitForOptions } from './wait-for.ts';

interface Paid {
  readonly amount: number;
}

const paidSchema: StandardSchema<Paid> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value) => {
      const amount = Number((value as Paid | null)?.amount);
      return amount > 0 ? { value: { amount } } : { issues: [{ message: 'must be more than 0', path: ['amount'] }] };
    },
  },
};
const MUSIC = 'https://example.com/music.wav';
const options: WaitForOptions<Paid> = {
  schema: paidSchema,
  timeout: '1m',
  hold: [say('Still checking.'), playFile(MUSIC)],
  examples: { ok: { amount: 5 } },
};
const define = (body: () => Flow<unknown>) => defineFlow({ name: 'shop', voice: 'v' }, body);
const shop = define(function* () {
  yield say('Please pay on your phone.');
  const paid = yield* waitFor('paid', options);
  yield say(paid.arrived ? `We have got ${paid.value.amount} dollars.` : 'Nothing has come.');
  return paid.arrived ? paid.value.amount : 0;
});

describe.each(MODES)('a wait for a signal, %s', (mode) => {
  it('goes on with the signal that comes', async () => {
    const call = await startCall(shop, { mode });
    expect(call.heard).toEqual(['Please pay on your phone.', 'Still checking.']);
    await call.signal('paid', { amount: 5 });
    expect(call.heardLast).toEqual(['We have got 5 dollars.']);
    expect(call.result).toBe(5);
  });

  it('plays its hold piece by piece, over and over', async () => {
    const call = await startCall(shop, { mode });
    await call.wait(30_000);
    expect(call.heardLast).toEqual([MUSIC, 'Still checking.', MUSIC, 'Still checking.', MUSIC, 'Still checking.']);
    expect(call.site).toBe('paid');
  });

  it('goes on without when the time is over', async () => {
    const call = await startCall(shop, { mode });
    await call.wait(59_999);
    expect(call.site).toBe('paid');
    await call.wait(1);
    expect(call.heardLast).toEqual(['Nothing has come.']);
    expect(call.now - call.call.startedAt).toBe(60_000);
  });

  it('takes what came before, in the order in which it came', async () => {
    const early = define(function* () {
      yield* capture('Press any key.', { id: 'key', maxDigits: 1, completeOnHash: false });
      const first = yield* waitFor('paid', options);
      const second = yield* waitFor('paid', { ...options, id: 'again' });
      yield say(JSON.stringify([first, second]));
    });
    const call = await startCall(early, { mode });
    await call.signal('paid', { amount: 1 });
    await call.signal('paid', { amount: 2 });
    expect(call.site).toBe('key');
    await call.press('1');
    expect(call.heardLast).toEqual([
      JSON.stringify([
        { arrived: true, value: { amount: 1 } },
        { arrived: true, value: { amount: 2 } },
      ]),
    ]);
  });

  it('says what was said before the wait once', async () => {
    const call = await startCall(shop, { mode });
    await call.wait(20_000);
    await call.signal('paid', { amount: 5 });
    expect(call.heard.filter((text) => text === 'Please pay on your phone.')).toHaveLength(1);
    expect(call.sent.at(-1)?.callflow.map(({ action }) => action)).toEqual(['say', 'hangup']);
  });

  it('ends there when the caller hangs up', async () => {
    const flow = define(function* () {
      yield* waitFor('paid', options);
      yield* step('ship', () => null);
    });
    const call = await startCall(flow, { mode });
    await call.hangUp();
    expect(call.site).toBe('closed');
    expect(call.transcript).not.toContain('ship');
  });

  it('goes on without in a block that is uninterruptible', async () => {
    const flow = define(function* () {
      yield* uninterruptible(function* () {
        const paid = yield* waitFor('paid', options);
        yield* step('note', () => null, { examples: { done: null } });
        const later = yield* waitFor('paid', { ...options, id: 'later' });
        yield* step('note-both', () => null);
        return [paid, later];
      });
    });
    const seen: string[] = [];
    const note = (name: string) => () => {
      seen.push(name);
      return null;
    };
    const call = await startCall(flow, { mode, steps: { note: note('note'), 'note-both': note('note-both') } });
    await call.hangUp();
    expect(seen).toEqual(['note', 'note-both']);
    expect(call.site).toBe('closed');
  });
});

describe('a wait in a finally', () => {
  it('is not performed after the end', async () => {
    const flow = define(function* () {
      try {
        yield* capture('Press any key.', { id: 'key' });
      } finally {
        const paid = yield* waitFor('paid', options);
        yield* step('tidy', () => paid.arrived, { examples: { done: false } });
      }
    });
    const call = await startCall(flow, { steps: { tidy: null } });
    await call.hangUp();
    expect(call.site).toBe('closed');
    expect(verify(flow).problems.map(({ code, site }) => [code, site])).toContainEqual(['HS_VERIFY_FINALLY', 'paid']);
  });
});

describe('a test call', () => {
  it.each([
    ['refund', {}, /waits nowhere for a signal "refund": it waits for "paid"/],
    ['pajd', { amount: 1 }, /Did you mean "?paid/i],
    ['paid', { amount: 0 }, /amount: must be more than 0/],
    ['paid', { amount: 0n }, /must have a value that is JSON/],
  ])('refuses the signal %s with %o', async (name, value, message) => {
    const call = await startCall(shop);
    await expect(call.signal(name, value)).rejects.toThrow(message);
  });

  it('does not listen to keys while the flow waits', async () => {
    const call = await startCall(shop);
    await expect(call.press('1')).rejects.toThrow(/waits for a signal at "paid"/);
  });

  it('stays quiet until the time is over', async () => {
    const call = await startCall(shop);
    await call.stayQuiet();
    expect(call.heardLast).toContain('Nothing has come.');
  });

  it('says the words of the server where the wait has no hold', async () => {
    const call = await startCall(
      define(function* () {
        yield* waitFor('paid');
      }),
    );
    expect(call.heard).toEqual(['One moment, please.']);
  });

  it('passes over what does not fit the wait that the flow comes to', async () => {
    const flow = define(function* () {
      const choice = yield* menu('1 or 2?', { 1: 'any', 2: 'paid' }, { id: 'choice' });
      const got = choice === 'any' ? yield* waitFor('paid', { id: 'any', examples: { word: 'x' } }) : yield* waitFor('paid', options);
      yield say(JSON.stringify(got));
    });
    const call = await startCall(flow);
    await call.signal('paid', 'x');
    await call.signal('paid', { amount: 3 });
    await call.press('2');
    expect(call.heardLast.at(-1)).toBe('{"arrived":true,"value":{"amount":3}}');
  });
});

describe('exploration', () => {
  it('finds each example, the timeout and the hang-up', () => {
    const chart = explore(shop);
    expect(chart.sites.get('paid')).toMatchObject({ kind: 'waitFor', wait: 'signal', signal: 'paid', answers: ['ok', 'timeout'] });
    expect(chart.arrowsFrom('paid').map(({ label, to }) => [label, to])).toEqual([
      ['ok', 'ended'],
      ['timeout', 'ended'],
      ['hang-up', 'closed'],
    ]);
    expect(toMermaid(chart)).toContain('ok, timeout');
    expect(Object.keys(toStately(chart).states['paid']?.on ?? {})).toEqual(['ok', 'timeout', 'hang-up']);
  });

  it('walks every arrow by phone', async () => {
    const compiled = compile(shop);
    for (const arrow of compiled.chart.arrows) await walkPath(compiled, arrow);
  });

  it('makes random calls', async () => {
    const { calls } = await forEveryCall(shop, (call) => {
      if (call.result === 5) expect(call.heard).toContain('We have got 5 dollars.');
    });
    expect(calls).toBeGreaterThan(10);
  });

  it('finds nothing wrong with it', () => {
    expect(verify(shop).problems).toEqual([]);
  });

  it.each([
    ['a wait without examples', { schema: paidSchema }, 'HS_VERIFY_SIGNAL_EXAMPLES', 'warning'],
    ['an example that does not fit', { ...options, examples: { none: { amount: 0 } } }, 'HS_VERIFY_SIGNAL_EXAMPLES', 'error'],
    ['a piece that takes long', { ...options, hold: [say('word '.repeat(100))] }, 'HS_VERIFY_HOLD', 'warning'],
    ['a loop that only signals end', { ...options, loop: true }, 'HS_VERIFY_LOOP', 'error'],
  ])('tells of %s', (_, given, code, severity) => {
    const { loop = false, ...one } = given as WaitForOptions<Paid> & { loop?: boolean };
    const flow = define(function* () {
      yield* capture('Press any key.', { id: 'key', maxDigits: 1 });
      for (;;) {
        const paid = yield* waitFor('paid', one);
        if (paid.arrived || !loop) return;
      }
    });
    expect(verify(flow).problems.map((problem) => [problem.code, problem.severity])).toContainEqual([code, severity]);
  });
});

describe('the arguments', () => {
  it.each([
    [{ timeout: '5 minutes' }, /timeout must be 1s to 1h/],
    [{ timeout: 10 }, /timeout must be 1s to 1h.*got less/],
    [{ timeout: '2h' }, /got more/],
    [{ hold: [] }, /an empty list/],
    [{ hold: [capture('x')] }, /hold\[0\] must be a list/],
    [{ schema: {} }, /must be a Standard Schema/],
    [{ schema: { '~standard': { validate: async () => ({}) } } }, /asynchronous/],
    [{ examples: { a: new Date() } }, /examples\.a must be JSON/],
    [{ tiemout: 1 }, /timeout/],
  ])('refuses %o', (given, message) => {
    expect(() => waitFor('paid', given as never)).toThrow(message);
  });

  it('takes lengths of time as numbers and as texts', () => {
    expect([waitFor('a').timeout, waitFor('a', { timeout: 1_500 }).timeout, waitFor('a', { timeout: '30s' }).timeout]).toEqual([
      300_000, 1_500, 30_000,
    ]);
  });

  it('speaks a piece in the language of now', async () => {
    const flow = defineFlow({ name: 'two', voices: { en: 'v', de: 'w' } }, function* () {
      yield useLanguage('de');
      yield* waitFor('paid', { hold: [say({ en: 'Still checking.', de: 'Wir prüfen noch.' })] });
    });
    const call = await startCall(flow);
    expect(call.heard).toEqual(['Wir prüfen noch.']);
    expect(call.sent[0]?.callflow[0]).toMatchObject({ params: { voiceProfile: 'w' } });
  });
});
