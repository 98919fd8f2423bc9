import { readFileSync } from 'node:fs';
import { capture, defineFlow, say } from '@hookswitch/dsl';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { ManualClock } from '../clock.test-support.ts';
import { createMemoryStore } from '../store/memory/memory-store.ts';
import type { Store } from '../store/store.ts';

const hello = defineFlow({ name: 'hello', voice: 'en-US-ZiraRUS' }, function* () {
  const key = yield* capture('Press any key.', { id: 'key', maxDigits: 1, completeOnHash: false });
  yield say(`You pressed ${key ?? 'nothing'}.`);
});

const SECRET = 'Bearer a-long-enough-secret';
const SAMPLES = { vca: 'vca-call-received', vss: 'vss-bridge-answered', vcs: 'vcs-call-received', vru: 'vru-upload-completed' } as const;
type Kind = keyof typeof SAMPLES;

const apps: FastifyInstance[] = [];
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

async function server(): Promise<{ readonly app: FastifyInstance; readonly store: Store }> {
  const store = createMemoryStore();
  const clock = new ManualClock(Date.UTC(2019, 9, 16, 8, 12, 2));
  const app = await createApp({ flows: [hello], store, webhookSecrets: [SECRET], clock, logStream: { write: () => undefined } });
  apps.push(app);
  return { app, store };
}

/** A published sample, its payload changed as text: an id may be a number that JavaScript has not. */
function sample(kind: Kind, change: Readonly<Record<string, string>>): string {
  const text = readFileSync(new URL(`../../fixtures/webhooks/${SAMPLES[kind]}.json`, import.meta.url), 'utf8');
  const body = JSON.parse(text) as { readonly payload: Record<string, unknown> };
  const names = Object.keys(change);
  const marked = {
    ...body,
    payload: { ...body.payload, subAccountId: 'acme', ...Object.fromEntries(names.map((name) => [name, `<${name}>`])) },
  };
  return names.reduce((result, name) => result.replace(`"<${name}>"`, () => change[name] ?? ''), JSON.stringify(marked));
}

function post(app: FastifyInstance, kind: Kind, payload: string, url = `/webhooks/${kind}`) {
  return app.inject({ method: 'POST', url, payload, headers: { authorization: SECRET, 'content-type': 'application/json' } });
}

const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

describe('a webhook that is larger or deeper than any of 8x8’s', () => {
  it.each<[string, string]>([
    ['of a megabyte', JSON.stringify('x'.repeat(1_000_000))],
    ['nested 5,000 levels deep', nested(5_000)],
  ])('%s is kept, whatever it tells', async (_what, more) => {
    const { app, store } = await server();
    const early = { sessionId: '"other"', more };
    const known = { sessionId: '"session"', more };
    expect((await post(app, 'vca', sample('vca', known))).json()).toMatchObject({ clientActionId: 'key.0' });
    for (const [kind, change] of [
      ['vcs', known],
      ['vru', known],
      ['vss', early],
      ['vss', known],
    ] as const)
      expect([kind, (await post(app, kind, sample(kind, change))).statusCode]).toEqual([kind, 200]);
    const { calls } = await store.list({});
    expect(calls.map(({ status }) => status)).toEqual(['ended']);
    const rows = await store.inbox('acme', 'other');
    expect(rows.map(({ kind, pending }) => [kind, pending])).toEqual([['summary', true]]);
  });

  it.each<Kind>(['vss', 'vcs', 'vru'])('is refused where it is longer than bodyLimit, and told why: %s', async (kind) => {
    const { app } = await server();
    const reply = await post(app, kind, sample(kind, { more: JSON.stringify('x'.repeat(1_100_000)) }));
    expect(reply.statusCode).toBe(413);
    expect(reply.json()).toMatchObject({ error: 'too-large', message: expect.stringContaining('bodyLimit') as string });
  });

  it('is answered with a callflow where a caller may be behind it', async () => {
    const { app } = await server();
    const reply = await post(app, 'vca', sample('vca', { more: JSON.stringify('x'.repeat(1_100_000)) }));
    expect([reply.statusCode, reply.json()]).toMatchObject([200, { callflow: [{ action: 'say' }, { action: 'hangup' }] }]);
  });
});

describe('ids', () => {
  it.each([251, 252, 253, 254, 255, 256])('of %i characters name a call', async (length) => {
    const { app, store } = await server();
    const name = { sessionId: JSON.stringify('s'.repeat(length)), subAccountId: JSON.stringify('a'.repeat(length)) };
    expect((await post(app, 'vca', sample('vca', name))).json()).toMatchObject({ clientActionId: 'key.0' });
    for (const kind of ['vcs', 'vru', 'vss'] as const) expect((await post(app, kind, sample(kind, name))).statusCode).toBe(200);
    const { calls } = await store.list({});
    expect(calls.map(({ status, sessionId }) => [status, sessionId?.length])).toEqual([['ended', length]]);
  });

  it('that are longer are no ids, and no reason to send a webhook again', async () => {
    const { app, store } = await server();
    const name = { sessionId: JSON.stringify('s'.repeat(257)) };
    for (const kind of ['vca', 'vcs', 'vru', 'vss'] as const) expect((await post(app, kind, sample(kind, name))).statusCode).toBe(200);
    expect((await store.list({})).calls).toEqual([]);
  });

  it('that are numbers beyond 2^53 are told from their neighbours', async () => {
    const { app, store } = await server();
    const [one, other] = [{ sessionId: '9007199254740992' }, { sessionId: '9007199254740993' }];
    for (const name of [one, other])
      expect((await post(app, 'vca', sample('vca', name))).json()).toMatchObject({ clientActionId: 'key.0' });
    for (const kind of ['vcs', 'vru', 'vss'] as const) await post(app, kind, sample(kind, other));
    const { calls } = await store.list({});
    expect(calls.map(({ sessionId, status }) => [sessionId, status]).sort()).toEqual([
      ['9007199254740992', 'live'],
      ['9007199254740993', 'ended'],
    ]);
  });
});
