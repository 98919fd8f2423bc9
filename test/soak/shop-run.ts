import type { SessionSettings } from '@hookswitch/runtime';
import { type FaultKind, formatReport, type LoadReport, type Platform, type PlatformOptions } from '@hookswitch/simulator';
import { type RoundRobinOptions, startRoundRobin } from '../support/round-robin.ts';
import { digestLog } from '../support/server-log.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { auditStore, countEffects, untilEnded, untilNoneIsOpen } from '../support/shop/audit.ts';
import { callShop, SHOP_SESSIONS } from '../support/shop/call-shop.ts';
import { type Received, type Receiver, startReceiver } from '../support/shop/receiver.ts';
import type { StorePlace } from '../support/store-place.ts';
import type { SoakResult, SoakSettings } from './scenario.ts';
import { vcaFigures } from './vca-figures.ts';

const SHOP = new URL('../support/shop/shop.ts', import.meta.url).href;
/** How long the last calls may take to come to their end, ms. */
const TIMEOUT = 90_000;

/** Who disturbs the second run; `figures` are what it has to report. */
export interface Trouble {
  readonly figures?: () => Readonly<Record<string, number>>;
  stop(): Promise<unknown>;
}

/** Begins to disturb the second run. */
export type StartTrouble = (servers: readonly ServerProcess[], platform: Platform) => Trouble;

/** How the shop is served and disturbed. */
export interface ShopRunOptions {
  /** @default 1 */
  readonly instances?: number;
  /** Module of its flows. @default the shop's */
  readonly flows?: string;
  /** Folder of another release that serves it. @default this one */
  readonly release?: string;
  /** How they are reached. @default none: the one instance */
  readonly balance?: RoundRobinOptions;
  /** @default 24 */
  readonly concurrency?: number;
  /** In the disturbed run a call comes in each so many ms. @default when another one has ended */
  readonly everyMs?: number;
  /** See `virtualClock`. @default null */
  readonly pace?: number | null;
  readonly sessions?: Partial<SessionSettings>;
  readonly disturbed?: Pick<PlatformOptions, 'behaviour' | 'chaos'>;
  readonly trouble?: StartTrouble;
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
  const { instances = 1, concurrency = 24, pace = null, mayLose = false, everyMs = null } = options;
  const receiver = await startReceiver(delayOf);
  const serve = {
    store: place.url,
    flows: options.flows ?? SHOP,
    release: options.release ?? null,
    receiver: receiver.url,
    sessions: { ...SHOP_SESSIONS, ...options.sessions },
    statementTimeout: 8_000,
    built,
  };
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
      everyMs,
      disturb: (platform) => (trouble = options.trouble?.(servers, platform) ?? trouble),
      onProgress: tellNowAndThen(calls, tell),
    });
    tell(
      formatReport({ ...disturbed, bad: [] })
        .split('\n')
        .join('\n   '),
    );
    const wrong = [...judgeCalls(calm, false), ...judgeCalls(disturbed, mayLose), ...(balancer?.differences() ?? [])];
    wrong.push(...(mayLose ? await untilLostCallsEnd(servers, place, receiver) : await untilEnded(receiver, calls * 2, TIMEOUT)));
    await Promise.all(servers.map((server) => server.stop()));
    if (!mayLose) wrong.push(...(await auditStore(place.url)).mistakes);
    wrong.push(...receiver.mistakes());
    wrong.push(...(options.judge?.([...receiver.received.values()]) ?? []));
    if (wrong.length > 0) for (const line of digestLog(servers.map((server) => server.output()).join('\n'))) tell(`log, ${line}`);
    const { effects, repeated } = countEffects(receiver, ['order', 'bye']);
    return {
      wrong,
      figures: {
        calls: disturbed.calls,
        lost: disturbed.lost,
        ...vcaFigures(disturbed),
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

/** The server may never hear that a call is over: it finds out when nothing comes any more for `idle`, and ends it as any other. */
async function untilLostCallsEnd(servers: readonly ServerProcess[], place: StorePlace, receiver: Receiver): Promise<readonly string[]> {
  const open = await untilNoneIsOpen(place.url, TIMEOUT);
  await Promise.all(servers.map((server) => server.stop()));
  const { calls, mistakes } = await auditStore(place.url, true);
  const missing = (['bye', 'end'] as const)
    .map((kind) => ({ kind, times: countEffects(receiver, [kind]).effects }))
    .filter(({ times }) => times !== calls)
    .map(({ kind, times }) => `Of ${calls} calls in the store, ${times} had their "${kind}".`);
  return [...open, ...mistakes, ...missing];
}

function judgeCalls(report: LoadReport, mayLose: boolean): readonly string[] {
  const wrong = report.bad
    .filter(({ message }) => !(mayLose && message.startsWith('lost')))
    .map(({ name, message }) => `${name}: ${message}`);
  const refused = Object.entries(report.faults).filter(([kind]) => ['status', 'not-json', 'callflow', 'duplicate'].includes(kind));
  return [
    ...wrong,
    ...(mayLose
      ? []
      : refused.map(([kind, count]) => `${count} faults of the kind ${kind}, first ${report.firstFaults[kind as FaultKind] ?? ''}`)),
  ];
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
