/**
 * All calls of one server, and the one loop: find, decide, commit, again after a lost race; then orders, notes, reply; or wait, and decide the same input again. Nowhere
 * else is a call committed.
 *
 * Invariants, each with a property (calls.property.test.ts):
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
import { sleep, withTimeout } from '../clock.ts';
import { CallChangedError } from '../errors/call-changed-error.ts';
import { IntakeClosedError } from '../errors/intake-closed-error.ts';
import { StoreSlowError } from '../errors/store-slow-error.ts';
import { withSpan } from '../observe/telemetry.ts';
import type { CallRecord } from '../store/store.ts';
import type { Answer, Change, Decision, Env, Kept, Reply } from './call.ts';
import type { CallsContext } from './context.ts';
import { DECIDE } from './decide/decide.ts';
import { CallFinder, namesOf } from './find.ts';
import type { CallInput, PlaceRequested, Recording, SignalSent, Status, Summary, Vca } from './input.ts';
import { tellNotes } from './notes.ts';
import { Orders } from './orders.ts';
import { askAgain, hangupAnswer, looseFallback } from './reply/loose.ts';
import { storedReply } from './reply/stored.ts';
import { sealedRows } from './seal-rows.ts';
import type { FallbackReason } from './settings.ts';
import { isStoreFailure } from './store-failure.ts';
import { Waiters } from './waiters.ts';

/** So many budgets may pass until a hold is saved. Then a slow store is waited for no longer. */
const MAX_BUDGETS = 1.5;
/** Races with other processes that an input takes part in before it gives up. */
const MAX_RACES = 50;
/** How often a process looks whether another one, which holds the lease, has finished, ms. */
const LOOK_EVERY = 100;
/** Looks in a row that may fail while an input waits. */
const MAX_LOOKS = 300;
/** How long an input waits at most for what happens here, before it looks by itself, ms. */
const MAX_REST = 1_000;
/** How often our own results are saved again while the store is out of reach, and the pauses between, ms. */
const MAX_SAVES = 60;
const SAVE_PAUSE = 500;
/** What nobody sends us again: it is saved over and over while the store is out of reach. */
const OWN_RESULTS: ReadonlySet<CallInput['kind']> = new Set(['step-settled', 'post-settled', 'end-told']);
/** Where less can be done than was meant, so that the call goes on or ends in order. */
const MAY_SIMPLIFY: ReadonlySet<CallInput['kind']> = new Set(['step-settled', 'summary', 'due']);
const DUPLICATE: Reply = { kind: 'kept', outcome: 'duplicate' };

/** What one round came to, and the call as it is by now. */
interface Round {
  readonly decision: Decision;
  readonly record: CallRecord | null;
}

export class Calls {
  readonly #context: CallsContext;
  readonly #finder: CallFinder;
  readonly #orders: Orders;
  /** Inputs of one call are decided one after another. */
  readonly #queues = new Map<string, Promise<unknown>>();
  readonly #waiters = new Waiters();

  constructor(context: CallsContext) {
    this.#context = context;
    this.#finder = new CallFinder(context);
    this.#orders = new Orders(
      context,
      (input) => this.transact(input),
      (id) => this.#waiters.wake([id]),
    );
  }

  /**
   * Answers a VCA, after one and a half budgets at the latest. Never rejects: whatever fails, the caller hears something. A turn that is overtaken by its time
   * goes on; what it saves is what the caller gets when it asks again.
   */
  async answer(vca: Vca): Promise<Answer> {
    const { clock, settings, observer } = this.#context;
    const timeout = settings.budget * MAX_BUDGETS;
    const answering = this.#answer(vca);
    // Most turns need no timer: a store in memory has answered by now.
    const soon = await Promise.race([answering, new Promise<null>((resolve) => setImmediate(resolve, null))]);
    const answer = soon ?? (await withTimeout(clock, timeout, answering));
    if (answer !== null) return answer;
    observer.storeFailed(new StoreSlowError(timeout));
    return this.#askAgain(vca);
  }

  async #answer(vca: Vca): Promise<Answer> {
    // Whatever the store has of the call, and whether it can be asked or not: nobody is transferred twice.
    if (vca.echo?.kind === 'transferred') return { body: hangupAnswer(), outcome: 'hung-up' };
    try {
      const reply = await withSpan('hookswitch.turn', {}, async (span) => {
        const result = await this.transact(vca);
        const call = result.kind === 'answer' ? result.about : null;
        if (call != null) span.set({ call: call.id, flow: call.flow, site: call.site });
        return result;
      });
      if (reply.kind === 'answer') return { body: reply.body, outcome: reply.outcome };
      throw new CallChangedError(`a VCA was answered with "${reply.kind}"`);
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
    const reply = await this.transact(input);
    return reply.kind === 'kept' ? reply.outcome : 'stored';
  }

  /**
   * Places a call: its id and first callflow are stored before anything is sent, and a post whose outcome is unknown is never repeated. The record tells what came of it:
   * `live`, `failed` (with the reason in its state), `unknown` until a webhook tells, or `cancelled`: a flow whose first callflow would say nothing declines, and no
   * phone rings. Null where no flow has the name. Throws `IntakeClosedError` where intake of the flow is closed.
   */
  async place(input: PlaceRequested): Promise<CallRecord | null> {
    const reply = await this.transact(input);
    if (reply.kind === 'intake-closed') throw new IntakeClosedError(reply.flow, reply.label, reply.until);
    return reply.kind === 'call' ? reply.record : null;
  }

  /** Asks for the end of a call: it ends when the platform next asks. Null when there is no such call. */
  async requestEnd(callId: string): Promise<CallRecord | null> {
    const reply = await this.transact({ kind: 'end-requested', at: this.#context.clock.now(), callId });
    return reply.kind === 'call' ? reply.record : null;
  }

  /** Gives a call a signal. What it was refused for, and that it was sent before, is no error. Rejects when the store can't be reached. */
  async signal(input: SignalSent): Promise<Extract<Reply, { kind: 'signal' }>> {
    const reply = await this.transact(input);
    if (reply.kind === 'signal') return reply;
    throw new CallChangedError(`a signal was answered with "${reply.kind}"`);
  }

  /** Reads what operators have set before the first caller comes. */
  readonly prepare = (): Promise<unknown> => this.#finder.overrides.read();

  /** Resolves when steps under way, posts and ends of sessions are through. */
  settled(): Promise<void> {
    return this.#orders.settled();
  }

  /** Calls in memory. */
  get size(): number {
    return this.#finder.size;
  }

  /** Makes an input happen. Rejects where the store could not keep it, or where it lost every race. */
  async transact(input: CallInput): Promise<Reply> {
    const { clock, observer } = this.#context;
    let fresh = false;
    let resumed = false;
    let trouble: Env['trouble'] = null;
    let until = -Infinity;
    for (let races = 0, saves = 0, looks = 0; ;) {
      try {
        const round = await this.#queued(this.#finder.queueOf(input), input, { fresh, resumed, trouble });
        const { change = null, wait = null, reply = null } = round?.decision ?? {};
        // Who waits must be waiting before an order can wake it.
        const waiter = round === null || wait === null || reply !== null ? null : this.#waiters.add(namesOf(round.record, input));
        const replied = round === null ? null : await this.#carryOut(round.decision);
        if (replied !== null) return replied;
        if (waiter === null || wait === null) {
          if (++races > MAX_RACES) throw new CallChangedError('lost every race for this call');
          fresh = true;
          continue;
        }
        resumed ||= change !== null;
        ({ until } = wait);
        // What happens here wakes us; what others do only the store tells.
        fresh = !this.#orders.isBusy(round?.record?.id ?? '');
        // A post takes as long as it takes, and its end wakes us.
        await waiter.rest(clock, Math.min(until - clock.now(), fresh && input.kind !== 'place' ? LOOK_EVERY : MAX_REST));
      } catch (error) {
        fresh = true;
        if (!isStoreFailure(error)) {
          // What can't be kept as it is, is decided once more, as little as is safe.
          if (error instanceof CallChangedError || trouble !== null || !MAY_SIMPLIFY.has(input.kind)) throw error;
          trouble = { why: error };
        } else if (clock.now() < until && ++looks <= MAX_LOOKS) {
          // A look that fails is not the end of a wait: forty looks would find any store unreliable.
          await sleep(clock, LOOK_EVERY);
        } else {
          if (!OWN_RESULTS.has(input.kind) || ++saves > MAX_SAVES) throw error;
          observer.storeFailed(error);
          await sleep(clock, SAVE_PAUSE);
        }
      }
    }
  }

  #queued(key: string, input: CallInput, told: Told): Promise<Round | null> {
    const before = this.#queues.get(key);
    const task = (): Promise<Round | null> => this.#round(input, told);
    const result = before === undefined ? task() : before.then(task, task);
    this.#queues.set(key, result);
    const leave = (): void => {
      if (this.#queues.get(key) === result) this.#queues.delete(key);
    };
    result.then(leave, leave);
    return result;
  }

  /** Finds, decides and commits; null where somebody else was faster. */
  async #round(input: CallInput, { fresh, resumed, trouble }: Told): Promise<Round | null> {
    const { store, sealer, clock, settings, flows, rehearsal } = this.#context;
    // One reading of the clock a round: what `find` chose by it must be what `decide` sees.
    const now = clock.now();
    const found = await this.#finder.find(input, fresh, now);
    // That intake is closed is told without a commit that could say it is no longer so.
    const known = input.kind === 'place' && found.call === null ? null : this.#finder.overrides.known;
    const overrides = known ?? (await this.#finder.overrides.read());
    const { call } = found;
    const id = call?.record.id ?? ('id' in input ? input.id : null);
    const env: Env = {
      now,
      flowTime: rehearsal === undefined || id === null ? null : rehearsal.timeOf(id),
      flowSettings: id === null ? null : (rehearsal?.settingsOf?.(id) ?? null),
      settings,
      flows,
      overrides,
      shared: store.shared,
      canSeal: sealer.canSeal,
      runsHere: call?.state.lease != null && this.#orders.runs(call.record.id, call.state.lease.token),
      resumed,
      trouble,
    };
    const decision = DECIDE[input.kind](found, input as never, env);
    const { change } = decision;
    const record = call?.record ?? null;
    if (change === null) return { decision, record };
    let outcome: 'committed' | 'conflict' | 'present' | 'stored';
    try {
      outcome = await this.#commit(change);
    } catch (error) {
      // Nobody knows whether it was kept: the store is asked.
      if (id !== null) this.#finder.forget(id);
      throw error;
    }
    if (outcome === 'conflict') {
      if (change.kind === 'call' && change.commit.overrides !== undefined) this.#finder.overrides.forget();
      if (id !== null) this.#finder.forget(id);
      return null;
    }
    if (outcome === 'present') {
      const isUnknown = decision.reply?.kind === 'kept' && decision.reply.outcome === 'unknown-session';
      return { decision: { ...decision, reply: isUnknown ? decision.reply : DUPLICATE, notes: [], orders: [] }, record };
    }
    if (change.kind === 'inbox') {
      if (change.seen !== null) this.#finder.touch(change.seen.callId, change.seen.seenAt, change.seen.dueAt);
      return { decision, record };
    }
    this.#finder.keep(change.call);
    if (this.#waiters.byName.size > 0) this.#waiters.wake(namesOf(change.call.record, input));
    return { decision, record: change.call.record };
  }

  async #commit(change: Change): Promise<'committed' | 'conflict' | 'present' | 'stored'> {
    const { store, sealer } = this.#context;
    if (change.kind === 'inbox')
      return store.put(change.row, { pending: change.pending, ...(change.seen === null ? {} : { seen: change.seen }) });
    const isPlain = change.secret === null && !change.erases;
    return store.commit(isPlain ? change.commit : await sealedRows(store, sealer, change));
  }

  /** What was committed happens; gives the reply, or null where there is none yet, or where memory was old. */
  async #carryOut({ orders, notes, reply, wait, change, about }: Decision): Promise<Reply | null> {
    for (const order of orders) this.#orders.carryOut(order);
    if (notes.length > 0) tellNotes(this.#context.observer, notes, about);
    if (change?.kind === 'call') for (const watch of this.#context.watchers) watch(change.call.record);
    if (reply === null) return wait === null ? { kind: 'call', record: about } : null;
    const answer = reply.kind === 'stored' ? await storedReply(this.#context, reply) : reply;
    return answer?.kind === 'answer' ? { ...answer, about: change?.kind === 'call' ? change.call.record : about } : answer;
  }
}

interface Told extends Pick<Env, 'resumed' | 'trouble'> {
  readonly fresh: boolean;
}
