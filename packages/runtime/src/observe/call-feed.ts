import type { CallRecord } from '../store/store.ts';

/** Tells whoever watches of every call that was saved in this process. Costs nothing while nobody does. */
export class CallFeed {
  /** Whom every call is given to as it is saved. */
  readonly watchers = new Set<(call: CallRecord) => void>();

  /** Watches from now on; the returned function ends that. A watcher must not throw. */
  watch(watcher: (call: CallRecord) => void): () => void {
    this.watchers.add(watcher);
    return () => void this.watchers.delete(watcher);
  }
}
