import { afterEach, describe, expect, it, vi } from 'vitest';
import { capture } from '../../effects/capture.ts';
import { hangup } from '../../effects/hangup.ts';
import { say } from '../../effects/say.ts';
import { step } from '../../effects/step.ts';
import { defineFlow } from '../../flow/define-flow.ts';
import { SentenceBrokenError } from '../errors/sentence-broken-error.ts';
import { bank } from './bank.test-support.ts';
import { forEveryCall } from './every-call.ts';
import type { RandomCall } from './random-call.ts';

const voice = 'en-US-BenjaminRUS';

const pinBeforeBridge = (call: RandomCall): void => {
  const before = call.until('agent');
  if (before !== null) expect(before.steps).toContainEqual(expect.objectContaining({ name: 'check-pin', value: true }));
};
/** The error of a rule that is broken. */
async function broken(act: () => Promise<unknown>): Promise<SentenceBrokenError> {
  const error: unknown = await act().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SentenceBrokenError)) expect.fail(`no call broke the rule: ${String(error)}`);
  return error;
}

describe('a sentence', () => {
  it('that is true of every call holds', async () => {
    const { calls, reached } = await forEveryCall(bank(false), pinBeforeBridge, { seed: 1, runs: 200 });
    expect(calls).toBe(200);
    expect(reached['agent']).toBeGreaterThan(20);
  });

  it('that is not is broken by the shortest call, which is shown as keys, as a conversation and as a test', async () => {
    const { message } = await broken(() => forEveryCall(bank(true), pinBeforeBridge, { seed: 1, runs: 200 }));
    const why = message.slice(message.indexOf('\n\n'), message.indexOf('\n\nKeys'));
    // What hangs on the release of fast-check, and what on that of the one who expects.
    const shown = message
      .replace(why, '')
      .replace(/path: '[\d:]+'/, "path: '…'")
      .replace(/Call \d+/, 'Call …')
      .replace(/after \d+/, 'after …');
    expect(shown).toMatchInlineSnapshot(`
      "forEveryCall: Call … of flow "bank" breaks the rule; this is the shortest found, after … steps.

      Keys: 1 → 1234 → 1234 → 1234 → hang-up

      ☎ +6590000001 calls +6560000000 (inbound)
      » To talk to your bank press 1.
      « 1
      » Your PIN?
      « 1 2 3 4
      · check-pin → false
      » That was wrong.
      » Your PIN?
      « 1 2 3 4
      · check-pin → false
      » That was wrong.
      » Your PIN?
      « 1 2 3 4
      · check-pin → false
      » That was wrong.
      ✆ bridge to +6531589338 …
      ⏹ the caller hung up

      To make this call again: forEveryCall(…, …, { seed: 1, path: '…', endOnFailure: true })

      As a test:

      import { startCall } from '@hookswitch/dsl/testing';
      import '@hookswitch/dsl/vitest';
      import { expect, it } from 'vitest';
      import bank from './bank.ts';

      it('answers "1", "1234", "1234", "1234", hang-up', async () => {
        const call = await startCall(bank, { steps: { 'check-pin': false } });
        await call.press('1');
        await call.press('1234');
        await call.press('1234');
        await call.press('1234');
        await call.hangUp();
        // Here the rule is broken: expected [ { name: 'check-pin', …(2) }, …(2) ] to deep equally contain ObjectContaining{…}
        // expect(call)…
      });
      "
    `);
  });

  it('is broken by the same call once more, with the seed and the path that are printed, and by the same calls with the seed alone', async () => {
    const flow = bank(true);
    const first = await broken(() => forEveryCall(flow, pinBeforeBridge, { seed: 7, runs: 200 }));
    const seen: string[] = [];
    const again = await broken(() =>
      forEveryCall(
        flow,
        (call) => {
          seen.push(call.transcript);
          pinBeforeBridge(call);
        },
        { ...first.replay, endOnFailure: true },
      ),
    );
    expect(again.test).toBe(first.test);
    // Made once by fast-check, and once more for the message.
    expect(seen).toHaveLength(2);
    expect((await broken(() => forEveryCall(flow, pinBeforeBridge, { seed: 7, runs: 200 }))).message).toBe(first.message);
  });

  it('may give false in place of an error', async () => {
    const error = await broken(() => forEveryCall(bank(false), (call) => call.steps.length === 0, { seed: 3 }));
    expect(error.message).toContain('The sentence is false of this call.');
    expect(error.message).toContain('Keys: 1 → ');
  });

  it('may wait for something', async () => {
    await forEveryCall(bank(false), async (call) => expect(await Promise.resolve(call.ended)).not.toBeNull(), { runs: 10, seed: 1 });
  });
});

describe('a call of which no sentence is true is one', () => {
  it('in which the flow throws', async () => {
    const flow = defineFlow({ name: 'throwing', voice }, function* () {
      const key = yield* capture('Key?', { id: 'key', maxDigits: 1, completeOnHash: false });
      if (key === '7') throw new TypeError('no seven');
    });
    const error = await broken(() => forEveryCall(flow, () => undefined, { seed: 2, runs: 300 }));
    expect(error.message).toContain('Flow "throwing" failed after "key": TypeError: no seven');
    expect(error.test).toContain("await call.press('7');\n  // This fails: Flow");
    expect(error.message.match(/☎/g)).toHaveLength(1);
  });

  it('in which a replay differs, in the mode that looks for it', async () => {
    let count = 0;
    const flow = defineFlow({ name: 'counting', voice }, function* () {
      yield say(`Call ${count++}.`);
      yield* capture('Key?', { id: 'key', maxDigits: 1 });
    });
    const error = await broken(() => forEveryCall(flow, () => undefined, { seed: 2, mode: 'replayed' }));
    expect(error.cause).toMatchObject({ code: 'HS_TEST_REPLAY_DIFFERS' });
  });

  it('but not one in which a step fails that the flow does not catch: the server speaks its fallback', async () => {
    const flow = defineFlow({ name: 'failing', voice }, function* () {
      yield* step('fetch', () => 1, { examples: { one: 1 } });
      yield* hangup();
    });
    const errors = new Set<boolean>();
    await forEveryCall(flow, (call) => void errors.add(call.error !== null), { seed: 2 });
    expect([...errors].toSorted()).toEqual([false, true]);
  });
});

describe('until', () => {
  it('is what had happened when the flow first waited there', async () => {
    await forEveryCall(
      bank(true),
      (call) => {
        expect(call.until('nowhere')).toBeNull();
        const atPin = call.until('pin');
        if (atPin !== null)
          expect(atPin).toMatchObject({ steps: [], bridged: [], ended: null, sites: expect.arrayContaining(['main', 'pin']) as string[] });
        const atAgent = call.until('agent');
        if (atAgent === null) expect(call.bridged).toEqual([]);
        else {
          expect(atAgent.bridged).toEqual([{ to: '+6531589338', site: 'agent', outcome: null }]);
          expect(atAgent.heard).not.toContain('Thank you.');
          expect(atAgent.sites.at(-1)).toBe('agent');
        }
      },
      { seed: 4 },
    );
  });
});

describe('without fast-check', () => {
  afterEach(() => void vi.doUnmock('fast-check'));

  it('it says what to install', async () => {
    vi.doMock('fast-check', () => {
      throw new TypeError("Cannot find package 'fast-check'");
    });
    await expect(forEveryCall(bank(false), () => undefined)).rejects.toThrow('which is not installed: npm install --save-dev fast-check');
  });
});
