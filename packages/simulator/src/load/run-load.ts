import type { Caller } from '../callers/caller.ts';
import type { FaultKind } from '../faults.ts';
import { needNumber, refuseUnknownKeys } from '../options-check.ts';
import type { Platform } from '../platform.ts';
import type { WebhookType } from '../registry/webhooks.ts';
import type { SessionEnd } from '../session/events.ts';
import type { SimulatedSession } from '../session/simulated-session.ts';
import { WebhookMeter, type WebhookFigures } from './latency.ts';

/** One call of a load, when it is over. */
export interface CallRecord {
  /** From 0. */
  readonly index: number;
  readonly name: string;
  readonly sessionId: string;
  readonly heard: readonly string[];
  readonly end: SessionEnd;
}

/** How far a load has come. */
export interface LoadProgress {
  readonly calls: number;
  readonly begun: number;
  readonly done: number;
  readonly wrong: number;
  readonly lost: number;
  /** Real time since the load began. */
  readonly seconds: number;
}

/** Options of `runLoad`. */
export interface LoadOptions {
  /** How many calls, ≥ 1. */
  readonly calls: number;
  /** How many at the same time, ≥ 1. @default 100 */
  readonly concurrency?: number;
  /** Who calls: the same caller each time, or one by the call's index. */
  readonly caller: Caller | ((index: number) => Caller);
  /** @default the platform's */
  readonly from?: (index: number) => string | null;
  /** @default the platform's first number */
  readonly to?: string | ((index: number) => string);
  /** What the calls are named; ids, chaos and random walks are drawn by it. @default 'call-' and the index */
  readonly name?: (index: number) => string;
  /** How long callers think before they press a key, ms. @default 1000 */
  readonly thinkMs?: number;
  /** @default 'exponential' */
  readonly thinking?: 'fixed' | 'exponential';
  /** The first calls begin spread over so many ms of real time. @default 0 */
  readonly rampMs?: number;
  /** Says what is wrong with a call, or null. Called for each call that wasn't lost. @default nothing is, beside what scripts find */
  readonly expect?: (call: CallRecord) => string | null;
  /** Whether the report has all transcripts. @default false */
  readonly keepTranscripts?: boolean;
  /** Called about once a second. */
  readonly onProgress?: (progress: LoadProgress) => void;
  /** No further call begins once it is aborted. */
  readonly signal?: AbortSignal;
}

/** A call in which something was wrong. */
export interface BadCall {
  /** From 0. */
  readonly index: number;
  readonly name: string;
  readonly sessionId: string;
  readonly message: string;
}

/** What a load found. */
export interface LoadReport {
  readonly seed: string;
  readonly calls: number;
  /** Calls that ended as calls do. */
  readonly completed: number;
  /** Calls that chaos cut short. */
  readonly cut: number;
  /** Calls that were lost: ended with `ERROR`, or never came to an end. */
  readonly lost: number;
  /** Calls that heard something else than they should have. */
  readonly wrong: number;
  /** The first calls that were wrong or lost. */
  readonly bad: readonly BadCall[];
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
  readonly webhooks: Readonly<Partial<Record<WebhookType, WebhookFigures>>>;
  readonly restarts: number;
  readonly seconds: number;
  readonly callsPerSecond: number;
  readonly webhooksPerSecond: number;
  /** By index, where they were kept; a call that never began has none. */
  readonly transcripts: readonly (readonly string[])[] | null;
  /** Whether no call was wrong or lost, and no answer was one that a platform would refuse. */
  readonly ok: boolean;
}

const KNOWN = [
  'calls',
  'concurrency',
  'caller',
  'from',
  'to',
  'name',
  'thinkMs',
  'thinking',
  'rampMs',
  'expect',
  'keepTranscripts',
  'onProgress',
  'signal',
];
/** How many bad calls a report lists. */
const MOST_BAD = 50;

/** Makes many calls and reports what callers heard and how fast answers came. Throws `SimulatorOptionError`; a server that fails doesn't throw. */
export async function runLoad(platform: Platform, options: LoadOptions): Promise<LoadReport> {
  refuseUnknownKeys('load', options, KNOWN);
  needNumber('load.calls', options.calls, 1);
  needNumber('load.concurrency', options.concurrency ?? 1, 1);
  needNumber('load.rampMs', options.rampMs ?? 0, 0);
  const load = new Load(platform, options);
  return load.run();
}

class Load {
  readonly #platform: Platform;
  readonly #options: LoadOptions;
  readonly #meters = new Map<WebhookType, WebhookMeter>();
  readonly #faults: Partial<Record<FaultKind, number>> = {};
  readonly #wrongCalls = new Map<string, string>();
  readonly #bad: BadCall[] = [];
  readonly #transcripts: (readonly string[])[] = [];
  readonly #began = performance.now();
  #begun = 0;
  #completed = 0;
  #cut = 0;
  #lost = 0;
  #wrong = 0;

  constructor(platform: Platform, options: LoadOptions) {
    this.#platform = platform;
    this.#options = options;
  }

  async run(): Promise<LoadReport> {
    const { calls, concurrency = 100, rampMs = 0, onProgress } = this.#options;
    const offDelivery = this.#platform.onDelivery((note) => this.#meter(note.type).add(note));
    const offFault = this.#platform.onFault((fault) => {
      this.#faults[fault.kind] = (this.#faults[fault.kind] ?? 0) + 1;
      if (fault.kind === 'wrong-prompt') this.#wrongCalls.set(fault.sessionId, fault.message);
    });
    const ticking = onProgress === undefined ? null : setInterval(() => onProgress(this.#progress()), 1_000);
    try {
      const lines = Math.min(concurrency, calls);
      await Promise.all(Array.from({ length: lines }, (_, line) => this.#line((rampMs * line) / lines)));
    } finally {
      if (ticking !== null) clearInterval(ticking);
      offDelivery();
      offFault();
    }
    onProgress?.(this.#progress());
    return this.#report();
  }

  /** One telephone, on which one call follows the other. */
  async #line(waitMs: number): Promise<void> {
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    while (this.#begun < this.#options.calls && this.#options.signal?.aborted !== true) await this.#call(this.#begun++);
  }

  async #call(index: number): Promise<void> {
    const { caller, from, to, name = (at) => `call-${at}`, thinkMs, thinking = 'exponential' } = this.#options;
    const session = this.#platform.inboundCall({
      caller: typeof caller === 'function' ? caller(index) : caller,
      name: name(index),
      thinking,
      keepEvents: false,
      ...(from === undefined ? {} : { from: from(index) }),
      ...(to === undefined ? {} : { to: typeof to === 'string' ? to : to(index) }),
      ...(thinkMs === undefined ? {} : { thinkMs }),
    });
    this.#judge(index, await session.closed);
  }

  #judge(index: number, { id, call, heard, end }: SimulatedSession): void {
    if (end === null) return;
    if (this.#options.keepTranscripts === true) this.#transcripts[index] = [...heard];
    const isLost = end.cutBy === 'patience' || (end.status === 'ERROR' && end.cutBy === null);
    if (isLost) this.#lost++;
    else if (end.cutBy !== null) this.#cut++;
    else this.#completed++;
    const scripted = this.#wrongCalls.get(id) ?? null;
    this.#wrongCalls.delete(id);
    const wrong = scripted ?? (isLost ? null : (this.#options.expect?.({ index, name: call, sessionId: id, heard, end }) ?? null));
    if (wrong !== null) this.#wrong++;
    const message = isLost ? `lost: ${end.reason ?? 'it never came to an end'}` : wrong;
    if (message !== null && this.#bad.length < MOST_BAD) this.#bad.push({ index, name: call, sessionId: id, message });
  }

  #meter(type: WebhookType): WebhookMeter {
    const meter = this.#meters.get(type) ?? new WebhookMeter();
    this.#meters.set(type, meter);
    return meter;
  }

  #progress(): LoadProgress {
    const done = this.#completed + this.#cut + this.#lost;
    const seconds = (performance.now() - this.#began) / 1000;
    return { calls: this.#options.calls, begun: this.#begun, done, wrong: this.#wrong, lost: this.#lost, seconds };
  }

  #report(): LoadReport {
    const { done, seconds } = this.#progress();
    const webhooks = Object.fromEntries([...this.#meters].map(([type, meter]) => [type, meter.figures]));
    const sent = Object.values(webhooks).reduce((sum, figures) => sum + figures.sent, 0);
    const refused = (['status', 'not-json', 'callflow', 'duplicate', 'no-webhook'] as const).some(
      (kind) => this.#faults[kind] !== undefined,
    );
    return {
      seed: this.#platform.seed,
      calls: done,
      completed: this.#completed,
      cut: this.#cut,
      lost: this.#lost,
      wrong: this.#wrong,
      bad: this.#bad.sort((a, b) => a.index - b.index),
      faults: this.#faults,
      webhooks,
      restarts: this.#platform.restarts,
      seconds,
      callsPerSecond: done / seconds,
      webhooksPerSecond: sent / seconds,
      transcripts: this.#options.keepTranscripts === true ? this.#transcripts : null,
      ok: this.#wrong === 0 && this.#lost === 0 && !refused,
    };
  }
}
