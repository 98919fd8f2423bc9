import { capture, defineFlow, tags } from '@hookswitch/dsl';
import { afterEach, describe, expect, it } from 'vitest';
import { CallWorld, TOKEN } from './call-world.test-support.ts';
import type { JournalExport } from './journal-export.ts';
import type { CallListView, CallView } from './lines.ts';

const labels = tags({ reason: ['billing', 'agent'], phone: 'text', amount: 'number' }, { metrics: ['reason'] });
const flow = defineFlow({ name: 'noting', voice: 'en-US-BenjaminRUS', tags: labels }, function* () {
  yield labels.set({ reason: 'billing', phone: 'of +6591234567', amount: 6591234567 });
  const key = yield* capture('Key?', { id: 'key', maxDigits: 1 });
  if (key === '2') yield labels.set({ reason: 'agent' });
  return { to: '+6591234567', cents: 1250 };
});

let world: CallWorld;
afterEach(() => world.app.close());

describe('what a flow notes', () => {
  it.each([
    [false, 'of +65••••67', '+65••••67'],
    [true, 'of +6591234567', '+6591234567'],
  ])('is the same in lists, calls, timelines and exports; where numbers are shown: %s', async (showNumbers, phone, to) => {
    world = await CallWorld.open(flow, { showNumbers });
    await world.received();
    await world.completed('2');
    await world.over();
    const noted = { tags: { reason: 'agent', phone, amount: 6591234567 }, result: { to, cents: 1250 } };
    const { call, timeline } = await world.call();
    expect(call).toMatchObject(noted);
    expect((await world.get<CallListView>('/calls')).calls).toMatchObject([noted]);
    expect(await world.get<JournalExport>(`/calls/${call.id}/journal`)).toMatchObject(noted);
    const texts = timeline.filter(({ kind }) => kind === 'tags').map(({ text }) => text);
    expect(texts).toEqual([expect.stringContaining(`reason: billing, phone: ${phone}`), 'Tags: reason: agent']);
    const shown = JSON.stringify([texts, call.result, call.tags['phone']]).includes('91234567');
    expect(shown).toBe(showNumbers);
  });

  it('is found by its last value, several conditions at once and beside other filters', async () => {
    world = await CallWorld.open(flow);
    for (const [session, key] of [
      ['one', '1'],
      ['two', '2'],
    ] as const) {
      await world.received(session);
      await world.completed(key);
    }
    const reasons = async (query: string): Promise<unknown[]> =>
      (await world.get<{ calls: CallView[] }>(`/calls?${query}`)).calls.map(({ tags: found }) => found['reason']);
    expect(await reasons('tag=reason%3Dbilling')).toEqual(['billing']);
    expect(await reasons('tag=reason!=billing&tag=amount>=1000')).toEqual(['agent']);
    expect(await reasons('tag=amount>1e6&flow=noting&status=live')).toEqual(['agent', 'billing']);
    expect(await reasons('tag=amount>1e6&flow=other')).toEqual([]);
    // Of a number that is masked, parts tell nothing.
    expect([await reasons('tag=phone=of +6591234567'), await reasons('tag=phone=%2B6591234567')].map(({ length }) => length)).toEqual([
      0, 0,
    ]);
    expect(await reasons('tag=phone=of%20%2B6591234567')).toHaveLength(2);
  });

  it('is counted once the call is over, under the names that the flow asks for', async () => {
    world = await CallWorld.open(flow);
    await world.received();
    await world.completed('2');
    const metrics = async (): Promise<string> =>
      (await world.app.inject({ url: '/metrics', headers: { authorization: `Bearer ${TOKEN}` } })).body;
    expect(await metrics()).not.toContain('hookswitch_calls_tagged_total{');
    await world.over();
    const lines = (await metrics()).split('\n').filter((line) => line.startsWith('hookswitch_calls_tagged_total{'));
    expect(lines).toEqual(['hookswitch_calls_tagged_total{flow="noting",tag="reason",value="agent"} 1']);
  });
});
