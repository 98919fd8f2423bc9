import { Gauge, type Registry } from 'prom-client';

/** What stands for every value of a label that came too late. */
export const OTHER = 'other';

/** Calls that are at one site of a flow now. */
export interface LiveCalls {
  readonly flow: string;
  readonly site: string;
  readonly count: number;
}

/** Counts live calls per flow and site; the same flow and site may come several times (versions) and are added up. */
export type CountLiveCalls = () => readonly LiveCalls[] | Promise<readonly LiveCalls[]>;

interface LiveCallsOptions {
  /** Different pairs of flow and site, after which `other` stands for the rest. */
  readonly combinations: number;
  /** Milliseconds. */
  readonly timeout: number;
  readonly onError: () => void;
}

/** Registers a gauge that asks `count` at each scrape. Where that fails or takes too long, the gauge is empty: an old figure would look like a live one. */
export function registerLiveCalls(registry: Registry, count: CountLiveCalls, options: LiveCallsOptions): void {
  new Gauge({
    name: 'hookswitch_live_calls',
    help: 'Calls in progress by flow and by the site where they wait.',
    labelNames: ['flow', 'site'] as const,
    registers: [registry],
    async collect() {
      this.reset();
      const calls = await inTime(count, options).catch(() => null);
      if (calls === null) return options.onError();
      for (const { flow, site, count: live } of bounded(calls, options.combinations)) this.inc({ flow, site }, live);
    },
  });
}

/** The largest first, the rest of a flow as its site `other`. */
function bounded(calls: readonly LiveCalls[], combinations: number): readonly LiveCalls[] {
  if (calls.length <= combinations) return calls;
  const largest = calls.toSorted((a, b) => b.count - a.count);
  const rest = largest.slice(combinations).reduce((sum, { count }) => sum + count, 0);
  return [...largest.slice(0, combinations), { flow: OTHER, site: OTHER, count: rest }];
}

async function inTime(count: CountLiveCalls, { timeout }: LiveCallsOptions): Promise<readonly LiveCalls[] | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, timeout, null);
    timer.unref();
  });
  try {
    return await Promise.race([count(), late]);
  } finally {
    clearTimeout(timer);
  }
}
