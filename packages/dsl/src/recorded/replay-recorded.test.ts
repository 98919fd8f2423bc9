import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bridge } from '../effects/bridge.ts';
import { capture } from '../effects/capture.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
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
