import type { SessionSettings } from '@hookswitch/runtime';
import {
  createPlatform,
  type Holds,
  type LoadOptions,
  type LoadReport,
  type Platform,
  type PlatformOptions,
  randomWalker,
  runLoad,
  sameAs,
  virtualClock,
} from '@hookswitch/simulator';

/** How long a hold of these servers listens: no capture of the shop's is as long, so that a hold is known by it. */
const HOLD_FOR = 2_999;

/** Settings under which slow steps lead to holds while a test looks on, and a crashed process is replaced soon. */
export const SHOP_SESSIONS: Partial<SessionSettings> = { budget: 2_500, lease: 3_000, holdFor: HOLD_FOR, maxHolds: 20 };

/** Which answers only buy time, and what callers hear in them that is no part of the call. */
export const SHOP_HOLDS: Holds = {
  isHold: ({ callflow }) => {
    const last = callflow.at(-1);
    return last?.action === 'sayAndCapture' && last.params.overallTimeout === HOLD_FOR;
  },
  isFiller: (text) => text === 'One moment, please.',
};

/** Somebody who walks through the shop at random, and sometimes hangs up. */
export const SHOP_CALLER = randomWalker({ keys: '112234', quiet: 0.03, hangUp: 0.03, odd: 0.05, maxPrompts: 14 });

/** What callers hear is the question here, and not how busy the machine is. */
const PATIENT = { answerTimeoutMs: 60_000 };

/** The same calls twice, and what the second run was disturbed by. */
export interface CallShopOptions {
  readonly url: string;
  readonly seed: number;
  readonly calls: number;
  readonly concurrency: number;
  /** See `virtualClock`. @default null */
  readonly pace?: number | null;
  /** How the platform behaves in the second run, and what goes wrong. */
  readonly disturbed?: Pick<PlatformOptions, 'behaviour' | 'chaos'>;
  /** Disturbs the second run from outside; what it gives back is called when the calls are through. */
  readonly disturb?: (platform: Platform) => { stop(): Promise<unknown> };
  /** See `LoadOptions`: how often a call comes in in the second run. @default when another one has ended */
  readonly everyMs?: number | null;
  readonly onProgress?: LoadOptions['onProgress'];
}

/** What both runs found. */
export interface ShopReport {
  readonly calm: LoadReport;
  readonly disturbed: LoadReport;
}

/** Calls the shop twice, undisturbed and disturbed; in the second run each call must hear what it heard in the first, holds aside. */
export async function callShop(options: CallShopOptions): Promise<ShopReport> {
  const { url, seed, calls, concurrency, pace = null, everyMs = null, onProgress } = options;
  const load = {
    calls,
    caller: SHOP_CALLER,
    from: (index: number) => `+65${80_000_000 + index}`,
    ...(onProgress === undefined ? {} : { onProgress }),
  };
  const webhookUrls = { VCA: `${url}/webhooks/vca`, VSS: `${url}/webhooks/vss` };
  const base: PlatformOptions = { webhookUrls, seed, holds: SHOP_HOLDS, remember: 50, keepEvents: false, behaviour: PATIENT };
  const calm = await onPlatform({ ...base, clock: 'virtual', idSalt: 'calm' }, { ...load, concurrency, keepTranscripts: true });
  const { behaviour, ...chaos } = options.disturbed ?? {};
  const again: PlatformOptions = {
    ...base,
    ...chaos,
    behaviour: { ...PATIENT, ...behaviour },
    clock: virtualClock({ pace }),
    idSalt: 'disturbed',
  };
  const rate = everyMs === null ? { concurrency } : { everyMs };
  const disturbed = await onPlatform(again, { ...load, ...rate, expect: sameAs(calm.transcripts ?? []) }, options.disturb);
  return { calm, disturbed };
}

async function onPlatform(options: PlatformOptions, load: LoadOptions, disturb?: CallShopOptions['disturb']): Promise<LoadReport> {
  const platform = createPlatform(options);
  const trouble = disturb?.(platform);
  try {
    return await runLoad(platform, load);
  } finally {
    await trouble?.stop();
    await platform.close();
  }
}
