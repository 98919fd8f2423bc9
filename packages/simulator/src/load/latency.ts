import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { DeliveryNote } from '../delivery/courier.ts';

/** How long answers took, ms of real time. */
export interface Latency {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** What became of the webhooks of one type. */
export interface WebhookFigures {
  /** Deliveries, repetitions included. */
  readonly sent: number;
  readonly repeated: number;
  /** Deliveries that were not answered with 200. */
  readonly failed: number;
  /** Of the deliveries that were. */
  readonly ms: Latency;
}

/** Counts deliveries and their times in constant memory. */
export class WebhookMeter {
  #sent = 0;
  #repeated = 0;
  #failed = 0;
  readonly #histogram: RecordableHistogram = createHistogram({ lowest: 1, highest: 600_000_000, figures: 3 });

  add(note: DeliveryNote): void {
    this.#sent++;
    if (note.repeated) this.#repeated++;
    if (note.ok) this.#histogram.record(Math.max(1, Math.round(note.ms * 1000)));
    else this.#failed++;
  }

  get figures(): WebhookFigures {
    const at = (percent: number): number => (this.#histogram.count === 0 ? 0 : this.#histogram.percentile(percent) / 1000);
    const max = this.#histogram.count === 0 ? 0 : this.#histogram.max / 1000;
    return { sent: this.#sent, repeated: this.#repeated, failed: this.#failed, ms: { p50: at(50), p90: at(90), p99: at(99), max } };
  }
}
