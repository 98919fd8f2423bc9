import { describe, expect, it } from 'vitest';
import { capture } from '../effects/capture.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { FlowBody, FlowModule } from '../flow/flow-options.ts';
import { compile } from '../machine/compile.ts';
import { support } from './support-flow.test-support.ts';
import { arrowTitle } from '../chart/arrow-title.ts';
import { walkPath } from './walk-path.ts';

const flowOf = (body: FlowBody): FlowModule => defineFlow({ name: 'walked', voice: 'en-US-BenjaminRUS' }, body);

async function walk(flow: FlowModule, title: string, chartOf: FlowModule = flow): Promise<string> {
  const { chart } = compile(chartOf);
  const arrow = chart.arrows.find((known) => arrowTitle(known) === title);
  expect(chart.arrows.map(arrowTitle)).toContain(title);
  return walkPath(compile(flow, { chart }), arrow as NonNullable<typeof arrow>);
}

const key = { id: 'key', completeOnHash: false, maxDigits: 1 };

describe('a path of the chart', () => {
  it('is titled by where it goes', () => {
    expect(compile(support).chart.arrows.map(arrowTitle)).toMatchInlineSnapshot(`
      [
        "start → account",
        "account —12345678→ find-customer",
        "account —12→ find-customer",
        "account —#→ find-customer",
        "account —silence→ find-customer",
        "account —hang-up→ closed",
        "find-customer —found→ main",
        "find-customer —missing→ main",
        "find-customer —fails→ failed",
        "find-customer —hang-up, found→ closed",
        "find-customer —hang-up, missing→ closed",
        "find-customer —hang-up, fails→ closed",
        "main —1→ ended",
        "main —2→ agent",
        "main —3→ ended",
        "main —4→ ended",
        "main —5→ ended",
        "main —6→ ended",
        "main —7→ ended",
        "main —8→ ended",
        "main —9→ ended",
        "main —0→ ended",
        "main —*→ ended",
        "main —silence→ ended",
        "main —hang-up→ closed",
        "failed —hang-up→ closed",
        "ended —hang-up→ closed",
        "agent —answered→ ended",
        "agent —busy→ ended",
        "agent —no-answer→ ended",
        "agent —declined→ ended",
        "agent —failed→ ended",
        "agent —unknown→ ended",
        "agent —hang-up→ closed",
      ]
    `);
  });

  it('is walked by phone', async () => {
    expect(await walk(support, 'agent —busy→ ended')).toMatchInlineSnapshot(`
      "☎ +6590000001 calls +6560000000 (inbound)
      » Welcome to Acme.
      » Enter your account number, then hash.
      « 1 2 3 4 5 6 7 8 #
      · find-customer → {"name":"Ann"}
      » Hello Ann, thank you.
      » For billing press 1, for an agent press 2.
      « 2
      ✆ bridge to +6531589338 … busy
      » The agent: busy.
      ⏹ the flow hung up"
    `);
  });

  it('may leave the caller out of a running step', async () => {
    expect(await walk(support, 'find-customer —hang-up, missing→ closed')).toContain('⏹ the caller hung up\n· find-customer → null');
  });

  it('may end in a step’s failure, where the server speaks its fallback', async () => {
    expect(await walk(support, 'find-customer —fails→ failed')).toContain('✗ StepFailedError');
    expect(await walk(support, 'failed —hang-up→ closed')).toContain('⏹ the caller hung up');
  });

  it('goes on at a step only as far as the chart says', async () => {
    expect((await walk(support, 'account —silence→ find-customer')).split('\n').slice(-2)).toEqual(['« (silence 30 s)', '» Sorry.']);
  });

  it('fails where the flow throws', async () => {
    const flow = flowOf(function* () {
      if ((yield* capture('Key?', key)) === '7') throw new TypeError('seven');
    });
    await expect(walk(flow, 'key —7→ failed')).rejects.toThrow('Flow "walked" failed after "key": TypeError: seven');
    expect(await walk(flow, 'key —6→ ended')).toContain('« 6');
  });

  it('fails where no phone can bring the answer about', async () => {
    const flow = flowOf(function* () {
      yield* capture('Key?', { ...key, examples: ['12'] });
    });
    await expect(walk(flow, 'key —12→ ended')).rejects.toThrowErrorMatchingInlineSnapshot(`
      [PathError: On the way of "key —12→ ended" the capture at "key" would have to give an answer that no keys bring about there: one of its examples is longer than its maxDigits, or has characters that no phone has. Mend the examples.

      ☎ +6590000001 calls +6560000000 (inbound)
      » Key?
      ]
    `);
  });

  it('fails where the flow goes elsewhere than the chart says', async () => {
    const before = flowOf(function* () {
      yield* capture('Key?', key);
      yield* step('old', () => null, { examples: { done: null } });
    });
    const after = flowOf(function* () {
      yield* capture('Key?', key);
      yield* step('new', () => null);
    });
    await expect(walk(after, 'key —1→ old', before)).rejects.toThrow(
      'On the way of "key —1→ old" the chart says "old", but the call is at "new".',
    );
    await expect(walk(after, 'old —done→ ended', before)).rejects.toThrow('the chart says "old", but the call is at "new"');
  });

  it('fails where the flow looks at what isn’t in its journal', async () => {
    let runs = 0;
    const flow = flowOf(function* () {
      yield say(`Run ${runs++}.`);
      yield* capture('Key?', key);
    });
    const error = (await walk(flow, 'key —1→ ended').catch((thrown: unknown) => thrown)) as Error;
    expect(
      error.message
        .replace(/Run \d+/g, 'Run n')
        .split('\n')
        .slice(0, 4),
    ).toMatchInlineSnapshot(`
      [
        "Flow "walked": it says something else before "key" when its journal is replayed.",
        "  live:     {"action":"say","params":{"text":"Run n.","voiceProfile":"en-US-BenjaminRUS","repetition":1,"speed":1}}",
        "  replayed: {"action":"say","params":{"text":"Run n.","voiceProfile":"en-US-BenjaminRUS","repetition":1,"speed":1}}",
        "Likely cause: it reads a clock, randomness, or something outside of the flow; use now(), random() or step(). The nearest line of it is walk-path.test.ts:134.",
      ]
    `);
  });
});
