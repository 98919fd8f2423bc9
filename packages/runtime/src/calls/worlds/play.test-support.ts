import { compile } from '@hookswitch/dsl';
import { expect } from 'vitest';
import { Model } from '../../../../dsl/src/generator/ending-model.test-support.ts';
import { text } from '../../../../dsl/src/generator/ending-programs.test-support.ts';
import { DEFAULT_SETTINGS } from '../../assembly/options.ts';
import type { CallRecord, Store } from '../../store/store.ts';
import { type CountKey, readKey, type SiteCount } from '../count-keys.ts';
import { HIDDEN } from '../hidden/without-secrets.ts';
import { callOf, readState } from '../state.ts';
import type { Faults } from './faults.test-support.ts';
import { type Outcome, Platform } from './platform.test-support.ts';
import { CHART, type Program, SECRET } from './random-flow.test-support.ts';
import { RandomWorld } from './random-world.test-support.ts';

const FALLBACK = DEFAULT_SETTINGS.fallback.text;
const HOUR = 3_600_000;
const SWEEP_EVERY = 5_000;
/** How long a call may take to be complete once the platform is through: longer than it may be idle. */
const MAX_REST = 6 * HOUR;

/** Opens one store as often as there are processes; empty. */
export type OpenStores = (processes: number) => Promise<readonly Store[]>;

/** In any world the caller hears what is heard where nothing goes wrong, up to where he hangs up, and the invariants hold. */
export async function holdsInWorld(open: OpenStores, program: Program, faults: Faults): Promise<void> {
  const calm = await play(await open(1), program, faults, true);
  const wild = await play(await open(faults.processes), program, faults, false);
  const shown = (wrong: readonly string[]): string => (wrong.length === 0 ? '' : [...new Set(wrong), text(program)].join('\n'));
  expect(shown(calm.wrong)).toBe('');
  expect(shown(wild.wrong)).toBe('');
  if (faults.isEarly || wild.isGivenUp || (faults.isPlaced && wild.heard.length === 0)) return;
  const isWhole = faults.hangsUpAt === null && faults.endAskedAt === null && !calm.hasFailed;
  // What a flow has said since its last question is not heard where it fails then; a hold may have said it before.
  const length = isWhole ? Infinity : Math.min(calm.heard.length, wild.heard.length);
  expect(wild.heard.slice(0, length), `6: what the caller hears of\n${text(program)}`).toEqual(calm.heard.slice(0, length));
}

/** Plays a call to its end, and looks at what it has left behind. */
async function play(stores: readonly Store[], program: Program, faults: Faults, isCalm: boolean) {
  const world = new RandomWorld(stores, program, faults, isCalm);
  let outcome: Outcome | null = null;
  let failure: Error | null = null;
  new Platform(world).call().then(
    (result) => (outcome = result),
    (error: unknown) => (failure = error instanceof Error ? error : new Error(String(error))),
  );
  let isSweeping = true;
  const tick = (): void => {
    world.sweep();
    if (isSweeping) world.time.timer(outcome === null ? SWEEP_EVERY : 4 * SWEEP_EVERY, tick);
  };
  tick();
  await world.time.until(() => outcome !== null || failure !== null);
  if (failure !== null) throw failure as Error;
  const began = world.time.now();
  let quiet = 0;
  await world.time.until(() => {
    const isOver = world.history.last === null ? world.time.now() > began + HOUR : world.isComplete;
    if (isOver) quiet++;
    return quiet > 3 || world.time.now() > began + MAX_REST;
  });
  isSweeping = false;
  const { heard, isSummaryKept } = outcome as unknown as Outcome;
  const [store] = stores;
  if (store !== undefined) await leftBehind(world, program, store, isSummaryKept);
  const said = heard.filter((one) => one !== FALLBACK);
  return { heard: said, hasFailed: said.length < heard.length, wrong: world.wrong, isGivenUp: world.isGivenUp };
}

async function leftBehind(world: RandomWorld, program: Program, store: Store, isSummaryKept: boolean): Promise<void> {
  const { wrong, history, faults, isCalm, told, isGivenUp } = world;
  wrong.push(...history.problems(isCalm || (faults.crash === 0 && faults.fail === 0)), ...world.movedSteps);
  const { calls } = await store.list({});
  if (calls.length > 1) wrong.push('7: one session has become two calls');
  const { last } = history;
  const [call] = calls;
  if (call === undefined || last === null) return;
  const { summary } = last.state;
  if (call.endedAt === null || call.dueAt !== null) wrong.push(`6: the call is left open: ${call.status} at ${call.site}, ${call.state}`);
  if (isSummaryKept && call.sessionId !== null && summary?.status !== 'COMPLETED')
    wrong.push('6: a summary that was kept did not end its call');
  if (summary !== null && told.size !== 1) wrong.push(`6: onEnd was told under ${told.size} keys`);
  wrong.push(...((await world.sender?.problems(store)) ?? []));
  await expectReplayed(world, store);
  await expectCounted(world, store, call);
  if (isGivenUp) return;
  if (summary !== null && !history.journal.some((entry) => 'ended' in entry))
    wrong.push('6: the flow is never told that its session is over');
  expectAsModel(world, program, call.site);
}

/** After each commit the store has the tags and the result that a pure replay of the journal gives, and finds the call by them. */
async function expectReplayed({ wrong, history, flow }: RandomWorld, store: Store): Promise<void> {
  const compiled = compile(flow, { chart: CHART, liveCache: 'off' });
  for (const { call, journal } of history.standings) {
    const { tags, result, error } = compiled.restore(callOf(call, readState(call.state)), journal, call.site);
    // What speaks of a sensitive answer is hidden.
    const replayed = JSON.stringify([sorted(tags), String(result) === SECRET ? HIDDEN : (result as unknown)]);
    const stored = JSON.stringify([sorted(call.tags), call.result === null ? null : JSON.parse(call.result)]);
    if (stored !== replayed) wrong.push(`4: revision ${call.revision} has ${stored}, its journal gives ${replayed} (${String(error)})`);
  }
  const { call: last } = history.standings.at(-1) ?? {};
  if (last === undefined) return;
  for (const [name, value] of Object.entries(last.tags)) {
    const found = await store.list({ tags: [{ name, compare: '=', value: String(value) }] });
    if (found.calls[0]?.tags[name] !== value) wrong.push(`4: the call is not found by its tag ${name}`);
  }
}

/** The call is counted once, whoever has ended it and whatever has died meanwhile; of what was keyed in nothing is in it. */
async function expectCounted({ wrong, isCalm, faults }: RandomWorld, store: Store, call: CallRecord): Promise<void> {
  for (let folded = 1; folded > 0;) folded = await store.foldCounts(100);
  const { totals, pending } = await store.counts({ flow: call.flow, since: 0, until: Math.ceil(call.startedAt / HOUR + 1) * HOUR });
  const sum = (wanted: CountKey[0]): number =>
    [...totals].reduce((all, [key, count]) => (readKey(key)[0] === wanted ? all + count : all), 0);
  const expected = call.endedAt === null ? 0 : 1;
  const figures = { calls: sum('calls'), endings: sum('ending'), pending };
  if (JSON.stringify(figures) !== JSON.stringify({ calls: expected, endings: expected, pending: 0 }))
    wrong.push(`4: ${expected} call is over, and the counters have ${JSON.stringify(figures)}`);
  if (call.counted !== (call.endedAt !== null)) wrong.push('4: a call that is over does not say that it was counted');
  if ([...totals.keys()].some((key) => key.includes(SECRET))) wrong.push('4: what a caller has keyed in stands in a counter');
  const site = (what: SiteCount): number =>
    [...totals].reduce((all, [key, count]) => (readKey(key)[0] === 'site' && readKey(key)[2] === what ? all + count : all), 0);
  if (site('exits') > expected || site('hangups') > site('exits')) wrong.push(`4: one call has left at ${site('exits')} sites`);
  if (isCalm && faults.hangsUpAt === null && sum('strayed') > 0) wrong.push('4: a call that its own code has led could not be followed');
}

function sorted(tags: CallRecord['tags']): unknown {
  return Object.entries(tags).toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** The journal leads the dsl's reference of how flows end, step by step, to where the call has ended: clean-up ran once, and nothing else did. */
function expectAsModel({ wrong, history }: RandomWorld, program: Program, site: string): void {
  const model = new Model(program, 'wanted');
  for (const entry of history.journal) {
    // The reference knows nothing of settings, for which nobody waits.
    if (entry.site === 'settings') continue;
    if (model.stand.site !== entry.site) {
      wrong.push(`6: the flow stood at ${entry.site}, where it should have stood at ${model.stand.site}`);
      return;
    }
    model.answer(entry);
  }
  if (model.stand.site !== site) wrong.push(`6: the call has ended at ${site} instead of ${model.stand.site}`);
}
