import { useEffect, useRef, useState } from 'preact/hooks';
import type { Deed, ForkRequest, ForkView } from '../../../src/fork-views.ts';
import { messageOf, post, url } from './api.ts';
import { epoch } from './state.ts';

/** A fork as it is played. Nothing of it is kept on the server: it is the list of what was done, which this tab remembers. */
export interface PlayedFork {
  readonly view: ForkView | null;
  readonly deeds: readonly Deed[];
  /** Why the fork is not there, or what was done last was not. */
  readonly error: string | null;
  readonly busy: boolean;
  readonly order: ForkRequest;
  /** Does one thing more. */
  play(deed: Deed): void;
  takeBack(): void;
  startAgain(): void;
}

export interface ForkChoice {
  readonly id: string;
  readonly turn: number;
  readonly version: string | null;
  readonly askSteps: boolean;
}

/** Plays a fork; after a reload, of the page or of the flows, what was done is done again. */
export function useFork({ id, turn, version, askSteps }: ForkChoice): PlayedFork {
  const place = `hookswitch-fork:${id}:${turn}`;
  const [deeds, setDeeds] = useState<readonly Deed[]>(() => remembered(place));
  const [view, setView] = useState<ForkView | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(true);
  const latest = useRef(deeds);
  const change = (next: readonly Deed[]): void => {
    latest.current = next;
    sessionStorage.setItem(place, JSON.stringify(next));
    setDeeds(next);
  };
  const order: ForkRequest = { turn, deeds, ...(askSteps ? { askSteps } : {}), ...(version === null ? {} : { version }) };
  useEffect(() => {
    const abort = new AbortController();
    setBusy(true);
    post<ForkView>(url(['calls', id, 'fork']), order, abort.signal).then(
      (answer) => {
        if (abort.signal.aborted) return;
        setBusy(false);
        setView(answer);
        if (answer.refused === null) return;
        setError(answer.refused.message);
        change(latest.current.slice(0, answer.refused.index));
      },
      (failure: unknown) => {
        if (abort.signal.aborted) return;
        setBusy(false);
        setError(messageOf(failure));
      },
    );
    return () => abort.abort();
  }, [id, turn, version, askSteps, deeds, epoch.value]);
  return {
    view,
    deeds,
    error,
    busy,
    order,
    play: (deed) => {
      setError(null);
      change([...latest.current, deed]);
    },
    takeBack: () => {
      setError(null);
      change(latest.current.slice(0, -1));
    },
    startAgain: () => {
      setError(null);
      change([]);
    },
  };
}

function remembered(place: string): readonly Deed[] {
  try {
    const known: unknown = JSON.parse(sessionStorage.getItem(place) ?? '[]');
    return Array.isArray(known) ? (known as readonly Deed[]) : [];
  } catch {
    return [];
  }
}
