import { defineFlow, menu } from '@hookswitch/dsl';
import { createMemoryStore } from '../store/memory/memory-store.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { CallWorld } from './call-world.test-support.ts';
import type { CallListView, CallTotalsView } from './lines.ts';

const desk = defineFlow({ name: 'desk', voice: 'en-US-BenjaminRUS' }, function* () {
  yield* menu('Bye 1, more 2.', { 1: 'bye', 2: 'more' }, { id: 'main', otherwise: 'bye' });
});

let world: CallWorld;
afterEach(() => world.app.close());

/** Calls that callers have ended, and between them others that the flow has. */
async function called(count: number): Promise<void> {
  world = await CallWorld.open(desk, { store: createMemoryStore() });
  for (let n = 0; n < count; n++) {
    await world.received(`session-${n}`);
    if (n % 3 === 0) await world.completed('1');
    await world.over({ sessionStatus: 'COMPLETED' });
  }
}

describe('calls that somebody has ended', () => {
  it('are listed in pages that are full as long as there are more', async () => {
    await called(10);
    const first = await world.get<CallListView>('/calls?endedBy=caller&limit=4');
    const second = await world.get<CallListView>(`/calls?endedBy=caller&limit=4&cursor=${first.cursor ?? ''}`);
    expect([first, second].map(({ calls }) => calls.map(({ endedBy }) => endedBy))).toEqual([
      Array(4).fill('caller'),
      Array(2).fill('caller'),
    ]);
    expect(second.cursor).toBeNull();
    expect(new Set([...first.calls, ...second.calls].map(({ id }) => id)).size).toBe(6);
  });

  it('are counted', async () => {
    await called(5);
    expect(await world.get<CallTotalsView>('/calls/count?endedBy=flow')).toEqual({ calls: 2, failed: 0, isMore: false });
    expect(await world.get<CallTotalsView>('/calls/count')).toEqual({ calls: 5, failed: 0, isMore: false });
    expect(await world.get<CallTotalsView>('/calls/count?flow=other')).toEqual({ calls: 0, failed: 0, isMore: false });
  });
});
