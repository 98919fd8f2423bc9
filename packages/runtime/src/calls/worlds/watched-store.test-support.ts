import type { CallKey, CallRecord, Commit, InboxRow, Store } from '../../store/store.ts';
import type { SimulatedTime } from './simulated-time.test-support.ts';

/** What calls ask of a store. */
export const OPERATIONS = [
  ...([
    'load',
    'turn',
    'turnOfEvent',
    'turns',
    'due',
    'unnumbered',
    'findByClientRequestId',
    'inbox',
    'overrides',
    'commit',
    'put',
    'foldCounts',
    'signals',
    'signalOfKey',
  ] as const),
] as const;

/** Is told what a store did, before whoever asked it. */
export interface StoreWatcher {
  committed(change: Commit): void;
  loaded(call: CallRecord): void;
  conflicted(): void;
  put(row: InboxRow): void;
}

/** The same store, which is watched, and in which no simulated time passes. */
export function watchedStore(store: Store, time: SimulatedTime, watcher: StoreWatcher): Store {
  const asked = OPERATIONS.map((name) => [
    name,
    (...given: unknown[]) => time.during((store[name] as (...given: unknown[]) => Promise<unknown>).apply(store, given)),
  ]);
  return {
    ...(Object.fromEntries(asked) as Partial<Store>),
    kind: store.kind,
    shared: store.shared,
    load: async (key: CallKey) => {
      const found = await time.during(store.load(key));
      if (found !== null) watcher.loaded(found.call);
      return found;
    },
    commit: async (change: Commit) => {
      const outcome = await time.during(store.commit(change));
      if (outcome === 'committed') watcher.committed(change);
      else watcher.conflicted();
      return outcome;
    },
    put: async (row: InboxRow, options: Parameters<Store['put']>[1]) => {
      const outcome = await time.during(store.put(row, options));
      if (outcome === 'stored') watcher.put(row);
      return outcome;
    },
  } as Store;
}
