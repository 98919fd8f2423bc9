import { useEffect, useState } from 'preact/hooks';
import { messageOf } from './api.ts';

/** What is loaded: what was there before stays while something newer is under way. */
export interface Loaded<T> {
  readonly value: T | null;
  readonly error: string | null;
  readonly loading: boolean;
}

/** Loads by `load`, again whenever one of `keys` changes; an answer that was overtaken is dropped. `settle` ms of quiet are waited for first. */
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>, keys: readonly unknown[], settle = 0): Loaded<T> {
  const [state, setState] = useState<Loaded<T>>({ value: null, error: null, loading: true });
  useEffect(() => {
    const abort = new AbortController();
    setState((before) => ({ ...before, loading: true }));
    const timer = setTimeout(() => {
      load(abort.signal).then(
        (value) => {
          if (!abort.signal.aborted) setState({ value, error: null, loading: false });
        },
        (error: unknown) => {
          if (!abort.signal.aborted) setState((before) => ({ ...before, error: messageOf(error), loading: false }));
        },
      );
    }, settle);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, keys);
  return state;
}
