import { createHash } from 'node:crypto';
import { checkSignal, cutText, paramsIssueText } from '@hookswitch/dsl';
import type { SignalRefusal } from '../calls/call.ts';
import type { Calls } from '../calls/calls.ts';
import { MAX_KEPT, MAX_SIGNALS } from '../calls/kept-signal.ts';
import type { Clock } from '../clock.ts';
import { CallChangedError } from '../errors/call-changed-error.ts';
import { RequestError } from '../errors/request-error.ts';
import { SealKeyMissingError } from '../errors/seal-key-missing-error.ts';
import { SignalRefusedError } from '../errors/signal-refused-error.ts';
import type { SubAccounts } from '../payloads/parse-webhook.ts';
import { readTagCondition } from '../report/tag-condition.ts';
import type { CallRecord, Store, TagFilter } from '../store/store.ts';
import { OPEN } from '../store/status-groups.ts';

/** Bytes of a signal's value as JSON. */
export const MAX_SIGNAL_SIZE = 65_536;
const MAX_DEPTH = 100;
/** How many signals of one call are decided at once: webhooks of the call stand in the same queue. */
const MAX_AT_ONCE = 50;
/** Calls of a tag among which one is looked for that has had this very request. */
const MAX_LOOKED_AT = 50;
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$/;
const KEY = /^[\x21-\x7e]{1,256}$/;

/** Options of `signal`. */
export interface SignalOptions {
  /** Names this request: sent again with the same value, it is taken once, and told the same. 1 to 256 visible ASCII characters. @default none: each request is a signal of its own */
  readonly idempotencyKey?: string;
}

/** A signal that a call has got. */
export interface SentSignal {
  readonly call: CallRecord;
  /** `taken`: the flow was waiting for it, and goes on; `kept`: the flow finds it when it waits for it. */
  readonly outcome: 'taken' | 'kept';
}

/** What a signal is sent with. */
export interface SignalContext {
  readonly calls: Calls;
  readonly store: Store;
  readonly clock: Clock;
  readonly subAccounts: SubAccounts;
}

/** Signals of one server. */
export class SignalSender {
  readonly #context: SignalContext;
  /** How many are being decided, by call. */
  readonly #underWay = new Map<string, number>();

  constructor(context: SignalContext) {
    this.#context = context;
  }

  /** Sends a signal to the call that `target` names: its id, the id of its session, or a tag that it alone of all open calls has, e.g. `order=4711`. */
  async send(
    target: string,
    name: string,
    given: unknown,
    { idempotencyKey = null }: { readonly idempotencyKey?: string | null },
  ): Promise<SentSignal> {
    if (!NAME.test(name)) throw new RequestError('path', 'The name of a signal is 1 to 64 letters, digits, "-" or "_".');
    if (idempotencyKey !== null && !KEY.test(idempotencyKey))
      throw new RequestError('field', 'Idempotency-Key must be 1 to 256 visible ASCII characters.');
    const text = textOf(given ?? null);
    const call = await this.#find(target, idempotencyKey);
    const { clock, calls } = this.#context;
    const value: unknown = JSON.parse(text);
    const digest = createHash('sha256').update(`${name}\n${text}`).digest('base64url');
    const input = { kind: 'signal', at: clock.now(), callId: call.id, name, value, text, key: idempotencyKey, digest } as const;
    const { outcome, record } = await this.#oneOfFew(call.id, () => calls.signal(input));
    if ('repeated' in outcome) return { call: record ?? call, outcome: outcome.is };
    throw refusal(outcome, name);
  }

  async #oneOfFew<T>(callId: string, send: () => Promise<T>): Promise<T> {
    const before = this.#underWay.get(callId) ?? 0;
    if (before >= MAX_AT_ONCE)
      throw new SignalRefusedError(
        'HS_SIGNAL_TOO_MANY',
        `More than ${MAX_AT_ONCE} signals are on their way to this call. Send it again in a moment.`,
      );
    this.#underWay.set(callId, before + 1);
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof CallChangedError)) throw error;
      throw new SignalRefusedError(
        'HS_SIGNAL_ELSEWHERE',
        'The call was changed by others all the time. Send the signal again in a moment.',
      );
    } finally {
      const left = (this.#underWay.get(callId) ?? 1) - 1;
      if (left === 0) this.#underWay.delete(callId);
      else this.#underWay.set(callId, left);
    }
  }

  async #find(target: string, key: string | null): Promise<CallRecord> {
    if (target.includes('=')) return this.#ofTag(tagOf(target), key);
    const { store, subAccounts } = this.#context;
    const byId = await store.load({ id: target });
    if (byId !== null) return byId.call;
    for (const subAccountId of subAccounts.all) {
      const bySession = await store.load({ subAccountId, sessionId: target });
      if (bySession !== null) return bySession.call;
    }
    throw unknown('There is no call with this id or session id, or it was pruned.');
  }

  async #ofTag(tag: TagFilter, key: string | null): Promise<CallRecord> {
    const { store } = this.#context;
    const tags = [tag];
    // The same request again is told the same, though the call is over by now, and another one has the tag.
    for (const call of key === null ? [] : (await store.list({ tags, limit: MAX_LOOKED_AT })).calls)
      if ((await store.signalOfKey(call.id, key ?? '')) !== null) return call;
    const [open, other] = (await store.list({ tags, status: [...OPEN], limit: 2 })).calls;
    if (other !== undefined)
      throw new SignalRefusedError(
        'HS_SIGNAL_CALL_AMBIGUOUS',
        'Several open calls have this tag, so the signal was delivered to none. Name the call by its id.',
      );
    const found = open ?? (await store.list({ tags, limit: 1 })).calls[0];
    if (found !== undefined) return found;
    throw unknown('There is no call with this tag, or it was pruned.');
  }
}

function tagOf(target: string): TagFilter {
  const condition = readTagCondition(target);
  if (typeof condition === 'string') throw new RequestError('path', condition);
  if (condition.compare !== '=') throw new RequestError('path', 'The tag of a call is named with =, e.g. order=4711.');
  return condition;
}

/** The value as JSON. */
function textOf(value: unknown): string {
  if (depthOf(value) > MAX_DEPTH)
    throw new SignalRefusedError('HS_SIGNAL_VALUE', `The value of a signal may be nested at most ${MAX_DEPTH} deep.`);
  const checked = checkSignal({ schema: null }, value);
  if ('issues' in checked)
    throw new SignalRefusedError('HS_SIGNAL_VALUE', `Of a signal, ${checked.issues.map(paramsIssueText).join('; ')}.`);
  const text = JSON.stringify(checked.value);
  if (Buffer.byteLength(text) > MAX_SIGNAL_SIZE)
    throw new SignalRefusedError(
      'HS_SIGNAL_TOO_LARGE',
      `The value of a signal may have at most ${MAX_SIGNAL_SIZE} bytes as JSON. Send an id, and let a step fetch the rest.`,
    );
  return text;
}

function depthOf(value: unknown): number {
  let level: readonly unknown[] = [value];
  let depth = 0;
  while (level.length > 0 && depth <= MAX_DEPTH) {
    level = level.flatMap((one): readonly unknown[] => (typeof one === 'object' && one !== null ? Object.values(one) : []));
    depth++;
  }
  return depth;
}

function unknown(message: string): SignalRefusedError {
  return new SignalRefusedError('HS_SIGNAL_CALL_UNKNOWN', message);
}

function refusal(outcome: SignalRefusal, name: string): Error {
  switch (outcome.is) {
    case 'unknown':
      return unknown('There is no call with this id, or it was pruned.');
    case 'over':
      return new SignalRefusedError('HS_SIGNAL_CALL_OVER', `The call takes no signals any longer: ${outcome.why}.`);
    case 'elsewhere':
      return new SignalRefusedError(
        'HS_SIGNAL_ELSEWHERE',
        'This server does not have the version of the flow on which the call began. Send the signal again: another server may have it.',
      );
    case 'not-awaited': {
      const { known, hint } = outcome;
      const waits = known.length === 0 ? 'it waits for none' : `it waits for ${known.join(', ')}`;
      return new SignalRefusedError(
        'HS_SIGNAL_NOT_AWAITED',
        `The call's flow waits nowhere for a signal "${name}": ${waits}.${hint === '' ? '' : ` ${hint}`}`,
      );
    }
    case 'not-fitting': {
      const issues = cutText(outcome.issues.map(paramsIssueText).join('; '), 1_000);
      return new SignalRefusedError('HS_SIGNAL_VALUE', `The value of signal "${name}" does not fit its schema: ${issues}.`);
    }
    case 'no-key':
      return new SealKeyMissingError(null);
    case 'too-many':
      return new SignalRefusedError(
        'HS_SIGNAL_TOO_MANY',
        `The call keeps as many signals as it may: ${MAX_KEPT}, or 1 MB, that its flow has not taken, and ${MAX_SIGNALS} in all.`,
      );
    case 'other-body':
      return new SignalRefusedError(
        'HS_SIGNAL_KEY_REUSED',
        'Another signal was sent to this call with the same Idempotency-Key. Give each signal a key of its own.',
      );
  }
}
