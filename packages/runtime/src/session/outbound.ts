import { type Action, checkCallflow, checkParams, type CompiledFlow, declines, isHookswitchError } from '@hookswitch/dsl';
import { sleep } from '../clock.ts';
import { CallChangedError } from '../errors/call-changed-error.ts';
import { CallParamsError } from '../errors/call-params-error.ts';
import { messageOf } from '../errors/message-of.ts';
import { PlatformRejectedError } from '../errors/platform-rejected-error.ts';
import { toTimelineRow } from '../observe/timeline.ts';
import type { CreateCallflow } from '../platform/index.ts';
import type { CallRecord, TimelineRow } from '../store/store.ts';
import { encodeActionId } from './action-id.ts';
import { beginCall } from './begin-call.ts';
import { encode, lastVoice, listening, nextPart, saidAgain, shortestSilence, textIn } from './callflow-answer.ts';
import { applyEnd } from './end.ts';
import type { CallActionEvent } from './events.ts';
import type { LiveCall } from './live-call.ts';
import { newLease, startWork } from './perform.ts';
import { Posts } from './posts.ts';
import type { CallRegistry } from './registry.ts';
import type { SessionContext } from './settings.ts';
import type { Background } from './sweeper.ts';

const MOST_RACES = 20;
const LOOK_EVERY = 100;
const NOT_PLACED = 'the flow had nothing to say before the end of the call, so nobody was called';

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

/** Places outbound calls, and finds the call that a session of the platform belongs to. */
export class Outbound {
  readonly #context: SessionContext;
  readonly #registry: CallRegistry;
  readonly #posts = new Posts();
  readonly #background: Background;

  constructor(context: SessionContext, registry: CallRegistry, background: Background) {
    this.#background = background;
    this.#context = context;
    this.#registry = registry;
  }

  /**
   * Places a call: its id and first callflow are stored before anything is sent, and a post whose outcome is unknown is never repeated. The record tells what came of it:
   * `live`, `failed` (with the reason in its state), `unknown` until a webhook tells, or `cancelled`: a flow whose first callflow would say nothing declines, and no
   * phone rings. Throws `CallParamsError`.
   */
  async place(request: PlaceCall, createCallflow: CreateCallflow): Promise<CallRecord> {
    const { store } = this.#context;
    const known = request.clientRequestId == null ? null : await store.findByClientRequestId(request.subAccountId, request.clientRequestId);
    if (known !== null) return known;
    const live = await this.#begin(request);
    try {
      await live.exclusive(() => this.#prepare(live));
    } catch (error) {
      if (!(error instanceof CallChangedError)) throw error;
      const first =
        request.clientRequestId == null ? null : await store.findByClientRequestId(request.subAccountId, request.clientRequestId);
      if (first === null) throw error;
      return first;
    }
    await live.work?.done;
    const actions = await live.exclusive(() => this.#store(live, request.callRecording ?? null));
    if (actions !== null) await this.#posts.track(request, this.#post(live, actions, request, createCallflow));
    return (await this.#registry.find({ id: live.record.id }))?.record ?? live.record;
  }

  /** The call of a session that is not known yet, or null. Waits for a post that is under way, but not longer than the budget. */
  async find(event: Pick<CallActionEvent, 'subAccountId' | 'sessionId' | 'direction' | 'from' | 'to'>): Promise<LiveCall | null> {
    if (event.direction !== 'outbound' || event.from === null) return null;
    const { clock, settings, store } = this.#context;
    const deadline = clock.now() + settings.budget;
    for (;;) {
      await Promise.race([this.#posts.settled({ ...event, from: event.from }), sleep(clock, settings.budget)]);
      const bound = await this.#registry.find({ subAccountId: event.subAccountId, sessionId: event.sessionId });
      if (bound !== null) return bound;
      const candidates = await store.unnumbered(event.subAccountId, event.from, event.to);
      const chosen = candidates.find(({ status }) => status === 'unknown') ?? (clock.now() >= deadline ? candidates[0] : undefined);
      if (chosen !== undefined) return this.bind(chosen.id, event.sessionId);
      if (candidates.length === 0) return null;
      await sleep(clock, LOOK_EVERY);
    }
  }

  /** Gives a call its session. */
  async bind(id: string, sessionId: string): Promise<LiveCall | null> {
    for (let races = 0; ; races++) {
      const call = await this.#registry.find({ id });
      if (call === null) return null;
      try {
        await call.exclusive(async () => {
          if (call.record.sessionId === null) await call.commit({ record: { sessionId, status: numberedStatus(call) } });
        });
        this.#registry.add(call);
        return call.record.sessionId === sessionId ? call : null;
      } catch (error) {
        this.#registry.drop(call);
        if (!(error instanceof CallChangedError) || races >= MOST_RACES) throw error;
      }
    }
  }

  async #begin(request: PlaceCall): Promise<LiveCall> {
    const { compiled, subAccountId, from, to } = request;
    return beginCall(this.#context, compiled, {
      direction: 'outbound',
      sessionId: null,
      subAccountId,
      from,
      to,
      fromCountry: null,
      toCountry: null,
      language: request.language ?? compiled.flow.options.language,
      params: await paramsOf(compiled, request.params ?? {}),
      legId: null,
      clientRequestId: request.clientRequestId ?? null,
    });
  }

  /** Stores the call; steps before its first words run now, however long they take. */
  async #prepare(live: LiveCall): Promise<void> {
    if (live.position.wait !== 'step') {
      await live.commit();
    } else {
      const lease = newLease(this.#context);
      await live.commit({ state: { lease } });
      startWork(this.#context, this.#registry, live, lease, () => live.commit({ state: { lease: null } }));
    }
    this.#registry.add(live);
  }

  /** Stores the first callflow; null when the flow has failed before it could be placed. */
  async #store(live: LiveCall, callRecording: boolean | null): Promise<readonly Action[] | null> {
    const { clock, settings, observer } = this.#context;
    const { position, record } = live;
    const part = settings.delivery === 'action' ? { actions: [], last: false } : nextPart(position, 0, settings.delivery);
    const legs = { source: record.from ?? '', destination: record.to };
    const makeCall: Action = { action: 'makeCall', params: callRecording === null ? legs : { ...legs, callRecording } };
    const actions = [makeCall, ...part.actions];
    const broken = checkCallflow({ callflow: actions }, { via: 'api' }).find(({ severity }) => severity === 'error');
    if (position.wait === 'failed' || position.wait === 'step' || broken !== undefined) {
      if (position.wait === 'failed') observer.flowFailed(record, position.error);
      const message =
        broken?.message ?? (position.wait === 'failed' ? messageOf(position.error) : 'its first steps did not come to an end');
      await this.#fail(live, broken?.code ?? 'flow-error', message);
      return null;
    }
    if (declines({ direction: 'outbound' }, position)) {
      await this.#cancel(live);
      return null;
    }
    if (live.state.endRequested) {
      await this.#fail(live, 'end-requested', 'its end was requested before it was placed');
      return null;
    }
    const now = clock.now();
    // The post is never made again, so what is stored is only what may be said again.
    const hold = listening(textIn(settings.holdText, position.language), settings.voice, settings.holdFor);
    await live.commit({
      state: {
        outstanding: !part.last ? 'speech' : position.wait === 'platform' ? 'answer' : 'end',
        cursor: part.actions.length,
        sentVoice: lastVoice(actions),
        sentAt: now,
        shortestSilence: shortestSilence(part.actions),
      },
      record: { turn: 0 },
      turn: {
        turn: 0,
        eventId: null,
        event: '{"placed":true}',
        answer: encode(saidAgain(part.actions, hold), encodeActionId(position.site, 0)),
        at: now,
      },
    });
    return actions;
  }

  async #post(live: LiveCall, callflow: readonly Action[], request: PlaceCall, createCallflow: CreateCallflow): Promise<void> {
    const { id } = live.record;
    try {
      const created = await createCallflow({
        callflow,
        clientRequestId: id,
        ...(request.validUntil == null ? {} : { validUntil: request.validUntil }),
      });
      if (created.sessionId === '')
        await this.#change(id, (call) => call.commit({ record: { status: 'unknown' }, timeline: this.#placing('unknown') }));
      else await this.bind(id, created.sessionId);
    } catch (error) {
      const isUnknown = isHookswitchError(error) && error.code === 'HS_PLATFORM_OUTCOME_UNKNOWN';
      const code = isHookswitchError(error) ? error.code : 'internal';
      const message = messageOf(error);
      await this.#change(id, async (call) => {
        // A webhook of the session may have come before the answer to the post, and it knows better.
        if (call.record.sessionId !== null) return;
        if (isUnknown)
          await call.commit({ record: { status: 'unknown' }, state: { error: { code, message } }, timeline: this.#placing('unknown') });
        else await this.#fail(call, code, message, statusCodeOf(error));
      });
    }
  }

  /** The flow has declined: it is told that the call is over, so that it tidies up, and so is `onEnd`. */
  async #cancel(call: LiveCall): Promise<void> {
    const now = this.#context.clock.now();
    const error = { code: 'not-placed', message: NOT_PLACED };
    const summary = {
      status: 'CANCELED',
      at: now,
      errorCode: null,
      errorMessage: NOT_PLACED,
      bridge: null,
      raw: null,
      applied: false,
      told: false,
    };
    await call.commit({
      state: { error, summary, outstanding: 'end' },
      record: { status: 'cancelled', endedAt: now },
      timeline: this.#placing('not placed'),
    });
    this.#background(applyEnd(this.#context, this.#registry, call));
  }

  async #fail(call: LiveCall, code: string, message: string, statusCode: number | null = null): Promise<void> {
    await call.commit({
      state: { error: { code, message } },
      record: { status: 'failed', endedAt: this.#context.clock.now() },
      timeline: this.#placing(`failed: ${code}`, statusCode),
    });
  }

  #placing(result: string, code: number | null = null): readonly TimelineRow[] {
    return [toTimelineRow(this.#context.clock.now(), { kind: 'outbound', result, code })];
  }

  /** Changes a call that others may be changing too. */
  async #change(id: string, change: (call: LiveCall) => Promise<void>): Promise<void> {
    for (let races = 0; ; races++) {
      const call = await this.#registry.find({ id });
      if (call === null) return;
      try {
        await call.exclusive(() => change(call));
        return;
      } catch (error) {
        this.#registry.drop(call);
        if (!(error instanceof CallChangedError) || races >= MOST_RACES) throw error;
      }
    }
  }

  /** Asks for the end of a call: it ends when the platform next asks. Null when there is no such call. */
  async requestEnd(id: string): Promise<CallRecord | null> {
    await this.#change(id, async (call) => {
      if (call.record.endedAt !== null || call.state.endRequested) return;
      // A call without a session must still be found by its first webhook.
      const status = call.record.sessionId === null ? call.record.status : 'ending';
      await call.commit({ state: { endRequested: true }, record: { status } });
    });
    return (await this.#registry.find({ id }))?.record ?? null;
  }
}

function numberedStatus({ record, state }: LiveCall): CallRecord['status'] {
  if (record.status === 'failed') return 'failed';
  return state.endRequested ? 'ending' : 'live';
}

/** What 8x8 says of a callflow that it refuses, e.g. -1002. */
function statusCodeOf(error: unknown): number | null {
  return error instanceof PlatformRejectedError ? error.statusCode : null;
}

async function paramsOf({ flow }: CompiledFlow, given: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> {
  const checked = await checkParams(flow.options.params, given);
  if ('params' in checked) return checked.params;
  throw new CallParamsError(flow.name, checked.issues);
}
