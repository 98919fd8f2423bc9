import { formatReport, type LoadReport, type PlatformOptions } from '@hookswitch/simulator';
import { type RoundRobinOptions, startRoundRobin } from '../support/round-robin.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { auditStore, countEffects, untilEnded } from '../support/shop/audit.ts';
import { callShop, SHOP_SESSIONS } from '../support/shop/call-shop.ts';
import { type Received, startReceiver } from '../support/shop/receiver.ts';
import type { SoakResult, SoakSettings } from './scenario.ts';

const SHOP = new URL('../support/shop/shop.ts', import.meta.url).href;
/** How long the last calls may take to come to their end, ms. */
const PATIENCE = 90_000;

/** Who disturbs the second run; `figures` are what it has to report. */
export interface Trouble {
  readonly figures?: () => Readonly<Record<string, number>>;
  stop(): Promise<unknown>;
}

/** How the shop is served and disturbed. */
export interface ShopRunOptions {
  /** @default 1 */
  readonly instances?: number;
  /** How they are reached. @default none: the one instance */
  readonly balance?: RoundRobinOptions;
  /** @default 24 */
  readonly concurrency?: number;
  /** Calls begin spread over so many ms. @default 0 */
  readonly rampMs?: number;
  /** See `virtualClock`. @default null */
  readonly pace?: number | null;
  readonly disturbed?: Pick<PlatformOptions, 'behaviour' | 'chaos'>;
  readonly trouble?: (servers: readonly ServerProcess[]) => Trouble;
  /** Calls that are lost are counted, and not wrong. @default false */
  readonly mayLose?: boolean;
  /** What must hold of everything that was asked for outside, beside its keys. */
  readonly judge?: (received: readonly Received[]) => readonly string[];
}

/** Orders are quick, take a moment, or take longer than the budget. */
function delayOf(item: string): number {
  return item.length === 5 ? 2_800 : item.length % 2 === 0 ? 40 : 3;
}

/** Calls the shop twice, undisturbed and disturbed, and looks at what callers heard, what was felt outside, and what the store holds. */
export async function runShop(settings: SoakSettings, options: ShopRunOptions): Promise<SoakResult> {
  const { calls, seed, place, tell, built } = settings;
  const { instances = 1, concurrency = 24, pace = null, mayLose = false, rampMs = 0 } = options;
  const receiver = await startReceiver(delayOf);
  const serve = { store: place.url, flows: SHOP, receiver: receiver.url, sessions: SHOP_SESSIONS, statementTimeout: 8_000, built };
  const servers = await Promise.all(Array.from({ length: instances }, () => startServerProcess(serve)));
  const balancer =
    options.balance === undefined
      ? null
      : await startRoundRobin(
          servers.map(({ url }) => url),
          options.balance,
        );
  let trouble: Trouble = { stop: () => Promise.resolve() };
  try {
    const { calm, disturbed } = await callShop({
      url: balancer?.url ?? servers[0]?.url ?? '',
      seed,
      calls,
      concurrency,
      pace,
      ...(options.disturbed === undefined ? {} : { disturbed: options.disturbed }),
      disturb: () => (trouble = options.trouble?.(servers) ?? trouble),
      load: { onProgress: tellNowAndThen(calls, tell), rampMs },
    });
    tell(
      formatReport({ ...disturbed, bad: [] })
        .split('\n')
        .join('\n   '),
    );
    const wrong = [...judgeCalls(calm, false), ...judgeCalls(disturbed, mayLose), ...(balancer?.differences() ?? [])];
    wrong.push(...(await untilEnded(receiver, calls * 2 - disturbed.lost, PATIENCE)), ...receiver.mistakes());
    await Promise.all(servers.map((server) => server.stop()));
    if (!mayLose) wrong.push(...(await auditStore(place.url)));
    wrong.push(...(options.judge?.([...receiver.received.values()]) ?? []));
    const { effects, repeated } = countEffects(receiver, ['order', 'bye']);
    const { sent = 0, failed = 0, ms } = disturbed.webhooks.VCA ?? {};
    return {
      wrong,
      figures: {
        calls: disturbed.calls,
        lost: disturbed.lost,
        vca: sent,
        vcaFailed: failed,
        vcaMsP99: ms?.p99 ?? 0,
        vcaMsMax: ms?.max ?? 0,
        steps: effects,
        stepsAskedForAgain: repeated,
        ...trouble.figures?.(),
      },
    };
  } finally {
    await Promise.all(servers.map((server) => server.kill()));
    await balancer?.close();
    await receiver.close();
  }
}

function judgeCalls(report: LoadReport, mayLose: boolean): readonly string[] {
  const wrong = report.bad
    .filter(({ message }) => !(mayLose && message.startsWith('lost')))
    .map(({ name, message }) => `${name}: ${message}`);
  const refused = Object.entries(report.faults).filter(([kind]) => ['status', 'not-json', 'callflow', 'duplicate'].includes(kind));
  return [...wrong, ...(mayLose ? [] : refused.map(([kind, count]) => `${count} faults of the kind ${kind}`))];
}

/** Tells how far a run is, about twenty times. */
function tellNowAndThen(
  calls: number,
  tell: (line: string) => void,
): (progress: { readonly done: number; readonly wrong: number; readonly lost: number }) => void {
  let [next, last] = [0, 0];
  return ({ done, wrong, lost }) => {
    // The second run begins anew.
    if (done < last) next = 0;
    last = done;
    if (done < next) return;
    next = done + calls / 10;
    tell(`${done} of ${calls} calls, ${wrong} wrong, ${lost} lost`);
  };
}
