import type { Entry } from '@hookswitch/dsl';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryStore } from '../store/memory/memory-store.ts';
import type { Store } from '../store/store.ts';
import type { Decision, Env, Found } from './call.ts';
import { DECIDE } from './decide/decide.ts';
import type { CallInput } from './input.ts';
import { readEcho } from './reply/answers.ts';
import { readState } from './state.ts';
import { Platform } from './worlds/platform.test-support.ts';
import { type Part, parts } from './worlds/random-flow.test-support.ts';
import { type Faults, FIGURES, RandomWorld, textOf } from './worlds/random-world.test-support.ts';

/** Worlds of each kind of store, always the same ones; others, and more, by the environment: `WORLDS=4000 SEED=7 npx vitest run calls.property`. */
const WORLDS = Number(process.env['WORLDS'] ?? 60);
const SEED = Number(process.env['SEED'] ?? 1);
const HOURS = 3_600_000;

type Decide = (found: Found, input: CallInput, env: Env) => Decision;

/** Of a placed call whose post has got no answer, each webhook looks forty times for its session: with the same shares no process would live that long. */
const milder = (given: Faults): Faults => (given.isPlaced ? { ...given, crash: given.crash * 0.15, fail: given.fail * 0.2 } : given);

const anyFaults = fc.record<Faults>({
  seed: fc.integer(),
  crash: fc.constantFrom(0, 0.005, 0.02, 0.06),
  fail: fc.constantFrom(0, 0, 0.02, 0.1),
  lose: fc.constantFrom(0, 0.1, 0.3),
  repeat: fc.constantFrom(0, 0.3, 0.7),
  latency: fc.constantFrom(0, 20, 500),
  hangsUpAt: fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: null, freq: 2 }),
  isEarly: fc.integer({ min: 0, max: 15 }).map((n) => n === 0),
  hotCalls: fc.constantFrom(0, 20_000),
  isPlaced: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
  lostPosts: fc.constantFrom(0, 0.5),
  processes: fc.constantFrom(1, 2),
});
const faults = anyFaults.map(milder);

/** Plays a call to its end, and looks at what it has left behind. */
async function play(store: Store, list: readonly Part[], given: Faults, isCalm: boolean) {
  const world = new RandomWorld(store, list, given, isCalm);
  const platform = new Platform(world);
  let outcome: Awaited<ReturnType<Platform['call']>> | null = null;
  let failure: Error | null = null;
  platform.call().then(
    (result) => (outcome = result),
    (error: unknown) => (failure = error instanceof Error ? error : new Error(String(error))),
  );
  let isSweeping = true;
  const tick = (): void => {
    world.sweep();
    if (isSweeping) world.time.timer(5_000, tick);
  };
  tick();
  await world.time.until(() => outcome !== null || failure !== null);
  if (failure !== null) throw failure as Error;
  const began = world.time.now();
  let quiet = 0;
  await world.time.until(async () => {
    const [call] = (await store.list({})).calls;
    const isDone = call === undefined ? world.time.now() > began + HOURS : call.endedAt !== null && call.dueAt === null;
    if (isDone) quiet++;
    return quiet > 3 || world.time.now() > began + 30 * HOURS;
  });
  isSweeping = false;
  const { heard, bodies, isSummaryKept } = outcome as unknown as Awaited<ReturnType<Platform['call']>>;
  world.wrong.push(...(await leftBehind(world, store, bodies, isSummaryKept)));
  return {
    heard,
    wrong: world.wrong,
    isGivenUp: world.isGivenUp || (await store.list({})).calls.some(({ state }) => readState(state).error !== null),
  };
}

async function leftBehind(world: RandomWorld, store: Store, bodies: readonly string[], isSummaryKept: boolean): Promise<string[]> {
  const wrong: string[] = [];
  const { calls } = await store.list({});
  if (calls.length > 1) wrong.push('7: one session has become two calls');
  const [call] = calls;
  if (call === undefined) return wrong;
  if (call.endedAt === null || call.dueAt !== null) wrong.push(`6: the call is left open: ${call.status} at ${call.site}, ${call.state}`);
  const { summary, error } = readState(call.state);
  const isGivenUp = error?.code === 'internal';
  if (isSummaryKept && call.sessionId !== null && summary?.status !== 'COMPLETED')
    wrong.push('6: a summary that was kept did not end its call');
  if (summary !== null && world.told.size !== 1) wrong.push(`6: onEnd was told under ${world.told.size} keys`);
  const journal = ((await store.load({ id: call.id }))?.journal ?? []).map(({ data }) => JSON.parse(data) as Entry);
  for (const { inside, cleanUp } of world.flow.blocks) {
    if (isGivenUp || !journal.some(({ site }) => inside.includes(site))) continue;
    for (const site of cleanUp) {
      const times = journal.filter((entry) => entry.site === site && !('ended' in entry)).length;
      if (times !== 1) wrong.push(`6: clean-up ${site} ran ${times} times`);
    }
  }
  const turns = await store.turns(call.id);
  for (const body of bodies) {
    const echo = readEcho((JSON.parse(body) as { clientActionId?: string }).clientActionId ?? null);
    if (echo?.kind === 'turn' && turns.find(({ turn }) => turn === echo.turn)?.answer !== body)
      wrong.push('1, 3: an answer was sent that is not stored');
  }
  const kinds = call.sessionId === null ? [] : await store.inbox(call.subAccountId, call.sessionId);
  if (kinds.filter(({ kind }) => kind === 'status').length > 3) wrong.push('4: a status was kept twice');
  return wrong;
}

/** In any world the caller hears what is heard where nothing goes wrong, up to where he hangs up. */
async function holds(open: () => Promise<Store>, list: readonly Part[], given: Faults): Promise<void> {
  const calm = await play(await open(), list, given, true);
  const wild = await play(await open(), list, given, false);
  expect(calm.wrong.join('\n')).toBe('');
  expect(wild.wrong.join('\n')).toBe('');
  if (given.isEarly || wild.isGivenUp || (given.isPlaced && wild.heard.length === 0)) return;
  if (given.hangsUpAt === null) expect(wild.heard).toEqual(calm.heard);
  else expect(calm.heard.slice(0, wild.heard.length)).toEqual(wild.heard);
}

async function memory(isShared: boolean): Promise<Store> {
  const store = Object.assign(createMemoryStore(), { shared: isShared });
  await store.open();
  return store;
}

describe('whatever comes in whatever order, and whatever dies', () => {
  const different: string[] = [];
  beforeEach(() => {
    // Invariant 5, at every decision.
    for (const [kind, decideOne] of Object.entries(DECIDE) as [string, Decide][])
      vi.spyOn(DECIDE as unknown as Record<string, Decide>, kind).mockImplementation((found, input, env) => {
        FIGURES.inputs++;
        const decision = decideOne(found, input, env);
        if (textOf(decideOne(found, input, env)) !== textOf(decision)) different.push(input.kind);
        return decision;
      });
  });
  afterAll(() => {
    if (process.env['WORLDS'] !== undefined) process.stderr.write(`${JSON.stringify(FIGURES)}\n`);
  });

  it.each([
    ['a store that several processes share', true],
    ['a store of one process', false],
  ])('the nine invariants hold on %s', async (_what, isShared) => {
    const property = fc.asyncProperty(parts, faults, (list, given) => holds(() => memory(isShared), list, given));
    await fc.assert(property, { numRuns: WORLDS, seed: SEED, endOnFailure: process.env['SHRINK'] === undefined });
    expect(different).toEqual([]);
  });
});
