import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError, messageOf } from './api.ts';
import { Refresher } from './refresher.ts';

/** What is loaded: what was there before stays while something newer is under way. */
export interface Loaded<T> {
  readonly value: T | null;
  readonly error: string | null;
  /** The server understood what was asked for, and has no answer to it: asking again is of no use. */
  readonly isRefused: boolean;
  readonly loading: boolean;
}

/** News are loaded at most this often, ms: a list is never older than that and one load. */
const EVERY = 500;

/**
 * Loads by `load`: at once when one of `keys` changes, and an answer that was overtaken so is dropped; soon when `news` changes. `known` is shown until the first
 * answer has come.
 */
export function useLoaded<T>(
  load: (signal: AbortSignal) => Promise<T>,
  keys: readonly unknown[],
  { news = null, known = null }: { readonly news?: unknown; readonly known?: T | null } = {},
): Loaded<T> {
  const [state, setState] = useState<Loaded<T>>({ value: known, error: null, isRefused: false, loading: true });
  const latest = useRef(load);
  latest.current = load;
  const refresher = useRef<Refresher | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    const made = new Refresher(async () => {
      setState((before) => ({ ...before, loading: true }));
      try {
        const value = await latest.current(abort.signal);
        if (!abort.signal.aborted) setState({ value, error: null, isRefused: false, loading: false });
      } catch (error) {
        if (abort.signal.aborted) return;
        const isRefused = error instanceof ApiError && error.status >= 400 && error.status < 500;
        setState((before) => ({ ...before, error: messageOf(error), isRefused, loading: false }));
      }
    }, EVERY);
    refresher.current = made;
    made.news();
    return () => {
      made.stop();
      abort.abort();
    };
  }, keys);
  // The first load has all the news that there is.
  const told = useRef(news);
  useEffect(() => {
    if (told.current === news) return;
    told.current = news;
    refresher.current?.news();
  }, [news]);
  return state;
}
