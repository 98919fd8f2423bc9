import type { Behaviour } from '../behaviour.ts';
import type { ChaosSettings } from '../chaos/chaos-options.ts';
import type { DeliveryPlan } from '../chaos/delivery-plan.ts';
import type { RestartGate } from '../chaos/restart-gate.ts';
import type { Timeline } from '../clock/clock.ts';
import type { Webhook, WebhookType } from '../registry/webhooks.ts';
import type { HttpOutcome, HttpPost, HttpSender } from './http-sender.ts';

/** One webhook to deliver, once or more often. */
export interface Letter {
  readonly webhook: Webhook;
  /** The body with this event id, or with a fresh one where the platform gives repetitions one of their own. */
  readonly write: (attempt: number) => string;
  readonly plan: DeliveryPlan;
  readonly timeline: Timeline;
  /** Takes note of something that goes on beside the session. */
  readonly track: (work: Promise<void>) => void;
  /** Keeps a repetition for later: after the next webhook of the session. */
  readonly later: (repeat: () => Promise<void>) => void;
  /** Told of each repetition that was answered otherwise than the first delivery, or not at all. */
  readonly differs: (first: string, other: HttpOutcome) => void;
}

/** What became of a letter. `byChaos`: the answer was taken away on purpose. */
export type Delivered = HttpOutcome & { readonly byChaos?: boolean };

/** One delivery, for statistics. */
export interface DeliveryNote {
  readonly type: WebhookType;
  /** Milliseconds of real time until the answer was complete, or the attempt had failed. */
  readonly ms: number;
  /** Whether the answer was 200. */
  readonly ok: boolean;
  /** Whether it was a repetition of an earlier delivery. */
  readonly repeated: boolean;
}

/** Delivers webhooks as a platform does, with everything that can go wrong. */
export class Courier {
  readonly #sender: HttpSender;
  readonly #gate: RestartGate;
  readonly #behaviour: Behaviour;
  readonly #chaos: ChaosSettings | null;
  readonly #note: (note: DeliveryNote) => void;

  constructor(
    sender: HttpSender,
    gate: RestartGate,
    behaviour: Behaviour,
    chaos: ChaosSettings | null,
    note: (note: DeliveryNote) => void,
  ) {
    this.#sender = sender;
    this.#gate = gate;
    this.#behaviour = behaviour;
    this.#chaos = chaos;
    this.#note = note;
  }

  /** Delivers a letter and gives the outcome that the platform goes by. Duplicates go on beside it. */
  async deliver(letter: Letter): Promise<Delivered> {
    const { plan, timeline } = letter;
    const firsts = new FirstAnswer(letter.differs);
    if (plan.delayMs > 0) await sleep(timeline, plan.delayMs);
    if (plan.reset !== null) {
      await this.#cut(letter, plan.reset);
      await sleep(timeline, this.#chaos?.ms.resets ?? 0);
    }
    const outcome = await this.#untilDelivered(letter, firsts);
    const repeat = async (): Promise<void> => firsts.compare(await this.#send(letter, 0, true));
    if (plan.duplicate) letter.track(repeat());
    if (plan.reordered) letter.later(repeat);
    return outcome;
  }

  async #untilDelivered(letter: Letter, firsts: FirstAnswer): Promise<Delivered> {
    const { plan, timeline } = letter;
    const { times, afterMs } = this.#behaviour.redelivery;
    for (let attempt = 0; ; attempt++) {
      const sent = this.#send(letter, attempt, attempt > 0);
      if (plan.concurrent && attempt === 0) letter.track(this.#send(letter, 0, true).then((other) => firsts.compare(other)));
      let outcome: Delivered = await sent;
      firsts.compare(outcome, attempt === 0);
      if (attempt === 0) outcome = await this.#disturb(letter, outcome);
      const lostOnce = attempt === 0 && plan.lost === 'once';
      if (lostOnce) await sleep(timeline, this.#chaos?.ms.lost ?? 0);
      else if ((outcome.answered && outcome.status === 200) || attempt >= times) return outcome;
      else await sleep(timeline, afterMs);
    }
  }

  async #disturb(letter: Letter, outcome: Delivered): Promise<Delivered> {
    const { plan, timeline } = letter;
    if (plan.slowMs > 0) {
      await sleep(timeline, plan.slowMs);
      const ms = outcome.ms + plan.slowMs;
      if (ms > this.#behaviour.answerTimeoutMs)
        return { answered: false, why: 'timeout', detail: 'the answer was held back too long', ms, byChaos: true };
    }
    if (plan.lost === null) return outcome;
    return { answered: false, why: 'reset', detail: 'the answer got lost', ms: outcome.ms, byChaos: true };
  }

  async #send(letter: Letter, attempt: number, repeated: boolean): Promise<HttpOutcome> {
    const release = letter.timeline.hold();
    const post = this.#post(letter, attempt);
    const outcome = await this.#gate.through(() => this.#sender.post(post));
    this.#note({ type: letter.webhook.type, ms: outcome.ms, ok: outcome.answered && outcome.status === 200, repeated });
    release();
    return outcome;
  }

  async #cut(letter: Letter, where: 'half' | 'whole'): Promise<void> {
    const release = letter.timeline.hold();
    await this.#gate.through(() => this.#sender.cut(this.#post(letter, 0), where));
    release();
  }

  #post(letter: Letter, attempt: number): HttpPost {
    const { url, httpAuthHeader } = letter.webhook;
    const body = letter.write(this.#behaviour.redelivery.eventId === 'new' ? attempt : 0);
    return { url, body, authorization: httpAuthHeader, timeoutMs: this.#behaviour.answerTimeoutMs };
  }
}

/** Remembers the first good answer to an event and tells when another one differs. */
class FirstAnswer {
  #body: string | null = null;
  readonly #differs: Letter['differs'];

  constructor(differs: Letter['differs']) {
    this.#differs = differs;
  }

  /** A first attempt that failed is judged by whoever sent it; a repetition that fails is told of as well. */
  compare(outcome: HttpOutcome, isFirst = false): void {
    const body = outcome.answered && outcome.status === 200 ? outcome.body : null;
    if (this.#body === null) this.#body = body;
    else if (body !== this.#body && !(isFirst && body === null)) this.#differs(this.#body, outcome);
  }
}

/** Lets simulated time pass. */
export function sleep(timeline: Timeline, ms: number): Promise<void> {
  return new Promise((resolve) => void timeline.after(ms, resolve));
}
