/**
 * The one loop: find, decide, commit, again after a lost race; then orders, notes, reply; or wait, and decide the same input again. Nowhere else is a call committed.
 *
 * Invariants, each with a property test (transact.property.test.ts):
 * 1. A stored answer never changes; an input that comes again gets the same bytes.
 * 2. A step runs only under a lease that is committed; its outcome, its journal entry and the waiting turn's answer are one commit.
 * 3. Nothing leaves the process (reply, order, note) before the commit that decided it.
 * 4. A revision grows by one with each commit that changes the call; rows beside it are idempotent by digest.
 * 5. `decide` gives the same for the same arguments, and may be called any number of times for one input.
 * 6. Whatever comes in whatever order, the caller hears valid callflows, clean-up runs once, `onEnd` is told at least once under one key.
 * 7. What is replied without a commit stays true in every later state. Absence is not such a fact: after a negative, look again.
 * 8. The end of a session reaches a flow only when no step is outstanding, or together with its outcome; a step keeps its key for ever.
 * 9. `run-step` and `tell-end` follow from the state and may be ordered again; `post` never.
 */
import { sleep } from '../clock.ts';
import { CallChangedError } from '../errors/call-changed-error.ts';
import type { CallRecord } from '../store/store.ts';
import type { Answer, Decision, Env, Reply } from './call.ts';
import { answerPlace, commit, opened } from './commit.ts';
import { decide } from './decide/decide.ts';
import { CallFinder, sessionKey } from './find.ts';
import { ERASED } from './hidden/erase-entry.ts';
import type { CallInput } from './input.ts';
import { tellNotes } from './notes.ts';
import { Orders } from './orders.ts';
import { KeyedQueue } from './queue.ts';
import { hangupAnswer } from './reply/actions.ts';
import type { CallsContext } from './context.ts';
import { isStoreFailure } from './store-failure.ts';

/** Races with other processes that an input takes part in before it gives up. */
const MAX_RACES = 50;
/** How often a process looks whether another one, which holds the lease, has finished, ms. */
const LOOK_EVERY = 100;
/** How often our own results are saved again while the store is out of reach, and the pauses between, ms. */
const MAX_SAVES = 60;
const SAVE_PAUSE = 500;

/** What one round came to: `null` where somebody else was faster. */
interface Round {
  readonly decision: Decision;
  /** Names by which commits wake whoever waits for this call. */
  readonly names: readonly string[];
}

export class Transactor {
  readonly calls: CallFinder;
  readonly orders: Orders;
  readonly #context: CallsContext;
  readonly #queue = new KeyedQueue();
  readonly #waiting = new Map<string, Set<() => void>>();

  constructor(context: CallsContext) {
    this.#context = context;
    this.calls = new CallFinder(context);
    this.orders = new Orders(
      context,
      (input) => this.transact(input),
      (id) => this.#wake([id]),
    );
  }

  /** Makes an input happen. Rejects where the store could not keep it, or where it lost every race. */
  async transact(input: CallInput): Promise<Reply> {
    const { clock } = this.#context;
    // What is due may be so because of what others did; a turn that could not be saved is known to the store only.
    let fresh = input.kind === 'due' || (input.kind === 'vca' && (input.echo?.kind === 'retry' || input.echo?.kind === 'given-retry'));
    let resumed = false;
    let trouble: Env['trouble'] = null;
    let until = -Infinity;
    for (let races = 0, saves = 0; ;) {
      try {
        const round = await this.#queue.run(this.calls.queueOf(input), () => this.#round(input, { fresh, resumed, trouble }));
        if (round === null) {
          if (++races > MAX_RACES) throw new CallChangedError('lost every race for this call');
          fresh = true;
          continue;
        }
        const { decision, names } = round;
        // Who waits must be waiting before an order can wake it.
        const woken = decision.reply === null && decision.wait !== null ? this.#sleep(names) : null;
        for (const order of decision.orders) this.orders.carryOut(order);
        if (decision.notes.length > 0 || decision.change !== null) tellNotes(this.#context.observer, decision);
        if (decision.reply !== null) {
          const reply = await this.#resolve(decision.reply);
          if (reply !== null) return reply;
          if (++races > MAX_RACES) throw new CallChangedError('an answered turn is not in the store');
          fresh = true;
          continue;
        }
        if (decision.wait === null || woken === null) return { kind: 'call', record: decision.about };
        resumed ||= decision.change !== null;
        until = decision.wait.until;
        fresh = await this.#rest(woken, until, names, input);
      } catch (error) {
        fresh = true;
        if (isStoreFailure(error)) {
          // A look that fails is not the end of a wait: forty looks would find any store unreliable.
          if (clock.now() < until) await sleep(clock, LOOK_EVERY);
          else {
            if (!isOwnResult(input) || ++saves > MAX_SAVES) throw error;
            this.#context.observer.storeFailed(error);
            await sleep(clock, SAVE_PAUSE);
          }
        } else {
          // What can't be kept as it is, is decided once more, as little as is safe.
          if (error instanceof CallChangedError || trouble !== null || !maySimplify(input)) throw error;
          trouble = { why: error };
        }
      }
    }
  }

  async #round(input: CallInput, told: Pick<Env, 'resumed' | 'trouble'> & { readonly fresh: boolean }): Promise<Round | null> {
    const { store, sealer, clock, settings, flows, rehearsal } = this.#context;
    // One reading of the clock a round: what `find` chose by it must be what `decide` sees.
    const now = clock.now();
    const found = await this.calls.find(input, told.fresh, now);
    const { call } = found;
    const id = call?.record.id ?? ('id' in input ? input.id : null);
    const env: Env = {
      now,
      flowTime: rehearsal === undefined || id === null ? null : rehearsal.timeOf(id),
      settings,
      flows,
      shared: store.shared,
      canSeal: sealer.canSeal,
      runsHere: call?.state.lease != null && this.orders.runs(call.record.id, call.state.lease.token),
      resumed: told.resumed,
      trouble: told.trouble,
    };
    const decision = decide(found, input, env);
    const { change } = decision;
    if (change !== null) {
      let outcome: Awaited<ReturnType<typeof commit>>;
      try {
        outcome = await commit(store, sealer, change);
      } catch (error) {
        // Nobody knows whether it was kept: the store is asked.
        if (id !== null) this.calls.forget(id);
        throw error;
      }
      if (outcome === 'conflict') {
        if (id !== null) this.calls.forget(id);
        return null;
      }
      if (outcome === 'present') {
        const reply = decision.reply?.kind === 'kept' && decision.reply.outcome === 'unknown-session' ? decision.reply : DUPLICATE;
        return { decision: { ...decision, reply, notes: [], orders: [] }, names: [] };
      }
      if (change.kind === 'call') {
        this.calls.keep(change.call);
        this.#wake(namesOf(change.call.record));
      } else if (change.seen !== null) this.calls.touch(change.seen.callId, change.seen.seenAt, change.seen.dueAt);
    }
    const record = change?.kind === 'call' ? change.call.record : call?.record;
    return {
      decision,
      names: record === undefined ? ('sessionId' in input && input.kind === 'vca' ? [sessionKey(input)] : []) : namesOf(record),
    };
  }

  /** Waits until the call has changed here, or for the next look at what others do with it. Says whether memory may be old. */
  async #rest(woken: Waiter, until: number, names: readonly string[], input: CallInput): Promise<boolean> {
    const { clock } = this.#context;
    const isHere = names.some((name) => this.orders.isBusy(name)) || input.kind === 'place';
    const pause = Math.min(until - clock.now(), isHere ? Infinity : LOOK_EVERY);
    if (pause === Infinity) await woken.promise;
    else {
      const over = new AbortController();
      await Promise.race([woken.promise, sleep(clock, Math.max(0, pause), over.signal)]);
      over.abort();
    }
    woken.cancel();
    return !isHere;
  }

  /** The bytes of a stored answer; null where a turn that was answered is not there: then memory was old. */
  async #resolve(reply: Reply): Promise<Reply | null> {
    if (reply.kind !== 'stored') return reply;
    const { callId, turn, outcome, isOver } = reply;
    const row = await this.#context.store.turn(callId, turn);
    // A turn that was left out when the platform was ahead, or whose words were erased with the session: both times the call is over.
    if (row?.answer == null || row.answer === ERASED) return isOver ? { kind: 'answer', body: hangupAnswer(), outcome: 'hung-up' } : null;
    const answer: Answer = { body: opened(this.#context.sealer, row.answer, answerPlace(callId, turn)), outcome };
    return { kind: 'answer', ...answer };
  }

  #sleep(names: readonly string[]): Waiter {
    let wake = (): void => undefined;
    const promise = new Promise<void>((resolve) => {
      wake = resolve;
    });
    for (const name of names) this.#waiting.set(name, (this.#waiting.get(name) ?? new Set()).add(wake));
    const cancel = (): void => {
      for (const name of names) {
        const set = this.#waiting.get(name);
        set?.delete(wake);
        if (set?.size === 0) this.#waiting.delete(name);
      }
    };
    return { promise, cancel };
  }

  #wake(names: readonly string[]): void {
    if (this.#waiting.size === 0) return;
    for (const name of names) for (const wake of this.#waiting.get(name) ?? []) wake();
  }
}

interface Waiter {
  readonly promise: Promise<void>;
  cancel(): void;
}

const DUPLICATE: Reply = { kind: 'kept', outcome: 'duplicate' };

function namesOf(record: CallRecord): readonly string[] {
  return record.sessionId === null ? [record.id] : [record.id, sessionKey({ ...record, sessionId: record.sessionId })];
}

/** What nobody sends us again: it is saved over and over while the store is out of reach. */
function isOwnResult({ kind }: CallInput): boolean {
  return kind === 'step-settled' || kind === 'post-settled' || kind === 'end-told';
}

/** Where less can be done than was meant, so that the call goes on or ends in order. */
function maySimplify({ kind }: CallInput): boolean {
  return kind === 'step-settled' || kind === 'summary' || kind === 'due';
}
