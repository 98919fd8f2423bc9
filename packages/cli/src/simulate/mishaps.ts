import type { Hooks } from '@hookswitch/runtime';

/** One kind of thing that went wrong inside the server, how often, and what was said of it first. */
export interface Mishap {
  readonly kind: string;
  readonly count: number;
  readonly first: string | null;
}

/** What went wrong inside a simulated server: callers that heard the fallback, errors that nobody caught. */
export class Mishaps {
  readonly #kinds = new Map<string, { count: number; first: string | null }>();

  /** Hooks that take note; `own` are called as well. */
  hooks(own: Hooks): Hooks {
    return {
      ...own,
      onFallback: (call, reason, error) => {
        this.#add(`fallback: ${reason}`, error);
        return own.onFallback?.(call, reason, error);
      },
      onError: (error, call) => {
        // A flow that threw and a call that diverged end in the fallback, which is counted already.
        if (call === null) this.#add('error', error);
        return own.onError?.(error, call);
      },
    };
  }

  /** What there was, the most frequent first. */
  get list(): readonly Mishap[] {
    return [...this.#kinds].map(([kind, { count, first }]) => ({ kind, count, first })).toSorted((a, b) => b.count - a.count);
  }

  #add(kind: string, error: unknown): void {
    const known = this.#kinds.get(kind) ?? { count: 0, first: null };
    const first = known.first ?? (error instanceof Error ? `${error.name}: ${error.message}` : typeof error === 'string' ? error : null);
    this.#kinds.set(kind, { count: known.count + 1, first });
  }
}
