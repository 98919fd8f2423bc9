import { describe, expect, it, onTestFinished } from 'vitest';
import { ask } from '../../questions/ask/ask.ts';
import { menu } from '../../questions/menu/menu.ts';
import { digits } from '../../questions/validators/digits.ts';
import { bridge } from '../../effects/bridge.ts';
import { now } from '../../effects/now.ts';
import { say } from '../../effects/say.ts';
import { step } from '../../effects/step.ts';
import { uninterruptible } from '../../effects/uninterruptible.ts';
import { defineFlow } from '../../flow/define-flow.ts';
import type { FlowModule } from '../../flow/flow-options.ts';
import { begin } from '../../generator/replay.ts';
import type { Entry } from '../../generator/journal.ts';
import type { HiddenEntry, RecordedCall } from '../../recorded/recorded-call.ts';
import { wordsOf } from '../../recorded/words.ts';
import { startCall } from '../start-call.ts';
import type { Deed } from './deed.ts';
import { forkCall } from './fork-call.ts';

const voice = 'en-US-BenjaminRUS';
const START = Date.parse('2026-01-05T03:00:00Z');

interface Shop {
  readonly greeting?: string;
  /** The pin is asked for by another name. */
  readonly pin?: string;
  readonly run?: () => string;
}

/** A menu, a secret, a step, a bridge, and what is tidied up. */
function shop({ greeting = 'Welcome.', pin = 'pin', run = () => 'on its way' }: Shop = {}) {
  return defineFlow({ name: 'shop', voice }, function* () {
    yield say(greeting);
    try {
      const topic = yield* menu('Orders 1, people 2.', { 1: 'order', 2: 'people' }, { id: 'main' });
      if (topic === 'order') {
        yield* ask('Your code?', { id: pin, validate: digits(4), sensitive: true });
        const state = yield* step('find', run, { examples: { found: 'on its way', none: 'unknown' } });
        yield say(`It is ${state}.`);
      }
      const { outcome } = yield* bridge('+6531589338', { id: 'clerk' });
      yield say(`That was ${outcome}, at ${(yield* now()).toISOString().slice(11, 16)}.`);
      yield* menu('Helped? 1 yes, 2 no.', { 1: true, 2: false }, { id: 'helped', otherwise: false });
    } finally {
      yield* uninterruptible(function* () {
        yield* step('free', run, { examples: { done: 'done' } });
      });
    }
  });
}

/** A call that happened: a minute between two answers, a secret that is erased, and what was heard. */
async function recorded(flow: FlowModule = shop() as FlowModule): Promise<RecordedCall> {
  const call = await startCall(flow, { steps: { find: 'on its way', free: 'done' } });
  await call.press('1');
  await call.press('1234');
  await call.bridgeEnds('busy');
  await call.press('2');
  const entries = call.journal.map((entry, index) => ({ ...entry, at: START + (index + 1) * 60_000 }));
  const standing = begin(flow, call.call);
  const heard = [{ after: 0, actions: standing.decision.actions }];
  for (const [index, entry] of entries.entries()) {
    const decision = standing.run.answer(entry);
    if (decision.wait === 'platform' || decision.wait === 'ended') heard.push({ after: index + 1, actions: decision.actions });
  }
  const hidden = entries.map((entry): Entry | HiddenEntry => (entry.site === 'pin' ? { erased: true, site: 'pin', at: entry.at } : entry));
  return { call: call.call, entries: hidden, site: 'closed', heard };
}

const PIN: Deed = { press: '1234' };

describe('a fork of a recorded call', () => {
  it('stands where the call stood, with the answers of then', async () => {
    const fork = forkCall(shop(), await recorded(), { until: 1 });
    expect(fork.waits).toMatchObject({ for: 'keys', site: 'pin', again: false });
    expect(fork.entries).toMatchObject([{ site: 'main', value: '1', at: START + 60_000 }]);
    expect(fork.now).toBe(START + 60_000);
  });

  it('asks again for what is erased, and goes on by itself from there', async () => {
    const call = await recorded();
    const asked = forkCall(shop(), call, { until: 4 });
    expect(asked.waits).toMatchObject({ for: 'keys', site: 'pin', sensitive: true, again: true });
    const fork = forkCall(shop(), call, { until: 4, deeds: [PIN] });
    expect(fork.waits).toMatchObject({ for: 'keys', site: 'helped' });
    expect(fork.turns.map(({ answer }) => answer?.by ?? null)).toEqual(['recorded', 'asked-again', 'recorded', null]);
    expect(fork.turns[2]?.steps).toMatchObject([{ site: 'find', by: 'recorded', entry: { value: 'on its way' } }]);
  });

  it('has the clock of the call, and goes on from there', async () => {
    const call = await recorded();
    const fork = forkCall(shop(), call, { until: 3, deeds: [PIN, { bridge: 'answered', seconds: 120 }] });
    expect(wordsOf(fork.turns.at(-1)?.actions ?? [])[0]).toBe('That was answered, at 03:05.');
  });

  it('runs no step, whatever it is made of', async () => {
    const call = await recorded();
    let runs = 0;
    onTestFinished(() => expect(runs).toBe(0));
    const real = shop({ run: () => `ran ${++runs} times` });
    const deeds: readonly Deed[] = [PIN, { bridge: 'busy' }, { press: '1' }, { example: 'done' }];
    for (let until = 0; until <= call.entries.length; until++)
      for (let length = 0; length <= deeds.length; length++)
        for (const askSteps of [false, true]) forkCall(real, call, { until, deeds: deeds.slice(0, length), askSteps });
  });

  it('answers steps behind the turn with what was recorded, or has them answered by hand', async () => {
    const call = await recorded();
    const by = (askSteps: boolean) => forkCall(shop(), call, { until: 1, askSteps, deeds: [PIN] }).waits;
    expect(by(false)).toMatchObject({ for: 'bridge', site: 'clerk' });
    expect(by(true)).toMatchObject({
      for: 'value',
      site: 'find',
      choices: [{ label: 'found' }, { label: 'none' }],
      mayFail: true,
      then: { value: 'on its way' },
    });
  });

  it.each<[string, Deed, string]>([
    ['what was recorded', { recorded: true }, 'It is on its way.'],
    ['an example', { example: 'none' }, 'It is unknown.'],
    ['a value', { result: { value: 'lost' } }, 'It is lost.'],
  ])('takes %s for a step', async (_, deed, words) => {
    const { turns } = forkCall(shop(), await recorded(), { until: 1, askSteps: true, deeds: [PIN, deed] });
    expect(wordsOf(turns.at(-1)?.actions ?? [])).toContain(words);
  });

  it('says beside what is heard now what was heard then', async () => {
    const { turns } = forkCall(shop({ greeting: 'Hello.' }), await recorded(), { until: 1 });
    expect(turns.map(({ then, actions }) => [wordsOf(then ?? [])[0], wordsOf(actions)[0]])).toEqual([
      ['Welcome.', 'Hello.'],
      ['Your code?', 'Your code?'],
    ]);
  });

  it('says where the code goes another way, and lets one go on there', async () => {
    const fork = forkCall(shop({ pin: 'code' }), await recorded(), { until: 4 });
    expect(fork.stray).toMatchObject({ index: 1, recorded: 'pin', now: 'code' });
    expect(fork.waits).toMatchObject({ for: 'keys', site: 'code', again: false });
    expect(forkCall(shop({ pin: 'code' }), await recorded(), { until: 4, deeds: [PIN] }).waits).toMatchObject({ for: 'bridge' });
  });

  it('takes another answer for no difference of the code', async () => {
    const fork = forkCall(shop(), await recorded(), { until: 4, deeds: [{ silence: true }, { silence: true }, { silence: true }] });
    expect(fork.stray).toBeNull();
    expect(fork.waits).toEqual({ for: 'nothing', ended: 'flow' });
  });

  it('ends, tidies up with what was recorded, and takes no more', async () => {
    const fork = forkCall(shop(), await recorded(), { until: 0, deeds: [{ hangUp: true }, { press: '1' }] });
    expect(fork.waits).toEqual({ for: 'nothing', ended: 'caller' });
    expect(fork.entries.at(-1)).toMatchObject({ site: 'free', value: 'done' });
    expect(fork.refused).toMatchObject({ index: 1, message: expect.stringContaining('the call is over') as string });
  });

  it.each<[string, Deed, string]>([
    ['a bridge that is not open', { bridge: 'busy' }, 'the flow waits for keys at "main"'],
    ['a value where keys are wanted', { result: {} }, 'the flow waits for keys at "main"'],
    ['more keys than anything listens to', { press: '21' }, 'Of these keys 1 were taken; nothing listens to the rest at "clerk".'],
  ])('refuses %s', async (_, deed, message) => {
    const { refused } = forkCall(shop(), await recorded(), { until: 0, deeds: [deed] });
    expect(refused).toMatchObject({ index: 0, message: expect.stringContaining(message) as string });
  });

  it('gives the same however often it is played, and is played again by its own journal', async () => {
    const call = await recorded();
    const options = { until: 2, deeds: [PIN, { bridge: 'busy' }, { press: '1' }] } as const;
    const fork = forkCall(shop(), call, options);
    expect(forkCall(shop(), call, options)).toEqual(fork);
    const again = forkCall(shop(), { ...call, entries: fork.entries }, { until: fork.entries.length });
    expect(again.stray).toBeNull();
    expect(fork.sites.slice(0, again.sites.length)).toEqual(again.sites);
  });

  it('goes on in the handler of a divergence where the call had come to it', async () => {
    const handled = defineFlow(
      {
        name: 'handled',
        voice,
        *onDivergence() {
          yield* menu('We are sorry. 1 or 2.', { 1: 1, 2: 2 }, { id: 'sorry' });
        },
      },
      function* () {
        yield* menu('New. 1 or 2.', { 1: 1, 2: 2 }, { id: 'new' });
      },
    );
    const { call } = await startCall(handled);
    const entries: readonly Entry[] = [
      { site: 'old', at: START, value: '1' },
      { site: 'older', at: START + 1, diverged: { index: 0, recorded: 'old', yielded: 'new' } },
    ];
    expect(forkCall(handled, { call, entries, site: 'sorry' }, { until: 2 }).waits).toMatchObject({ for: 'keys' });
    expect(forkCall(handled, { call, entries, site: 'sorry' }, { until: 1 }).stray).toMatchObject({ recorded: 'old', now: 'new' });
  });
});
