import type { BridgeResult } from '@hookswitch/dsl';
import { within } from '../clock.ts';
import { CallChangedError } from '../errors/call-changed-error.ts';
import { StoreSlowError } from '../errors/store-slow-error.ts';
import type { Answer, CallActionEvent, SessionSummaryEvent } from './events.ts';
import { dials, encode, fallbackActions, hangupAnswer, listening, textIn } from './callflow-answer.ts';
import { encodeGivenRetryId, encodeRetryId, TRANSFERRED } from './action-id.ts';
import { applyEnd, storeSummary } from './end.ts';
import type { LiveCall } from './live-call.ts';
import { withSpan } from '../observe/tracing.ts';
import { Outbound } from './outbound.ts';
import { CallRegistry } from './registry.ts';
import type { FallbackReason, SessionContext, SessionName } from './settings.ts';
import { isStoreFailure } from './store-failure.ts';
import { sweep } from './sweeper.ts';
import { startCall, takeTurn, turnNamed } from './turn.ts';

const MOST_STARTS = 5;
const UNKNOWN_BRIDGE: BridgeResult = { outcome: 'unknown', sipCode: null, duration: null };
const NO_FLOW =
  'no flow answers calls to this number from this subaccount: give one flow default: true in hookswitch.config.ts, or numbers (and subAccounts) to each';
/** So many budgets may pass until a hold is saved. Then a slow store is waited for no longer. */
const PATIENCE = 1.5;

/** All calls of one server: what webhooks are handed to. */
export class Sessions {
  readonly registry: CallRegistry;
  readonly outbound: Outbound;
  readonly #context: SessionContext;
  readonly #ending = new Set<Promise<void>>();
  /** Sessions that have begun here, and that somebody may have been told the end of before. */
  #begun: SessionName[] = [];

  constructor(context: SessionContext) {
    this.#context = context;
    this.registry = new CallRegistry(context);
    this.outbound = new Outbound(context, this.registry, (task) => this.#background(task));
  }

  /**
   * Answers a VCA, after one and a half budgets at the latest. Never rejects: whatever fails, the caller hears something. A turn that is overtaken by its time
   * goes on; what it saves is what the caller gets when it asks again.
   */
  async callAction(event: CallActionEvent): Promise<Answer> {
    const { clock, settings, observer } = this.#context;
    const patience = settings.budget * PATIENCE;
    const answer = await within(clock, patience, this.#answerOrAskAgain(event));
    if (answer !== null) return answer;
    observer.storeFailed(new StoreSlowError(patience));
    return this.#askAgain(event);
  }

  async #answerOrAskAgain(event: CallActionEvent): Promise<Answer> {
    try {
      return await this.#answer(event);
    } catch (error) {
      if (!isStoreFailure(error)) return this.fallback('internal', error, event);
      this.#context.observer.storeFailed(error);
      return this.#askAgain(event);
    }
  }

  /** The fallback, for webhooks that no call stands behind. */
  fallback(reason: FallbackReason, error: unknown = null, event: CallActionEvent | null = null): Answer {
    const { settings, observer } = this.#context;
    observer.fallback(null, reason, error, event);
    const source = event === null ? null : event.direction === 'inbound' ? event.to : event.from;
    const actions = fallbackActions(settings.fallback, settings.voice, null, source);
    return { body: encode(actions, dials(actions) ? TRANSFERRED : null), outcome: 'fallback' };
  }

  /** Keeps a VSS. Resolves as soon as it is stored; its effects follow (`settled` waits for them). Rejects when the store can't be reached. */
  async summary(event: SessionSummaryEvent): Promise<'stored' | 'duplicate' | 'unknown-session'> {
    const found = await this.#findSummarised(event);
    if (found === null) return 'unknown-session';
    const { call, isFirst } = await storeSummary(this.#context, this.registry, found, event);
    const subject = (await this.registry.find({ id: call.record.id })) ?? call;
    this.#background(applyEnd(this.#context, this.registry, subject));
    return isFirst ? 'stored' : 'duplicate';
  }

  /** One round of the sweeper: resolves when all that is due has begun (`settled` waits for it). */
  sweep(): Promise<number> {
    return sweep(this.#context, this.registry, (task) => this.#background(task));
  }

  /**
   * Ends calls that have begun since the last time, and are over already: who hangs up at once may be reported gone before the call was saved, or known at all, and no
   * other summary will come.
   */
  async endBegun(): Promise<void> {
    const begun = this.#begun;
    this.#begun = [];
    const looks = await Promise.allSettled(begun.map((session) => this.#endIfOver(session)));
    // What fails for another reason than the store's would fail the next time, too.
    this.#begun.push(...begun.filter((_, index) => isStoreFailure(reasonOf(looks[index]))));
    const first = looks.find(({ status }) => status === 'rejected');
    if (first !== undefined) throw reasonOf(first);
  }

  async #endIfOver(session: SessionName): Promise<void> {
    const summary = await this.#context.earlySummary(session);
    if (summary !== null) await this.summary(summary);
  }

  /** Resolves when steps under way and ends of sessions are through. */
  async settled(): Promise<void> {
    while (this.#ending.size > 0 || this.registry.working().length > 0) {
      await Promise.allSettled([...this.#ending, ...this.registry.working().map(({ work }) => work?.done)]);
    }
  }

  async #answer(event: CallActionEvent): Promise<Answer> {
    if (event.echo?.kind === 'transferred') return { body: hangupAnswer(), outcome: 'hung-up' };
    if (event.echo?.kind === 'retry') return this.#answerRetried(event, event.echo.turn, event.echo.tries);
    if (event.echo?.kind === 'given-retry')
      return this.#answerRetried(event, await this.#turnAfter(event, event.echo.id), event.echo.tries);
    let isNew = false;
    for (let starts = 0; starts < MOST_STARTS; starts++) {
      const call = await this.#find(event);
      isNew ||= call === null;
      if (call === null && event.status === 'completed') return this.fallback('unknown-session', null, event);
      try {
        const live = call ?? this.#start(event);
        if (live instanceof Object && 'body' in live) return live;
        const answer = await this.#turn(live, event);
        if (isNew) this.#begun.push({ subAccountId: event.subAccountId, sessionId: event.sessionId });
        return answer;
      } catch (error) {
        if (!(error instanceof CallChangedError)) throw error;
      }
    }
    throw new CallChangedError('lost every race for this session');
  }

  #start(event: CallActionEvent): LiveCall | Answer {
    const { clock, settings } = this.#context;
    // What is older than the oldest call that is kept may be a late duplicate of a call that was pruned.
    if (event.at !== null && event.at < clock.now() - settings.retention) {
      const why = `the webhook's timestamp is ${new Date(event.at).toISOString()}, longer ago than calls are kept; send the current time to start a call`;
      return this.fallback('stale-call', why, event);
    }
    return startCall(this.#context, this.registry, event) ?? this.fallback('no-flow', NO_FLOW, event);
  }

  /** `tries` is how often the caller has been asked to wait for this turn, because it could not be taken. */
  async #turn(live: LiveCall, event: CallActionEvent, tries = 0): Promise<Answer> {
    const { id, flow, flowVersion, site } = live.record;
    const answer = await withSpan('hookswitch.turn', { call: id, flow, site }, () =>
      takeTurn(this.#context, this.registry, live, event, tries),
    );
    if (answer !== null) return answer;
    this.#context.observer.warned(
      live.record,
      `the call began on version ${flowVersion} of "${flow}", which this server does not have: its caller is asked to wait for one that has`,
    );
    return this.#askAgain(event, tries);
  }

  /** Answer `turn` could not be saved before; now a stored answer is sent, else the caller is asked again. */
  async #answerRetried(event: CallActionEvent, turn: number, tries: number): Promise<Answer> {
    if (tries > this.#context.settings.maxRetries) return this.fallback('store', null, event);
    const known = await this.#find(event);
    // Only the store knows which turns were saved: another process may have gone on, or this one be at it still.
    await known?.exclusive(() => Promise.resolve(this.registry.drop(known)));
    const call = await this.#find(event);
    if (call === null) return this.#answer({ ...event, echo: null, status: turn === 0 ? 'received' : 'completed' });
    // What the platform reports is how the pause went that it was asked for.
    const blank = { ...event, digits: null, bridgeResult: () => UNKNOWN_BRIDGE };
    // Asked by those who have not its code, it would be asked over and over: here it goes on unanswered, once nobody else has come.
    if (call.isAhead && call.record.turn < turn) return this.#turn(call, { ...blank, echo: { kind: 'turn', turn: turn - 1 } }, tries);
    // The store has lost turns: what was pressed into the question for another try must not become the answer of an older one.
    if (call.record.turn < turn - 1) return this.#turn(call, { ...event, echo: { kind: 'turn', turn: turn - 1 } });
    // Only a question is asked again, whose answer was lost. What was merely said needs none; nobody is called again whose bridge has come to an unknown end; and with
    // a lease, what was pressed is in the journal already, and steps run on it.
    const isAsked = call.state.lease === null && call.state.outstanding === 'answer' && call.position.effect?.kind === 'capture';
    const wanted = isAsked ? Math.min(turn, call.record.turn) : turn;
    if (wanted <= 0 && call.record.turn < 0) return this.#turn(call, { ...event, echo: null, status: 'received' });
    return this.#turn(call, { ...blank, echo: { kind: 'turn', turn: wanted - 1 } });
  }

  /** The turn can't be taken here and now: a capture that nobody reads buys time, and says which answer is missing. */
  #askAgain(event: CallActionEvent, tried = triesOf(event)): Answer {
    const { settings } = this.#context;
    const turn =
      event.status === 'received'
        ? 0
        : event.echo?.kind === 'retry'
          ? event.echo.turn
          : event.echo?.kind === 'turn'
            ? event.echo.turn + 1
            : 1;
    const tries = tried + 1;
    if (tries > settings.maxRetries) return this.fallback('store', null, event);
    const action = listening(textIn(settings.holdText, null), settings.voice, settings.holdFor);
    const { echo } = event;
    const isNamed = echo?.kind === 'given' || echo?.kind === 'given-retry';
    return { body: encode([action], isNamed ? encodeGivenRetryId(echo.id, tries) : encodeRetryId(turn, tries)), outcome: 'retried' };
  }

  /** The callflow after the one that its author named `id`. */
  async #turnAfter(event: CallActionEvent, id: string): Promise<number> {
    const call = await this.#find(event);
    return call === null ? 1 : (turnNamed(call, id) ?? call.record.turn) + 1;
  }

  async #find(event: CallActionEvent): Promise<LiveCall | null> {
    const call = await this.registry.find({ subAccountId: event.subAccountId, sessionId: event.sessionId });
    return call ?? this.outbound.find(event);
  }

  /** The call that a summary speaks of: by its session, else by the request that placed it. */
  async #findSummarised(event: SessionSummaryEvent): Promise<LiveCall | null> {
    const call = await this.registry.find({ subAccountId: event.subAccountId, sessionId: event.sessionId });
    if (call !== null || event.clientRequestId === null) return call;
    const placed = await this.registry.find({ id: event.clientRequestId });
    return placed !== null && placed.record.sessionId === null ? this.outbound.bind(placed.record.id, event.sessionId) : null;
  }

  #background(task: Promise<void>): void {
    const guarded = task
      .catch((error: unknown) => {
        // The sweeper comes back to it, the summary is stored; and somebody who was faster is no failure.
        if (!(error instanceof CallChangedError)) this.#context.observer.storeFailed(error);
      })
      .finally(() => this.#ending.delete(guarded));
    this.#ending.add(guarded);
  }
}

/** Why it was rejected; undefined where it was not. */
function reasonOf(settled: PromiseSettledResult<unknown> | undefined): unknown {
  return settled?.status === 'rejected' ? settled.reason : undefined;
}

/** How often a caller was asked to wait for this turn. */
function triesOf({ echo }: CallActionEvent): number {
  return echo?.kind === 'retry' || echo?.kind === 'given-retry' ? echo.tries : 0;
}
