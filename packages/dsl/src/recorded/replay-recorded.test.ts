import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bridge } from '../effects/bridge.ts';
import { capture } from '../effects/capture.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { tags } from '../effects/tags.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { FlowModule } from '../flow/flow-options.ts';
import { startCall } from '../testing/start-call.ts';
import { adviseOnReplayed, describeReplayed } from './describe-replayed.ts';
import type { HeardBatch, RecordedCall } from './recorded-call.ts';
import { replayRecorded } from './replay-recorded.ts';

interface Version {
  readonly id?: string;
  readonly prompt?: string;
  readonly to?: string;
  readonly more?: boolean;
  readonly fails?: boolean;
  readonly early?: boolean;
  readonly handled?: boolean;
}

/** A flow that asks, looks something up, and connects; each part may be another one. */
const version = ({ id = 'key', prompt = 'Which key?', to = '+6531589338', ...has }: Version = {}): FlowModule =>
  defineFlow(
    {
      name: 'desk',
      voice: 'en-US-BenjaminRUS',
      ...(has.handled === true ? { onDivergence: function* () { yield say('Sorry.'); } } : {}), // prettier-ignore
    },
    function* () {
      const key = yield* capture(prompt, { id, maxDigits: 1 });
      if (has.early === true) return;
      const name = yield* step('find', () => 'Ann', { examples: { ann: 'Ann' } });
      yield say(`Hello ${name}, you pressed ${String(key)}.`);
      yield* bridge(to, { id: 'agent' });
      if (has.more === true) yield* capture('How was it?', { id: 'survey', maxDigits: 1 });
      if (has.fails === true) throw new RangeError('out of range');
      yield say('Bye.');
    },
  ) as FlowModule;

/** Plays a call and records it as an export would. */
async function record(turns: number, ends = false): Promise<RecordedCall> {
  const call = await startCall(version(), { steps: { find: 'Ann' } });
  const heard: HeardBatch[] = [];
  const note = (): void => void heard.push({ after: call.journal.length, actions: call.position.actions });
  note();
  for (const act of [() => call.press('1'), () => call.bridgeEnds('answered')].slice(0, turns)) {
    await act();
    note();
  }
  if (ends) await call.hangUp();
  const { site, snapshot } = call.position;
  return { call: snapshot.context.call as RecordedCall['call'], entries: [...call.journal], site, heard };
}

describe('a recorded call', () => {
  it.each([0, 1, 2])('is alike on its own code, after %i answers of the caller', async (turns) => {
    const recorded = await record(turns);
    expect(replayRecorded(version(), recorded)).toMatchObject({ verdict: 'alike', recorded: null, wordsCompared: Math.min(turns + 1, 2) });
    expect(describeReplayed(replayRecorded(version(), recorded))).toBeNull();
  });

  it('is alike without its words, as earlier releases wrote it', async () => {
    const { heard: _, ...old } = await record(1);
    expect(replayRecorded(version({ prompt: 'Other words?' }), old)).toMatchObject({ verdict: 'alike', wordsCompared: 0 });
  });

  it.each<[string, Version, number, string, string]>([
    ['another prompt', { prompt: 'A key?' }, 1, 'other words', 'After answer 0, at "key", the caller heard "Which key?"; now "A key?".'],
    [
      'another number',
      { to: '+6531589339' },
      1,
      'other words',
      'After answer 2, at "agent", the caller heard "Hello Ann, you pressed 1. ☎ 6531589338"; now "Hello Ann, you pressed 1. ☎ 6531589339".',
    ],
    [
      'a site that has another name',
      { id: 'digit' },
      1,
      'diverged',
      'Answer 1 of 2 was given at "key"; now the code waits at "digit", which says "Which key?".',
    ],
    ['a way that ends early', { early: true }, 1, 'diverged', 'Answer 2 of 2 was given at "find"; now the code is over there (ended).'],
    [
      'a divergence that the flow handles',
      { id: 'digit', handled: true },
      0,
      'diverged',
      'After answer 0 the call stood at "key"; now the code waits at "digit", which says "Which key?". onDivergence takes over.',
    ],
    [
      'a question more at the end',
      { more: true },
      2,
      'other way',
      'The call was over after answer 3; now the code waits at "survey", which says "How was it?".',
    ],
    [
      'code that throws where the call ended',
      { fails: true },
      2,
      'diverged',
      'Answer 4 of 4 was given at "ended"; now the code is over there (failed: RangeError: out of range).',
    ],
  ])('with %s', async (_what, other, turns, verdict, text) => {
    // prettier-ignore
    const replayed = replayRecorded(version(other), await record(turns));
    expect([replayed.verdict, describeReplayed(replayed)]).toEqual([verdict, text]);
    expect(adviseOnReplayed(replayed)).toMatch(/\.$/);
  });

  it('that was hung up is alike', async () => {
    expect(replayRecorded(version(), await record(1, true)).verdict).toBe('alike');
  });

  it('is compared up to the first answer that was erased', async () => {
    const recorded = await record(1);
    const erased = { erased: true, site: 'find', at: 0, value: '•', length: 3 } as const;
    const call = { ...recorded, entries: [recorded.entries[0] as never, erased] };
    expect(replayRecorded(version(), call)).toMatchObject({ verdict: 'not comparable', compared: 1, answers: 2 });
    expect(replayRecorded(version({ early: true }), call).verdict).toBe('diverged');
    expect(
      replayRecorded(version({ early: true }), { ...call, entries: [call.entries[0] as never, { ...erased, site: '•' }] }).verdict,
    ).toBe('not comparable');
  });

  it('takes any number for a masked one', async () => {
    const recorded = await record(1);
    const masked = JSON.parse(JSON.stringify(recorded).replaceAll('6531589338', '65••••38')) as RecordedCall;
    expect(replayRecorded(version({ to: '+6531589399' }), masked).verdict).toBe('alike');
    expect(replayRecorded(version({ prompt: 'A key?' }), masked).verdict).toBe('other words');
  });

  it('never says alike where a site or a word is another one', async () => {
    const recorded = await record(2);
    const change = fc.constantFrom<Version>({ id: 'digit' }, { prompt: 'A key?' }, { early: true }, { more: true }, { fails: true });
    fc.assert(fc.property(change, (other) => replayRecorded(version(other), recorded).verdict !== 'alike'));
  });
});

describe('tags and result', () => {
  const labels = tags({ plan: 'text', size: 'number' });
  const noting = (plan: string, result: unknown, wording = 'Which key?'): FlowModule =>
    defineFlow({ name: 'desk', voice: 'en-US-BenjaminRUS', tags: labels }, function* () {
      const key = yield* capture(wording, { id: 'key', maxDigits: 1 });
      yield labels.set({ plan, size: Number(key) });
      return result;
    }) as FlowModule;

  async function recordNoting(): Promise<RecordedCall> {
    const call = await startCall(noting('gold', { order: 'A1', paid: [5, true] }));
    await call.press('3');
    const { site, snapshot, tags: noted, result } = call.position;
    return { call: snapshot.context.call as RecordedCall['call'], entries: [...call.journal], site, tags: noted, result };
  }

  it('are alike on their own code', async () => {
    const recorded = await recordNoting();
    expect(recorded).toMatchObject({ tags: { plan: 'gold', size: 3 }, result: { order: 'A1', paid: [5, true] } });
    expect(replayRecorded(noting('gold', { paid: [5, true], order: 'A1' }), recorded)).toMatchObject({ verdict: 'alike', noted: null });
  });

  it.each<[string, string, unknown, string]>([
    [
      'another text',
      'silver',
      { order: 'A1', paid: [5, true] },
      'The caller hears the same; the tag "plan" was "gold", now it is "silver".',
    ],
    ['a result less', 'gold', undefined, 'what the flow returns was {"order":"A1","paid":[5,true]}, now it is nothing.'],
    ['a key more', 'gold', { order: 'A1', paid: [5, true], more: 1 }, 'now it is {"order":"A1","paid":[5,true],"more":1}.'],
    ['a key of another name', 'gold', { order: 'A1', payed: [5, true] }, 'now it is {"order":"A1","payed":[5,true]}.'],
    ['a longer list', 'gold', { order: 'A1', paid: [5, true, 1] }, 'now it is {"order":"A1","paid":[5,true,1]}.'],
    ['a list for an object', 'gold', { order: 'A1', paid: { 0: 5, 1: true } }, 'now it is {"order":"A1","paid":{"0":5,"1":true}}.'],
    ['what is no result', 'gold', { order: 10n }, 'now it is nothing.'],
  ])('say what is different: %s', async (_, plan, result, text) => {
    const replayed = replayRecorded(noting(plan, result), await recordNoting());
    expect(replayed).toMatchObject({ verdict: 'other result', recorded: 'closed', now: 'closed' });
    expect(describeReplayed(replayed)).toContain(text);
    expect(describeReplayed(replayed, { words: false })).toMatch(
      /^The caller hears the same; (the tag "plan"|what the flow returns) is different\.$/,
    );
    expect(adviseOnReplayed(replayed)).not.toBeNull();
  });

  it('are not compared where the recording has none, and say less than words', async () => {
    const { tags: _, result: __, ...old } = await recordNoting();
    expect(replayRecorded(noting('silver', 1), old).verdict).toBe('alike');
    const heard: HeardBatch[] = [{ after: 0, actions: [{ action: 'say', params: { text: 'Which key?', voiceProfile: 'x' } }] }];
    const spoken = { ...(await recordNoting()), heard };
    expect(replayRecorded(noting('silver', 1, 'A key?'), spoken).verdict).toBe('other words');
  });

  it.each<[string, unknown, unknown, boolean]>([
    ['a number in a text', { to: 'call +65••••21' }, { to: 'call +6591234521' }, true],
    ['another text around it', { to: 'ring +65••••21' }, { to: 'call +6591234521' }, false],
    ['a secret', { pin: '•••' }, { pin: 1234 }, true],
    ['a secret for which nothing stands now', { pin: '•••' }, {}, false],
    ['a secret name', { '•••': 1 }, { '1234': 1 }, true],
    ['a secret name for two', { '•••': 1 }, { '1234': 1, more: 1 }, false],
  ])('are alike where they are masked: %s', async (_, masked, now, alike) => {
    const recorded = { ...(await recordNoting()), result: masked };
    expect(replayRecorded(noting('gold', now), recorded).verdict).toBe(alike ? 'alike' : 'other result');
  });
});
