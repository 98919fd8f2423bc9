import { capture, defineFlow, type FlowModule, say, step, StepFailedError, uninterruptible } from '@hookswitch/dsl';
import { createMemoryStore, startServer, type Store } from '@hookswitch/runtime';
import { caller, createPlatform, type Platform } from '@hookswitch/simulator';
import { describe, expect, it, onTestFinished } from 'vitest';

/** A flow with a step that may go wrong as soon as `gate` is open, and one that cleans up; `begun` and `cleaned` count them. */
function risky(
  run: () => unknown,
  gate: Promise<unknown> = Promise.resolve(),
): { readonly flow: FlowModule; begun: number; cleaned: number } {
  const counts = { begun: 0, cleaned: 0 };
  const flow = defineFlow({ name: 'risky', voice: 'en-US-ZiraRUS' }, function* () {
    try {
      yield* capture('Go on?', { id: 'go' });
      const gated = (): unknown => {
        counts.begun++;
        return gate.then(run);
      };
      const result = yield* step('risky', gated, { retries: 0, timeout: 1_500, examples: { fine: 'fine' } });
      yield say(`It went ${String(result)}.`);
    } catch (error) {
      if (!(error instanceof StepFailedError)) throw error;
      yield say('It went wrong.');
    } finally {
      yield* uninterruptible(function* () {
        yield* step('clean-up', () => ++counts.cleaned, { examples: { done: 1 } });
      });
    }
  });
  return Object.assign(counts, { flow });
}

async function serve(flow: FlowModule): Promise<{ readonly platform: Platform; readonly store: Store }> {
  const store = createMemoryStore();
  const server = await startServer({
    flows: [flow],
    store,
    port: 0,
    allowUnverified: true,
    logLevel: 'silent',
    sweepEvery: 200,
    sessions: { budget: 50_000 },
  });
  const platform = createPlatform({
    webhookUrls: `${server.url}/webhooks`,
    clock: 'virtual',
    seed: 1,
    behaviour: { answerTimeoutMs: 60_000 },
  });
  onTestFinished(async () => {
    await platform.close();
    await server.close();
  });
  return { platform, store };
}

function block(ms: number): string {
  for (const until = performance.now() + ms; performance.now() < until;);
  return 'fine';
}

const circular: { self?: unknown } = {};
circular.self = circular;

const CASES: readonly (readonly [string, () => unknown, string])[] = [
  ['hangs', () => new Promise(() => undefined), 'It went wrong.'],
  [
    'throws',
    () => {
      throw new TypeError('no');
    },
    'It went wrong.',
  ],
  ['rejects', () => Promise.reject(new TypeError('no')), 'It went wrong.'],
  ['rejects with nothing', () => Promise.reject(undefined as unknown as Error), 'It went wrong.'],
  ['returns a number that JSON has not', () => 7n, 'It went wrong.'],
  ['returns a circle', () => circular, 'It went wrong.'],
  ['blocks the process for a second', () => block(1_000), 'It went fine.'],
];

describe('a step that', () => {
  it.each(CASES)('%s is told to the flow, and other callers are served', async (_what, run, outcome) => {
    const trouble = risky(run);
    const { platform } = await serve(trouble.flow);
    const calls = Array.from({ length: 3 }, () => platform.inboundCall({ caller: caller.press('1') }).closed);
    for (const { heard } of await Promise.all(calls)) expect(heard).toEqual(['Go on?', outcome]);
    expect(trouble).toMatchObject({ begun: 3, cleaned: 3 });
    expect(platform.faults).toEqual([]);
  });

  it.each(CASES)('%s while the caller hangs up leaves nothing behind', async (_what, run) => {
    let open = (): void => undefined;
    const trouble = risky(run, new Promise<void>((resolve) => (open = resolve)));
    const { platform, store } = await serve(trouble.flow);
    const call = platform.inboundCall();
    await call.ready();
    void call.press('1');
    await expect.poll(() => trouble.begun).toBe(1);
    await call.hangUp();
    open();
    await call.closed;
    const statusOf = async () => (await store.list({})).calls.map(({ status, dueAt }) => [status, dueAt]);
    await expect.poll(statusOf).toEqual([['ended', null]]);
    expect(trouble).toMatchObject({ begun: 1, cleaned: 1 });
  });
});
