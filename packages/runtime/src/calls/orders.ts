/**
 * Carries out what was decided, outside of any turn: steps, the post of a placed call, `onEnd`. What comes of it is an input again. Runs only what was committed, each
 * step once at a time, and never rejects: what can't be saved is left to whoever takes over.
 */
import { withTimeout } from '../clock.ts';
import { HookTimeoutError } from '../errors/hook-timeout-error.ts';
import { messageOf } from '../errors/message-of.ts';
import { withSpan } from '../observe/telemetry.ts';
import type { CallRecord } from '../store/store.ts';
import type { Order, Reply } from './call.ts';
import { END_HOOK_TIMEOUT } from './decide/end.ts';
import { endedCall } from './ended-call.ts';
import type { CallInput } from './input.ts';
import { runStep } from './run-step.ts';
import type { CallsContext } from './context.ts';

type OrderOf<Kind extends Order['kind']> = Extract<Order, { kind: Kind }>;

interface Run {
  token: string;
  readonly index: number;
  readonly gone: AbortController;
}

export class Orders {
  readonly #context: CallsContext;
  readonly #give: (input: CallInput) => Promise<Reply>;
  readonly #ended: (callId: string) => void;
  /** Steps that run here, by call. */
  readonly #runs = new Map<string, Run>();
  readonly #underWay = new Set<Promise<void>>();

  /** `ended` is told of each call whose step has come to its end here. */
  constructor(context: CallsContext, give: (input: CallInput) => Promise<Reply>, ended: (callId: string) => void) {
    this.#context = context;
    this.#give = give;
    this.#ended = ended;
  }

  carryOut(order: Order): void {
    if (order.kind === 'abort-step') this.#runs.get(order.callId)?.gone.abort();
    else this.#track(this.#carryOut(order));
  }

  /** Whether the step of this lease runs here. */
  runs(callId: string, token: string): boolean {
    return this.#runs.get(callId)?.token === token;
  }

  /** Whether a step of this call runs here. */
  isBusy(callId: string): boolean {
    return this.#runs.has(callId);
  }

  /** Resolves when all that was ordered has come to its end. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  #track(task: Promise<void>): void {
    const tracked = task.finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
  }

  async #carryOut(order: Exclude<Order, { kind: 'abort-step' }>): Promise<void> {
    switch (order.kind) {
      case 'run-step':
        return this.#runStep(order);
      case 'tell-end':
        return this.#tellEnd(order);
      case 'post':
        return this.#post(order);
    }
  }

  async #runStep(order: OrderOf<'run-step'>): Promise<void> {
    const { call, token, index, site, effect } = order;
    const before = this.#runs.get(call.id);
    // Taken over from others while it still ran here: the attempt goes on under the new lease.
    if (before?.index === index) {
      before.token = token;
      return;
    }
    const run: Run = { token, index, gone: new AbortController() };
    this.#runs.set(call.id, run);
    const { clock } = this.#context;
    const stop = this.#renew(call.id, run);
    const began = clock.now();
    const { outcome, attempts } = await withSpan('hookswitch.step', { call: call.id, flow: call.flow, site, step: effect.name }, () =>
      this.#outcomeOf(order, run.gone.signal),
    );
    stop();
    const at = clock.now();
    const settled = { kind: 'step-settled', at, callId: call.id, index, outcome, ms: at - began, attempts, asked: order.asked } as const;
    // It may have been taken over here, from others, at the very moment in which it was saved under the lease before.
    for (let saved: string | null = null; saved !== run.token;) {
      saved = run.token;
      await this.#save(call, { ...settled, token: saved });
    }
    if (this.#runs.get(call.id) !== run) return;
    this.#runs.delete(call.id);
    this.#ended(call.id);
  }

  #outcomeOf({ refused, effect, key, abortable }: OrderOf<'run-step'>, gone: AbortSignal) {
    if (refused !== null) return { outcome: refused, attempts: 0 };
    // What a step comes to in a simulation; elsewhere its own function is called.
    const rehearsed = this.#context.rehearsal?.outcomeOf(effect, { idempotencyKey: key }) ?? null;
    if (rehearsed !== null) return { outcome: rehearsed, attempts: 1 };
    return runStep(effect, key, this.#context.clock, abortable ? gone : new AbortController().signal);
  }

  /** Renews the lease while a long step runs; gives a function that stops it. */
  #renew(callId: string, run: Run): () => void {
    const { clock, settings } = this.#context;
    let cancel = (): void => undefined;
    let stopped = false;
    const next = (): void => {
      cancel = clock.timer(settings.lease / 3, () => {
        // A renewal that fails is not worth a word: the step's own commit tells who holds the lease.
        const renewal = this.#give({ kind: 'still-running', at: clock.now(), callId, token: run.token }).catch(() => undefined);
        void renewal.then(() => {
          if (!stopped) next();
        });
      });
    };
    next();
    return () => {
      stopped = true;
      cancel();
    };
  }

  async #tellEnd(order: OrderOf<'tell-end'>): Promise<void> {
    const { clock, onEnd } = this.#context;
    const { record, state } = order.call;
    if (state.summary === null) return;
    let error: { readonly thrown: unknown } | null = null;
    try {
      const told = await withTimeout(
        clock,
        END_HOOK_TIMEOUT,
        Promise.resolve(onEnd(endedCall(record, state, state.summary))).then(() => true),
      );
      if (told === null) error = { thrown: new HookTimeoutError('onEnd', END_HOOK_TIMEOUT) };
    } catch (thrown) {
      error = { thrown };
    }
    await this.#save(record, { kind: 'end-told', at: clock.now(), callId: record.id, error });
  }

  async #post(order: OrderOf<'post'>): Promise<void> {
    const { clock, post } = this.#context;
    const outcome = await post(order);
    await this.#save(order.call, { kind: 'post-settled', at: clock.now(), callId: order.call.id, outcome });
  }

  async #save(call: CallRecord, input: CallInput): Promise<void> {
    try {
      await this.#give(input);
    } catch (error) {
      this.#context.observer.warned(call, `${LEFT[input.kind] ?? input.kind} was left to whoever takes over: ${messageOf(error)}`);
    }
  }
}

const LEFT: Partial<Record<CallInput['kind'], string>> = {
  'step-settled': 'what a step came to',
  'end-told': 'that onEnd was called',
  'post-settled': 'what came of a post',
};
