import { type Caller, createPlatform, type LoadReport, runLoad, sameAs, type SessionEvent } from '@hookswitch/simulator';
import { SHOP_HOLDS } from '../shop/call-shop.ts';
import { RISKS, ROUNDS } from './risks.ts';

/** One caller in so many turns hangs up while the server is asked, or while its answer plays. */
const GONE = { rate: 0.08, ms: 3_000 };

/** Which risk caller `index` takes in round `n`. */
function riskOf(index: number, n: number): string {
  return String((index * 7 + n * 3) % Object.keys(RISKS).length);
}

/** Everything that caller `index` hears when it stays. */
function expected(index: number): readonly string[] {
  const rounds = Array.from({ length: ROUNDS }, (_, place) => place + 1);
  return [...rounds.flatMap((n) => [`Risk ${n}?`, `Risk ${n} went ${RISKS[riskOf(index, n)]?.ends ?? ''}.`]), 'Goodbye.'];
}

/** Takes the risk that the server asks for. */
function daring(index: number): Caller {
  return {
    name: 'daring',
    begin(line) {
      let round = 0;
      return (event: SessionEvent) => {
        if (event.type === 'spoken') round = Number(/Risk (\d+)\?/.exec(event.text)?.[1] ?? round);
        if (event.type === 'listening' && !event.hold) line.after(line.think(event.overallTimeout), () => line.press(riskOf(index, round)));
      };
    },
  };
}

/** What `callRisks` is told. */
export interface CallRisksOptions {
  readonly url: string;
  readonly seed: number;
  readonly calls: number;
  readonly concurrency: number;
  readonly onProgress?: (done: number) => void;
}

/** Calls those who take risks; each caller must hear how its risks went, as far as it stays. */
export async function callRisks({ url, seed, calls, concurrency, onProgress }: CallRisksOptions): Promise<LoadReport> {
  const platform = createPlatform({
    webhookUrls: { VCA: `${url}/webhooks/vca`, VSS: `${url}/webhooks/vss` },
    clock: 'virtual',
    seed,
    holds: SHOP_HOLDS,
    remember: 50,
    keepEvents: false,
    chaos: { gone: GONE },
    behaviour: { answerTimeoutMs: 60_000 },
  });
  try {
    return await runLoad(platform, {
      calls,
      concurrency,
      caller: daring,
      expect: sameAs(Array.from({ length: calls }, (_, index) => expected(index))),
      onProgress: ({ done }) => onProgress?.(done),
    });
  } finally {
    await platform.close();
  }
}
