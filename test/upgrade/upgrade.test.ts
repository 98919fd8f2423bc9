import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as dsl from '@hookswitch/dsl';
import { createApp, type EndedCall, openStore, type Store } from '@hookswitch/runtime';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock, settle } from '../../packages/runtime/src/clock.test-support.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { FIXTURE_KEY, FIXTURE_TIME, POSTGRES_FIXTURE, SQLITE_FIXTURE } from './fixtures.ts';
import { flowsOf, NUMBERS } from './flows.ts';
import { type Heard, Line, words } from './line.ts';

// A database that a server of the release before has left in the middle of its calls is opened by one of today, and every call goes on to its end. `make-fixtures.ts` tells how
// the databases were made, `old-server.ts` what happened to each call before.

const IDLE = 2 * 3_600_000;
/** How far time goes on at once, ms, and how often until something happens. */
const BEAT = 250;
const MAX_BEATS = 2_000;

/** A copy of a fixture, and its end. */
async function placeOf(kind: 'sqlite' | 'postgres'): Promise<{ readonly url: string; remove(): Promise<void> }> {
  if (kind === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'hookswitch-upgrade-'));
    copyFileSync(SQLITE_FIXTURE, join(folder, 'calls.db'));
    return { url: `sqlite:${join(folder, 'calls.db')}`, remove: () => Promise.resolve(rmSync(folder, { recursive: true })) };
  }
  const postgres: TestPostgres = await startPostgres();
  const client = new pg.Client({ connectionString: postgres.connectionString });
  await client.connect();
  await client.query(readFileSync(POSTGRES_FIXTURE, 'utf8'));
  await client.end();
  return { url: postgres.connectionString, remove: () => postgres.stop() };
}

/** A store, and when it has answered all that it was asked: only then may time go on, or a slow machine would look like slow steps. */
function watched(store: Store): { readonly store: Store; hasAnswered(): Promise<void> } {
  let asked = 0;
  const counted = new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: readonly unknown[]): unknown => {
        const answer: unknown = Reflect.apply(value, target, args);
        if (!(answer instanceof Promise)) return answer;
        asked++;
        return answer.finally(() => asked--);
      };
    },
  });
  const hasAnswered = async (): Promise<void> => {
    do await settle();
    while (asked > 0);
  };
  return { store: counted, hasAnswered };
}

/** A server of today on a database of the release before. */
async function open(url: string) {
  const clock = new ManualClock(FIXTURE_TIME + 9_000);
  const { store, hasAnswered } = watched(openStore(url));
  const steps: string[] = [];
  const ended: EndedCall[] = [];
  const posts: string[] = [];
  const logged: string[] = [];
  const app = await createApp({
    flows: flowsOf(dsl, (name, key) => {
      steps.push(`${name} ${key}`);
      return Promise.resolve('Ann');
    }),
    store,
    clock,
    allowUnverified: true,
    logLevel: 'warn',
    logStream: { write: (text: string) => logged.push(text) > 0 },
    dataKeys: FIXTURE_KEY,
    subAccounts: [{ id: 'acme', apiKey: 'key' }],
    platformFetch: ((_url: string, { body }: { body: string }) => {
      posts.push(body);
      return Promise.reject(new TypeError('nothing is posted'));
    }) as never,
    hooks: { onEnd: (call) => void ended.push(call) },
  });
  await app.ready();
  const line = new Line(app, () => clock.now());
  return { app, clock, store, hasAnswered, line, steps, ended, posts, logged };
}

describe.each(['sqlite', 'postgres'] as const)('a database of the release before (%s)', (kind) => {
  let place: Awaited<ReturnType<typeof placeOf>>;
  let server: Awaited<ReturnType<typeof open>>;

  /** Time goes on in small pieces, and never while the store is asked something, until `holds`. */
  async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
    for (let beats = 0; !(await holds()); beats++) {
      if (beats > MAX_BEATS) throw new TypeError('it never came to that');
      await server.hasAnswered();
      if (!(await holds())) await server.clock.advance(BEAT);
    }
  }

  const isTold = (session: string) => (): boolean => server.ended.some(({ sessionId }) => sessionId === session);

  /** The next webhooks of a call, one for each of `pressed`; what is heard. */
  async function goesOn(session: string, pressed: readonly (string | null)[], to: string | null = null): Promise<readonly string[]> {
    const call = (await server.store.load({ subAccountId: 'acme', sessionId: session }))?.call;
    let echo = call === undefined || to !== null ? undefined : `${call.site}.${call.turn}`;
    const all: string[] = [];
    for (const digits of pressed) {
      let heard: Heard | undefined;
      const asked = server.line.completed(session, digits, echo, to).then((answer) => (heard = answer));
      await until(() => heard !== undefined);
      const { clientActionId, ...answer } = await asked;
      all.push(words(answer));
      echo = clientActionId;
    }
    return all;
  }

  const statusOf = async (session: string): Promise<string | undefined> =>
    (await server.store.load({ subAccountId: 'acme', sessionId: session }))?.call.status;

  beforeAll(async () => {
    place = await placeOf(kind);
    server = await open(place.url);
    // The leases of the server that was killed run out.
    const left = ['claimed', 'held'].map((sessionId) => ({ subAccountId: 'acme', sessionId }));
    for (const key of left) await until(async () => (await server.store.load(key))?.call.site === 'more');
    for (const session of ['tidying', 'over', 'caught']) await until(isTold(session));
  });
  afterAll(async () => {
    await server.app.close();
    await place.remove();
  });

  it.each<[string, string, readonly (string | null)[], readonly string[], string | null]>([
    ['waits for digits', 'waiting', ['4711', '2'], ['billing of 4711. More? …', 'Then 2. ⏹'], null],
    ['is in a bridge', 'bridged', [null, '5'], ['It was unknown. Marks? …', '5 marks. ⏹'], null],
    ['stands at a step under a lease', 'claimed', ['7', '1'], ['7 is Ann. More? …', 'Then 1. ⏹'], null],
    ['has heard a hold', 'held', [null, '1'], ['7 is Ann. More? …', 'Then 1. ⏹'], null],
    ['has answered something sensitive', 'secret', ['1'], ['⏹'], null],
    ['is asked for something sensitive', 'secret-asked', ['1234', '1'], ['The same. More? …', '⏹'], null],
    ['was placed, and not answered', 'placed', ['1'], ['See you. ⏹'], '+6590000011'],
    ['was being posted', 'posting', ['1'], ['See you. ⏹'], '+6590000012'],
    ['was posted without an answer', 'unknown', ['1'], ['See you. ⏹'], '+6590000013'],
  ])('a call that %s goes on to its end', async (_where, session, pressed, heard, to) => {
    expect(await goesOn(session, pressed, to)).toEqual(heard);
    await server.line.isOver(session);
    await until(isTold(session));
    expect(await statusOf(session)).toBe('ended');
    expect(server.ended.filter(({ sessionId }) => sessionId === session)).toHaveLength(1);
  });

  it.each([
    ['at its second step', 'tidying', ['release-two']],
    ['before its step was done', 'over', ['find', 'release']],
    ['after a catch had seen the end', 'caught', ['outer']],
  ])('a call whose clean-up was left %s by the rule of then is tidied up, once', async (_where, session, names) => {
    const id = (await server.store.load({ subAccountId: 'acme', sessionId: session }))?.call.id ?? '';
    expect(await statusOf(session)).toBe('ended');
    expect(server.steps.filter((step) => step.includes(id)).map((step) => step.split(' ')[0])).toEqual(names);
    expect(server.ended.filter(({ sessionId }) => sessionId === session)).toHaveLength(1);
  });

  it('a call whose end was not told is told of, and one that was is not told of again', async () => {
    await until(isTold('untold'));
    expect(server.ended.filter(({ sessionId }) => sessionId === 'untold')).toHaveLength(1);
    expect(server.ended.filter(({ sessionId }) => sessionId === 'ended')).toEqual([]);
  });

  it('a call that is over before it begins ends with the summary that came then', async () => {
    expect(words(await server.line.begins('early', NUMBERS.asking))).toBe('Billing 1, agent 2. …');
    await server.clock.advance(IDLE);
    await until(() => isTold('early')() && isTold('early-begun')());
    const early = server.ended.filter(({ sessionId }) => sessionId?.startsWith('early'));
    expect(early.map(({ sessionId, sessionStatus }) => [sessionId, sessionStatus]).toSorted()).toEqual([
      ['early', 'COMPLETED'],
      ['early-begun', 'COMPLETED'],
    ]);
  });

  it('a call that was to be placed by the server that died is not placed, and its end is told', async () => {
    await until(() => server.ended.some(({ sessionId }) => sessionId === null));
    expect(server.posts).toEqual([]);
    expect(server.ended.filter(({ sessionId }) => sessionId === null)).toMatchObject([{ sessionStatus: 'IDLE', flow: 'reminder' }]);
  });

  it('has no call that is open in the end, no step under two keys, and none that has diverged', async () => {
    await until(async () => (await server.store.list({})).calls.every(({ dueAt }) => dueAt === null));
    const { calls } = await server.store.list({});
    expect(new Set(server.ended.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(server.ended.length);
    expect(calls.filter(({ dueAt, status }) => dueAt !== null || status !== 'ended')).toEqual([]);
    expect(new Set(server.steps).size).toBe(server.steps.length);
    expect(server.logged.filter((text) => /diverg|fallback|threw/.test(text))).toEqual([]);
    for (const { id } of calls) expect(JSON.stringify(await server.store.load({ id }))).not.toContain('1234');
  });
});
