import { type MachineTime, machineTime } from '../clock/machine-time.ts';
import type { FaultKind } from '../faults.ts';
import type { Platform } from '../platform.ts';
import type { WebhookType } from '../registry/webhooks.ts';
import type { SimulatedSession } from '../session/simulated-session.ts';
import { beginCall } from './begin-call.ts';
import { WebhookMeter, type WebhookFigures } from './latency.ts';
import { type FullLoadOptions, type LoadOptions, type LoadProgress, readLoadOptions } from './load-options.ts';

/** A call in which something was wrong. */
export interface BadCall {
  /** From 0. */
  readonly index: number;
  readonly name: string;
  /** Null where the call did not begin. */
  readonly sessionId: string | null;
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
  /** The first fault of each kind, in words. */
  readonly firstFaults: Readonly<Partial<Record<FaultKind, string>>>;
  readonly webhooks: Readonly<Partial<Record<WebhookType, WebhookFigures>>>;
  readonly restarts: number;
  readonly seconds: number;
  readonly callsPerSecond: number;
  readonly webhooksPerSecond: number;
  /** By index, where they were kept; a call that never began, or was lost, has none. */
  readonly transcripts: readonly (readonly string[])[] | null;
  /** Whether no call was wrong or lost, and no answer was one that a platform would refuse. */
  readonly ok: boolean;
}

/** How many bad calls a report lists. */
const MAX_BAD = 50;

/** Makes many calls and reports what callers heard and how fast answers came. Throws `SimulatorOptionError`; a server that fails doesn't throw. */
export function runLoad(platform: Platform, options: LoadOptions): Promise<LoadReport> {
  return runLoadIn(machineTime, platform, options);
}

/** The same in another time than the machine's. */
export async function runLoadIn(time: MachineTime, platform: Platform, options: LoadOptions): Promise<LoadReport> {
  const load = new Load(time, platform, readLoadOptions(options));
  return load.run();
}

class Load {
  readonly #platform: Platform;
  readonly #options: FullLoadOptions;
  readonly #meters = new Map<WebhookType, WebhookMeter>();
  readonly #faults: Partial<Record<FaultKind, number>> = {};
  readonly #firstFaults: Partial<Record<FaultKind, string>> = {};
  readonly #wrongCalls = new Map<string, string>();
  readonly #bad: BadCall[] = [];
  readonly #transcripts: (readonly string[])[] = [];
  readonly #time: MachineTime;
  readonly #began: number;
  #begun = 0;
  #completed = 0;
  #cut = 0;
  #lost = 0;
  #wrong = 0;

  constructor(time: MachineTime, platform: Platform, options: FullLoadOptions) {
    this.#time = time;
    this.#began = time.now();
    this.#platform = platform;
    this.#options = options;
  }

  async run(): Promise<LoadReport> {
    const { onProgress, signal, everyMs } = this.#options;
    const offDelivery = this.#platform.onDelivery((note) => this.#meter(note.type).add(note));
    const offFault = this.#platform.onFault((fault) => {
      this.#faults[fault.kind] = (this.#faults[fault.kind] ?? 0) + 1;
      this.#firstFaults[fault.kind] ??= `${fault.call}: ${fault.message}`;
      if (fault.kind === 'wrong-prompt') this.#wrongCalls.set(fault.sessionId, fault.message);
    });
    const ticking = onProgress === undefined ? null : setInterval(() => onProgress(this.#progress()), 1_000);
    try {
      await Promise.race([everyMs === undefined ? this.#lines() : this.#arrivals(everyMs), aborted(signal)]);
    } finally {
      if (ticking !== null) clearInterval(ticking);
      offDelivery();
      offFault();
    }
    onProgress?.(this.#progress());
    return this.#report();
  }

  /** As many telephones as may be used at the same time. */
  async #lines(): Promise<void> {
    const { calls, concurrency = 100, rampMs } = this.#options;
    const lines = Math.min(concurrency, calls);
    await Promise.all(Array.from({ length: lines }, (_, line) => this.#line((rampMs * line) / lines)));
  }

  /** One telephone, on which one call follows the other. */
  async #line(waitMs: number): Promise<void> {
    await this.#elapse(waitMs);
    while (this.#isGoingOn()) await this.#call(this.#begun++);
  }

  /** Calls that come in at their time. */
  async #arrivals(everyMs: number): Promise<void> {
    const { concurrency = Number.POSITIVE_INFINITY } = this.#options;
    const underWay = new Set<Promise<void>>();
    while (this.#isGoingOn()) {
      await this.#elapse(this.#began + this.#begun * everyMs - this.#time.now());
      while (underWay.size >= concurrency) await Promise.race(underWay);
      if (!this.#isGoingOn()) break;
      const call: Promise<void> = this.#call(this.#begun++).finally(() => underWay.delete(call));
      underWay.add(call);
    }
    await Promise.all(underWay);
  }

  async #elapse(ms: number): Promise<void> {
    if (ms > 0) await new Promise<void>((resolve) => void this.#time.after(ms, resolve));
  }

  #isGoingOn(): boolean {
    return this.#begun < this.#options.calls && this.#options.signal?.aborted !== true;
  }

  async #call(index: number): Promise<void> {
    const session = await beginCall(this.#platform, this.#options, index);
    if (typeof session !== 'string') return this.#judge(index, await session.closed);
    this.#lost++;
    this.#note({ index, name: this.#options.name?.(index) ?? `call-${index}`, sessionId: null, message: `lost: ${session}` });
  }

  #judge(index: number, { id, call, heard, end }: SimulatedSession): void {
    if (end === null) return;
    const isLost = end.cutBy === 'patience' || (end.status === 'ERROR' && end.cutBy === null);
    if (this.#options.keepTranscripts && !isLost) this.#transcripts[index] = [...heard];
    if (isLost) this.#lost++;
    else if (end.cutBy !== null) this.#cut++;
    else this.#completed++;
    const scripted = this.#wrongCalls.get(id) ?? null;
    this.#wrongCalls.delete(id);
    const wrong = scripted ?? (isLost ? null : (this.#options.expect?.({ index, name: call, sessionId: id, heard, end }) ?? null));
    if (wrong !== null) this.#wrong++;
    const message = isLost ? `lost: ${end.reason ?? 'it never came to an end'}` : wrong;
    if (message !== null) this.#note({ index, name: call, sessionId: id, message });
  }

  #note(bad: BadCall): void {
    if (this.#bad.length < MAX_BAD) this.#bad.push(bad);
  }

  #meter(type: WebhookType): WebhookMeter {
    const meter = this.#meters.get(type) ?? new WebhookMeter();
    this.#meters.set(type, meter);
    return meter;
  }

  #progress(): LoadProgress {
    const done = this.#completed + this.#cut + this.#lost;
    const seconds = (this.#time.now() - this.#began) / 1000;
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
      // A copy: what still happens to calls in progress when the run is over is no part of it.
      bad: [...this.#bad].sort((a, b) => a.index - b.index),
      faults: this.#faults,
      firstFaults: this.#firstFaults,
      webhooks,
      restarts: this.#platform.restarts,
      seconds,
      callsPerSecond: seconds > 0 ? done / seconds : 0,
      webhooksPerSecond: seconds > 0 ? sent / seconds : 0,
      transcripts: this.#options.keepTranscripts ? this.#transcripts : null,
      ok: this.#wrong === 0 && this.#lost === 0 && !refused,
    };
  }
}

/** Fulfilled as soon as `signal` is aborted. */
function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve();
    else signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
