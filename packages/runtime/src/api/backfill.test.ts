import { capture, defineFlow, say } from '@hookswitch/dsl';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { World } from '../calls/calls.test-support.ts';
import { createMemoryStore } from '../store/memory/memory-store.ts';
import type { Store } from '../store/store.ts';

const reminder = defineFlow({ name: 'reminder', voice: 'en-US-ZiraRUS' }, function* () {
  yield say('Hello.');
  yield* capture('Coming?', { id: 'coming', maxDigits: 1, completeOnHash: false });
  yield say('Goodbye.');
});

const TOKEN = 'a-long-enough-api-token';
const apps: FastifyInstance[] = [];
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

/** A store with calls that a server of before has ended, and did not count. */
async function storeOf(count: number): Promise<Store> {
  const world = await World.open([reminder]);
  await world.received();
  await world.completed('1');
  await world.over();
  const found = await world.store.load({ id: 'call-1' });
  if (found === null) throw new TypeError('no call');
  const store = createMemoryStore();
  await store.open();
  for (let n = 0; n < count; n++) {
    const call = { ...found.call, id: `call-${n}`, sessionId: `session-${n}`, revision: 1, counted: false };
    expect(await store.commit({ call, journal: found.journal })).toBe('committed');
  }
  // Servers close the store that they were given; what it keeps is to be there for the next one.
  return Object.assign(store, { close: () => Promise.resolve() });
}

async function server(store: Store) {
  const app = await createApp({ flows: [reminder], store, allowUnverified: true, apiTokens: [TOKEN], logLevel: 'silent' });
  apps.push(app);
  const ask = async (method: 'GET' | 'POST', url: string): Promise<unknown> =>
    (await app.inject({ method, url, headers: { authorization: `Bearer ${TOKEN}` } })).json();
  return {
    app,
    count: () => ask('POST', '/insights/count'),
    insights: () => ask('GET', '/insights?since=2025-06-01T00:00:00Z&until=2027-06-01T00:00:00Z'),
  };
}

describe('POST /insights/count', () => {
  it('counts calls that ended before, batch by batch, by their arrows', async () => {
    const { count, insights } = await server(await storeOf(230));
    expect(await insights()).toMatchObject({ uncounted: true, figures: { calls: 0 } });
    expect(await count()).toEqual({ counted: 200, more: true });
    expect(await insights()).toMatchObject({ uncounted: true, figures: { calls: 200 } });
    expect(await count()).toEqual({ counted: 30, more: false });
    expect(await insights()).toMatchObject({ uncounted: false, figures: { calls: 230, endings: { contained: 230 }, strayed: 0 } });
    const { figures } = (await insights()) as { figures: { arrows: unknown } };
    expect(figures.arrows).toContainEqual(expect.objectContaining({ from: 'coming', to: 'ended', count: 230 }));
  });

  it('goes on where it was after a stop, on another server', async () => {
    const store = await storeOf(210);
    const first = await server(store);
    expect(await first.count()).toEqual({ counted: 200, more: true });
    await apps.pop()?.close();
    const second = await server(store);
    expect(await second.count()).toEqual({ counted: 10, more: false });
    expect(await second.insights()).toMatchObject({ figures: { calls: 210 } });
  });

  it('counts nothing twice, whoever asks at the same time or again', async () => {
    const { count, insights } = await server(await storeOf(40));
    const answers = (await Promise.all([count(), count(), count()])) as { counted: number }[];
    expect(answers.reduce((sum, { counted }) => sum + counted, 0)).toBe(40);
    expect(await count()).toEqual({ counted: 0, more: false });
    expect(await insights()).toMatchObject({ figures: { calls: 40 }, uncounted: false });
  });
});
