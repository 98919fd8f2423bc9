import { setTimeout as sleep } from 'node:timers/promises';
import { type CallRecord, openStore, type Store } from '@hookswitch/runtime';
import type { Receiver } from './receiver.ts';

const PAGE = 500;
const LOOK_EVERY = 200;

/** What a look into a store has found. */
export interface Audit {
  readonly calls: number;
  /** In words. */
  readonly mistakes: readonly string[];
}

/** What a store holds, and what of it it must not, once every call is over. No server may use the store meanwhile. `mayFail`: whether calls may have. */
export async function auditStore(url: string, mayFail = false): Promise<Audit> {
  const store = openStore(url);
  await store.open();
  try {
    const mistakes: string[] = [];
    let calls = 0;
    for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
      const page = await store.list({ limit: PAGE, ...(cursor === null ? {} : { cursor }) });
      for (const call of page.calls) mistakes.push(...(await auditCall(store, call, mayFail)));
      calls += page.calls.length;
      ({ cursor } = page);
    }
    return { calls, mistakes };
  } finally {
    await store.close();
  }
}

/** Waits until no call in a store is open any more, beside the servers that use it; says after `patience` ms how many are. */
export async function untilNoneIsOpen(url: string, patience: number): Promise<readonly string[]> {
  const store = openStore(url, { sqlite: { readOnly: true } });
  await store.open();
  try {
    for (const late = performance.now() + patience; ;) {
      const open = (await store.list({ status: ['pending', 'unknown', 'live', 'ending'], limit: PAGE })).calls.length;
      if (open === 0) return [];
      if (performance.now() > late) return [`${open} calls were still open after ${patience / 1_000} s.`];
      await sleep(LOOK_EVERY);
    }
  } finally {
    await store.close();
  }
}

async function auditCall(store: Store, call: CallRecord, mayFail: boolean): Promise<readonly string[]> {
  const found: string[] = [];
  const turns = await store.turns(call.id);
  const answered = turns.filter(({ answer }) => answer !== null);
  if (call.status !== 'ended' && !(mayFail && call.status === 'failed')) found.push(`is ${call.status}, not ended: ${call.state}`);
  // One that has ended may wait until its end is told once more, where a store in trouble has not kept that it was told.
  if (call.dueAt !== null && call.endedAt === null) found.push('still waits for the sweeper');
  if (answered.some(({ turn }, index) => turn !== index)) found.push(`has the turns ${answered.map(({ turn }) => turn).join(' ')}`);
  if (answered.length !== call.turn + 1) found.push(`has ${answered.length} answers, but its last turn is ${call.turn}`);
  const stored = await store.load({ id: call.id });
  const places = stored?.journal.map(({ index }) => index) ?? [];
  if (places.length !== call.journalLength || places.some((place, index) => place !== index)) found.push('has gaps in its journal');
  return found.map((what) => `Call ${call.id} (session ${call.sessionId}) ${what}.`);
}

/** How often a receiver was asked for things. */
export interface EffectCounts {
  readonly effects: number;
  /** Effects that were asked for more than once, always under the same key. */
  readonly repeated: number;
}

/** Counts effects of some kinds. */
export function countEffects(receiver: Receiver, kinds: readonly string[]): EffectCounts {
  const all = [...receiver.received.values()].filter(({ effect }) => kinds.includes(effect.kind));
  return { effects: all.length, repeated: all.filter(({ times }) => times > 1).length };
}

/**
 * Waits until `calls` calls have ended, and says after `patience` ms what is missing; `byes`: how many farewells were to be said until then.
 */
export async function untilEnded(receiver: Receiver, calls: number, patience: number, byes = calls): Promise<readonly string[]> {
  const ended = (): number => countEffects(receiver, ['end']).effects;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly string[]>((resolve) => {
    timer = setTimeout(() => resolve([`Only ${ended()} of ${calls} calls came to their end.`]), patience);
  });
  const all = receiver.until(() => ended() >= calls).then(() => farewells(receiver, byes));
  try {
    return await Promise.race([all, late]);
  } finally {
    clearTimeout(timer);
  }
}

function farewells(receiver: Receiver, byes: number): readonly string[] {
  const { effects } = countEffects(receiver, ['bye']);
  return effects === byes ? [] : [`${effects} farewells were said, not ${byes}.`];
}
