import { checkParams, type CompiledFlow } from '@hookswitch/dsl';
import { within } from '../clock.ts';
import { CallParamsError } from '../errors/call-params-error.ts';
import { StoreSlowError } from '../errors/store-slow-error.ts';
import { UnknownFlowError } from '../errors/unknown-flow-error.ts';
import { withSpan } from '../observe/tracing.ts';
import type { CallRecord } from '../store/store.ts';
import type { Answer, Kept } from './call.ts';
import type { PlaceRequested, Recording, Status, Summary, Vca } from './input.ts';
import { hangupAnswer } from './reply/actions.ts';
import { askAgain, looseFallback, triesOf } from './reply/loose.ts';
import type { CallsContext } from './context.ts';
import type { FallbackReason } from './settings.ts';
import { isStoreFailure } from './store-failure.ts';
import { Transactor } from './transact.ts';

/** So many budgets may pass until a hold is saved. Then a slow store is waited for no longer. */
const MAX_BUDGETS = 1.5;
/** Calls that one round of `sweep` looks after, side by side. */
export const SWEEP_BATCH = 50;

/** A call to be placed. */
export interface PlaceCall {
  readonly subAccountId: string;
  readonly compiled: CompiledFlow;
  /** E.164; a virtual number of the subaccount. */
  readonly from: string;
  /** E.164. */
  readonly to: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly language?: string | null;
  /** Names the request: a second one with the same id gives back the first call. 1..200 characters. */
  readonly clientRequestId?: string | null;
  /** ISO 8601: until when 8x8 may start the call. */
  readonly validUntil?: string | null;
  /** Records the session; only where recording is set up at 8x8, whose API schema does not name it (U15). @default not sent */
  readonly callRecording?: boolean | null;
}

/** All calls of one server: what webhooks, the API and the clock hand to it becomes inputs of the one loop in `transact.ts`. */
export class Calls {
  readonly #context: CallsContext;
  readonly #transactor: Transactor;

  constructor(context: CallsContext) {
    this.#context = context;
    this.#transactor = new Transactor(context);
  }

  /**
   * Answers a VCA, after one and a half budgets at the latest. Never rejects: whatever fails, the caller hears something. A turn that is overtaken by its time
   * goes on; what it saves is what the caller gets when it asks again.
   */
  async answer(vca: Vca): Promise<Answer> {
    const { clock, settings, observer } = this.#context;
    const timeout = settings.budget * MAX_BUDGETS;
    const answer = await within(clock, timeout, this.#answer(vca));
    if (answer !== null) return answer;
    observer.storeFailed(new StoreSlowError(timeout));
    return this.#askAgain(vca);
  }

  async #answer(vca: Vca): Promise<Answer> {
    // Whatever the store has of the call, and whether it can be asked or not: nobody is transferred twice, and nobody waits for ever.
    if (vca.echo?.kind === 'transferred') return { body: hangupAnswer(), outcome: 'hung-up' };
    if (triesOf(vca.echo) > this.#context.settings.maxRetries) return this.fallback('store', null, vca);
    try {
      const reply = await withSpan('hookswitch.turn', { kind: 'vca' }, () => this.#transactor.transact(vca));
      if (reply.kind === 'answer') return { body: reply.body, outcome: reply.outcome };
      return this.fallback('internal', new Error(`a VCA was answered with "${reply.kind}"`), vca);
    } catch (error) {
      if (!isStoreFailure(error)) return this.fallback('internal', error, vca);
      this.#context.observer.storeFailed(error);
      return this.#askAgain(vca);
    }
  }

  #askAgain(vca: Vca): Answer {
    return askAgain(this.#context.settings, vca) ?? this.fallback('store', null, vca);
  }

  /** The fallback, for webhooks that no call stands behind. */
  fallback(reason: FallbackReason, error: unknown = null, vca: Vca | null = null): Answer {
    this.#context.observer.fallback(null, reason, error, vca);
    return looseFallback(this.#context.settings, vca);
  }

  /** Keeps a webhook that is no turn. Resolves as soon as it is stored; its effects follow (`settled` waits for them). Rejects when the store can't be reached. */
  async keep(input: Summary | Status | Recording): Promise<Kept> {
    const reply = await this.#transactor.transact(input);
    return reply.kind === 'kept' ? reply.outcome : 'stored';
  }

  /**
   * Places a call: its id and first callflow are stored before anything is sent, and a post whose outcome is unknown is never repeated. The record tells what came of it:
   * `live`, `failed` (with the reason in its state), `unknown` until a webhook tells, or `cancelled`: a flow whose first callflow would say nothing declines, and no
   * phone rings. Throws `CallParamsError`.
   */
  async place(request: PlaceCall): Promise<CallRecord> {
    const { compiled, subAccountId, from, to, language = null, clientRequestId = null } = request;
    const { clock, rehearsal, mintId } = this.#context;
    const params = await paramsOf(compiled, request.params ?? {});
    const { name, options } = compiled.flow;
    const input: PlaceRequested = {
      kind: 'place',
      at: clock.now(),
      id: rehearsal?.callId({ sessionId: null, to }) ?? mintId(),
      subAccountId,
      flow: name,
      version: options.version,
      from,
      to,
      params,
      language,
      clientRequestId,
      placing: { validUntil: request.validUntil ?? null, callRecording: request.callRecording ?? null },
    };
    const reply = await this.#transactor.transact(input);
    if (reply.kind === 'call' && reply.record !== null) return reply.record;
    throw new UnknownFlowError(name, []);
  }

  /** Asks for the end of a call: it ends when the platform next asks. Null when there is no such call. */
  async requestEnd(callId: string): Promise<CallRecord | null> {
    const reply = await this.#transactor.transact({ kind: 'end-requested', at: this.#context.clock.now(), callId });
    return reply.kind === 'call' ? reply.record : null;
  }

  /**
   * Looks after calls that nobody asks for any more: ends that were not applied, leases that have run out, idle sessions. Says how many it looked at. What takes as long
   * as it likes, a step or a hook, goes on beside it: no other call waits for it.
   */
  async sweep(): Promise<number> {
    const { store, clock } = this.#context;
    const ids = await store.due(clock.now(), SWEEP_BATCH);
    const rounds = await Promise.allSettled(ids.map((callId) => this.#transactor.transact({ kind: 'due', at: clock.now(), callId })));
    const failed = rounds.find((round) => round.status === 'rejected' && isStoreFailure(round.reason));
    if (failed?.status === 'rejected') throw failed.reason;
    return ids.length;
  }

  /** Resolves when steps under way, posts and ends of sessions are through. */
  settled(): Promise<void> {
    return this.#transactor.orders.settled();
  }

  /** Calls in memory, and those of them whose steps run here. */
  get size(): { readonly calls: number; readonly running: number } {
    return { calls: this.#transactor.calls.size, running: this.#transactor.orders.running };
  }
}

async function paramsOf({ flow }: CompiledFlow, given: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> {
  const checked = await checkParams(flow.options.params, given);
  if ('params' in checked) return checked.params;
  throw new CallParamsError(flow.name, checked.issues);
}
