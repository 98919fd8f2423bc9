import type { CallRecord } from '../store/store.ts';

/** Tells whoever watches of every call that was saved in this process. Costs nothing while nobody does. */
export class CallFeed {
  readonly #watchers = new Set<(call: CallRecord) => void>();

  publish(call: CallRecord): void {
    for (const watcher of this.#watchers) watcher(call);
  }

  /** Watches from now on; the returned function ends that. A watcher must not throw. */
  watch(watcher: (call: CallRecord) => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }
}
