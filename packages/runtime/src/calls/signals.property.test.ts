import { capture, defineFlow, say, waitFor } from '@hookswitch/dsl';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../store/index.ts';
import { World } from './calls.test-support.ts';
import type { SignalSent } from './input.ts';

const flow = defineFlow({ name: 'shop', voice: 'en-US-ZiraRUS' }, function* () {
  const got: unknown[] = [];
  for (let round = 0; round < 3; round++) {
    yield* capture('Go on?', { id: 'go', maxDigits: 1, completeOnHash: false });
    const paid = yield* waitFor('paid', { timeout: '1m', hold: [say('Still checking.')], examples: { ok: 1 } });
    got.push(paid.arrived ? paid.value : null);
  }
  yield say(JSON.stringify(got));
});

/** What may happen next, in one of two processes on one store. */
const anyDeed = fc.record({
  process: fc.nat({ max: 1 }),
  what: fc.constantFrom('signal', 'signal', 'signal', 'asks', 'asks', 'asks again', 'time', 'dies', 'at once', 'over'),
  key: fc.option(fc.nat({ max: 3 }), { freq: 2 }),
});

describe('signals, in two processes, early, twice, late, and in races with webhooks and the end,', () => {
  it('come to the flow in the order in which they were taken note of, each request once', async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyDeed, { minLength: 5, maxLength: 30 }), async (deeds) => {
        const store = createMemoryStore();
        const worlds = [await World.open([flow], { store }), await World.open([flow], { store })] as const;
        const [first] = worlds;
        const accepted: number[] = [];
        const byKey = new Map<number, { readonly value: number; readonly is: string }>();
        let sent = 0;
        let isOver = false;
        let last = first.event({ status: 'received' });
        let { body } = await first.deliver(last);
        const echoOf = (text: string) => {
          const turn = /\.(\d+)$/.exec((JSON.parse(text) as { clientActionId?: string }).clientActionId ?? '')?.[1];
          return turn === undefined ? null : ({ kind: 'turn', turn: Number(turn) } as const);
        };
        const signal = async (world: World, key: number | null): Promise<void> => {
          const value = (key === null ? undefined : byKey.get(key)?.value) ?? ++sent;
          const text = String(value);
          const named = key === null ? null : `key-${key}`;
          const input: SignalSent = {
            kind: 'signal',
            at: world.clock.now(),
            callId: 'call-1',
            name: 'paid',
            value,
            text,
            key: named,
            digest: text,
          };
          const { outcome } = await world.calls.signal(input);
          if (!('repeated' in outcome)) return;
          if (outcome.repeated) expect(outcome.is).toBe(byKey.get(key as number)?.is);
          else accepted.push(value);
          if (key !== null && !outcome.repeated) byKey.set(key, { value, is: outcome.is });
        };
        const ask = async (world: World): Promise<void> => {
          last = world.event({ sessionId: 'session-1', id: 'call-1', echo: echoOf(body), digits: '1' });
          ({ body } = await world.deliver(last));
        };
        for (const { process, what, key } of deeds) {
          const world = worlds[process] as World;
          const other = worlds[1 - process] as World;
          if (what === 'signal') await signal(world, key);
          else if (what === 'asks') await ask(world);
          else if (what === 'asks again') expect((await other.deliver({ ...last })).body).toBe(body);
          else if (what === 'time') for (const one of worlds) await one.clock.advance(30_000);
          else if (what === 'dies') world.restart();
          else if (what === 'at once') await Promise.all([signal(world, key), ask(other)]);
          else if (!isOver) {
            isOver = true;
            await Promise.all([world.over(), signal(other, key)]);
          }
        }
        if (!isOver) await first.over();
        for (const world of worlds) await world.calls.settled();

        const stored = await store.load({ id: 'call-1' });
        expect(stored?.call.endedAt).not.toBeNull();
        const entries = (stored?.journal ?? []).map(
          ({ data }) => JSON.parse(data) as { site: string; value?: { arrived?: boolean; value?: number } },
        );
        const came = entries.flatMap(({ value }) => (value?.arrived === true ? [value.value] : []));
        // First in, first out, and none twice; what the flow did not come to is forgotten.
        expect(came).toEqual(accepted.slice(0, came.length));
        expect(new Set(came).size).toBe(came.length);
        taken += came.length;
        expect(await store.signals('call-1')).toEqual([]);
        expect(entries.filter((entry) => 'ended' in entry)).toHaveLength(1);
      }),
      { numRuns: Number(process.env['RUNS'] ?? 60), seed: 1 },
    );
    expect(taken).toBeGreaterThan(20);
  }, 120_000);
});
