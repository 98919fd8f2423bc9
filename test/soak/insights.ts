import { type CountGroup, openStore, type Store } from '@hookswitch/runtime';
import type { StorePlace } from '../support/store-place.ts';
import { kill } from './kill.ts';
import type { Scenario, SoakResult } from './scenario.ts';

const HOUR = 3_600_000;
const PAGE = 500;

/** Calls that are over, and what the counters have of them. */
interface Counted {
  readonly wrong: readonly string[];
  readonly ended: number;
  readonly calls: number;
  readonly endings: number;
}

/** All calls of a store that are over, counted one by one. */
async function endedCalls(store: Store): Promise<{ readonly ended: number; readonly uncounted: number }> {
  let [ended, uncounted] = [0, 0];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await store.list({ limit: PAGE, ...(cursor === '' ? {} : { cursor }) });
    const over = page.calls.filter(({ endedAt }) => endedAt !== null);
    ended += over.length;
    uncounted += over.filter(({ counted }) => !counted).length;
    ({ cursor } = page);
  }
  return { ended, uncounted };
}

async function sumOf(store: Store, groups: readonly CountGroup[], isWanted: (words: readonly unknown[]) => boolean): Promise<number> {
  let sum = 0;
  for (const { flow, version, number, first, last } of groups) {
    const { totals } = await store.counts({ flow, version, number, since: first, until: last + HOUR });
    for (const [key, count] of totals) if (isWanted(JSON.parse(key) as unknown[])) sum += count;
  }
  return sum;
}

/** Whether the counters have each call that is over, once. */
async function count({ url }: StorePlace): Promise<Counted> {
  const store = openStore(url);
  await store.open();
  try {
    const before = await store.countGroups();
    const unfolded = await sumOf(store, before, ([kind]) => kind === 'calls');
    for (let folded = 1; folded > 0;) folded = await store.foldCounts(PAGE);
    const groups = await store.countGroups();
    const [calls, endings] = [
      await sumOf(store, groups, ([kind]) => kind === 'calls'),
      await sumOf(store, groups, ([kind]) => kind === 'ending'),
    ];
    const { ended, uncounted } = await endedCalls(store);
    const exits = await sumOf(store, groups, ([kind, , what]) => kind === 'site' && what === 'exits');
    const wrong = [
      ...(calls === ended ? [] : [`${ended} calls are over, and the counters have ${calls}`]),
      ...(endings === ended ? [] : [`${ended} calls are over, and the counters have ${endings} endings`]),
      ...(unfolded === ended ? [] : [`${ended} calls are over, and counters with rows that wait had ${unfolded}`]),
      ...(uncounted === 0 ? [] : [`${uncounted} calls are over and do not say that they are counted`]),
      ...(exits <= ended ? [] : [`${ended} calls have left at ${exits} sites`]),
    ];
    return { wrong, ended, calls, endings };
  } finally {
    await store.close();
  }
}

export const insights: Scenario = {
  what: 'The server is killed at random moments under load: afterwards the counters of insights have each call that is over once, and no call twice.',
  stores: ['sqlite', 'postgres'],
  run: async (settings): Promise<SoakResult> => {
    const { wrong, figures } = await kill.run(settings);
    const counted = await count(settings.place);
    return { wrong: [...wrong, ...counted.wrong], figures: { ...figures, endedCalls: counted.ended, countedCalls: counted.calls } };
  },
};
