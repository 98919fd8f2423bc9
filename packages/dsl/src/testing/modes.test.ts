import { describe, expect, it, vi } from 'vitest';
import type { ChartArrow } from '../chart/chart.ts';
import { capture } from '../effects/capture.ts';
import { say } from '../effects/say.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { compile } from '../machine/compile.ts';
import { ReplayDiffersError } from './errors/replay-differs-error.ts';
import { type Mode, MODES } from './modes.ts';
import { startCall } from './start-call.ts';
import { walkPath } from './walk-path.ts';

const voice = 'en-US-BenjaminRUS';
const key = { completeOnHash: false, maxDigits: 1 };
const resumed: readonly Mode[] = MODES.filter((mode) => mode !== 'live');

/** A flow that counts its own runs, which no journal knows; it begins to once it has been explored. */
async function counting(body: (runs: number) => ReturnType<typeof say> | ReturnType<typeof capture>) {
  let runs = 0;
  let explored = false;
  const flow = defineFlow({ name: 'counting', voice }, function* () {
    if (explored) runs++;
    yield body(runs);
    yield* capture('Key?', { ...key, id: 'key' });
    yield* capture('Another?', { ...key, id: 'another' });
  });
  await startCall(flow);
  explored = true;
  return flow;
}

describe('a call that is resumed at each turn', () => {
  it.each(resumed)('shows a flow that says something else the second time: %s', async (mode) => {
    const flow = await counting((runs) => say(`Run ${runs}.`));
    const error = await startCall(flow, { mode }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ReplayDiffersError);
    expect((error as Error).message).toMatchInlineSnapshot(`
      "Flow "counting": it says something else before "key" when its journal is replayed.
        live:     {"action":"say","params":{"text":"Run 1.","voiceProfile":"en-US-BenjaminRUS","repetition":1,"speed":1}}
        replayed: {"action":"say","params":{"text":"Run 2.","voiceProfile":"en-US-BenjaminRUS","repetition":1,"speed":1}}
      Likely cause: it reads a clock, randomness, or something outside of the flow; use now(), random() or step(). The nearest line of it is modes.test.ts:23.

      ☎ +6590000001 calls +6560000000 (inbound)
      "
    `);
  });

  it.each(resumed)('shows a flow that goes elsewhere the second time: %s', async (mode) => {
    const flow = await counting((runs) => capture('Which?', { ...key, id: `run-${runs}` }));
    await expect(startCall(flow, { mode })).rejects.toThrow('  live:     run-1\n  replayed: run-2\n');
  });

  it('shows a flow that left its journal some answers before', async () => {
    const flow = await counting((runs) => capture('Which?', { ...key, id: runs < 4 ? 'early' : 'late' }));
    const call = await startCall(flow, { mode: 'replayed' });
    await expect(call.press('1')).rejects.toThrow('  live:     key\n  replayed: late, with entry 0 of the journal\n');
  });

  it('shows a flow that leaves its journal between two turns', async () => {
    let changed = false;
    const flow = defineFlow({ name: 'moody', voice }, function* () {
      yield* capture('Mood?', { ...key, id: changed ? 'bad' : 'good' });
      yield* capture('Another?', { ...key, id: 'another' });
    });
    const call = await startCall(flow, { mode: 'replayed' });
    changed = true;
    await expect(call.press('1')).rejects.toThrow(
      'DivergenceError: Flow "moody": entry 0 of the journal was recorded at "good", but the code now stands at "bad".',
    );
  });

  it('names the line that reads a clock, in every way in which it shows', async () => {
    let at = Date.UTC(2026, 0, 5);
    vi.spyOn(Date, 'now').mockImplementation(() => (at += 1_000));
    const flow = defineFlow({ name: 'late', voice }, function* () {
      yield say(`It is ${Date.now()}.`);
      yield* capture('Key?', { ...key, id: 'key' });
    });
    await expect(startCall(flow, { mode: 'replayed' })).rejects.toThrow(/language at modes\.test\.ts:\d+\./);
    const gone = defineFlow({ name: 'gone', voice }, function* () {
      yield* capture('Key?', { ...key, id: `key-${Date.now()}` });
      yield* capture('Another?', { ...key, id: 'another' });
    });
    const [arrow] = compile(flow).chart.arrows;
    await expect(startCall(gone, { mode: 'restored' })).rejects.toThrow(/language at modes\.test\.ts:\d+\./);
    await expect(walkPath(compile(gone), { ...(arrow as ChartArrow), to: 'key-1' })).rejects.toThrow(/modes\.test\.ts:\d+\./);
    vi.restoreAllMocks();
  });

  it('does not look in a live call', async () => {
    const call = await startCall(await counting((runs) => say(`Run ${runs}.`)));
    await call.press('1');
    expect(call.site).toBe('another');
  });
});
