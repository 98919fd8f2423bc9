import { useEffect, useState } from 'preact/hooks';
import { get, url } from '../lib/api.ts';
import { epoch } from '../lib/state.ts';
import { type Loaded, useLoaded } from '../lib/use-loaded.ts';
import type { Period } from './address.ts';
import type { Figures } from './figures.ts';

const HOUR = 3_600_000;
const LENGTHS: Readonly<Record<Period, number>> = { '24h': 24 * HOUR, '7d': 168 * HOUR, '30d': 720 * HOUR, '90d': 2_160 * HOUR };
/** Figures are looked at again this often, ms. */
const EVERY = 30_000;

/** What is drawn of the answer of `GET /insights`. */
export interface Insights {
  readonly figures: Figures;
  /** There are calls that nobody has counted. */
  readonly uncounted: boolean;
}

/** Figures of one version of a flow; nothing is asked for while `isWanted` is false. */
export function useInsights(flow: string, version: string, period: Period, isWanted: boolean): Loaded<Insights | null> {
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!isWanted) return undefined;
    const timer = setInterval(() => setRound((before) => before + 1), EVERY);
    return () => clearInterval(timer);
  }, [isWanted]);
  return useLoaded(
    (signal) => {
      if (!isWanted) return Promise.resolve(null);
      const since = new Date(Date.now() - LENGTHS[period]).toISOString();
      return get<Insights>(url(['insights'], { flow, version, since }), signal);
    },
    [flow, version, period, isWanted, epoch.value],
    { news: round },
  );
}
