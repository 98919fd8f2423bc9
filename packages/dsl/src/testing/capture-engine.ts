/**
 * What a platform does with a `sayAndCapture`: keys and times in, speech and a result out. Pure and immutable, without a clock of its own;
 * the test phone and the platform simulator both run on it.
 *
 * ```
 *            ┌──────────── a try failed, tries are left: failureMessage ───────────┐
 *            ▼                                                                     │
 *   createCapture ─▶ speaking ─(speech ends, or a key)─▶ listening ─(#, maxDigits, timeout)─▶ done: successMessage or failureMessage
 * ```
 */
import type { SayAndCaptureAction } from '../callflow/actions.ts';
import { type CaptureBehaviour, DEFAULT_CAPTURE_BEHAVIOUR } from './capture-behaviour.ts';
import { type CaptureParams, completeCaptureParams } from './capture-params.ts';
import { PhoneKeyError } from './errors/phone-key-error.ts';
import { isPhoneKey } from './phone-keys.ts';

/** What happens to a capture. `at` in ms on any clock that doesn't run backwards; an earlier time counts as the last one known. */
export type CaptureEvent =
  { readonly type: 'key'; readonly key: string; readonly at: number } | { readonly type: 'time'; readonly at: number };

/** One text that the caller hears. */
export interface CaptureSpeech {
  readonly kind: 'prompt' | 'failure' | 'success';
  readonly text: string;
  /** When it begins. */
  readonly at: number;
  /** The try that it belongs to, from 1. */
  readonly attempt: number;
}

/**
 * Why a capture ended. The first three are valid entries: ended by `#`, by their length, or by a pause.
 * The others say what was wrong with the last try: nothing pressed, too few or too many digits, or a timeout that doesn't count as an end.
 */
export type CaptureReason = 'hash' | 'max-digits' | 'timeout' | 'silence' | 'too-short' | 'too-long' | 'unfinished';

/** How a capture ended. */
export interface CaptureResult {
  /** `dtmf` as it goes over the wire; undefined where the platform leaves the field out. */
  readonly dtmf: string | null | undefined;
  readonly reason: CaptureReason;
  /** Whether the entry kept the rules; else the last try had failed too. */
  readonly valid: boolean;
  /** The keys of the last try, without the `#` that ended it. */
  readonly digits: string;
  /** How many tries were used. */
  readonly attempts: number;
  /** When the last word was spoken: the time at which the platform reports the result. */
  readonly at: number;
}

/** A capture at one moment. A value: `captureStep` gives a new one. */
export interface CaptureState {
  readonly params: CaptureParams;
  readonly behaviour: CaptureBehaviour;
  readonly phase: 'speaking' | 'listening' | 'done';
  /** The running try, from 1. */
  readonly attempt: number;
  /** The keys of the running try. */
  readonly digits: string;
  /** Everything spoken so far, in order. What a key cut short is listed, what it skipped is not. */
  readonly spoken: readonly CaptureSpeech[];
  /** When time alone changes something next: the speech ends, or a timeout. Null once done. */
  readonly timesOutAt: number | null;
  readonly result: CaptureResult | null;
  /** The time of the last event. */
  readonly at: number;
  /** When listening to the running try began, or will begin. */
  readonly listensAt: number;
}

/** Begins a capture at time `at`. The prompt is spoken at once. */
export function createCapture(
  params: SayAndCaptureAction['params'],
  options: { readonly at: number; readonly behaviour?: Partial<CaptureBehaviour> },
): CaptureState {
  const behaviour = { ...DEFAULT_CAPTURE_BEHAVIOUR, ...options.behaviour };
  const complete = completeCaptureParams(params, behaviour);
  const blank: CaptureState = {
    params: complete,
    behaviour,
    phase: 'speaking',
    attempt: 0,
    digits: '',
    spoken: [],
    timesOutAt: null,
    result: null,
    at: options.at,
    listensAt: options.at,
  };
  return nextTry(blank, options.at);
}

/**
 * What the capture is after `event`. Timeouts that fall before the event happen first, in order, so a caller may jump far ahead;
 * a key that comes after the end changes nothing. Throws `PhoneKeyError` for what isn't a key.
 */
export function captureStep(state: CaptureState, event: CaptureEvent): CaptureState {
  if (event.type === 'key' && !isPhoneKey(event.key)) throw new PhoneKeyError(event.key);
  const at = Math.max(event.at, state.at);
  const passed = runTimeouts(state, at, event.type === 'key');
  if (passed.result !== null) return passed;
  return event.type === 'key' ? press({ ...passed, at }, event.key) : { ...passed, at };
}

function runTimeouts(state: CaptureState, until: number, keyComes: boolean): CaptureState {
  let now = state;
  while (now.timesOutAt !== null && now.timesOutAt <= until) {
    const at = now.timesOutAt;
    // A key at the very moment of a timeout is in time.
    if (now.phase === 'listening' && keyComes && at === until) break;
    now = now.phase === 'speaking' ? listen(now, at) : timeOut({ ...now, at });
  }
  return now;
}

function nextTry(state: CaptureState, at: number): CaptureState {
  const attempt = state.attempt + 1;
  const prompts = Array<string>(state.params.repetition).fill(state.params.promptMessage);
  const trying = speak({ ...state, attempt, digits: '' }, at, 'prompt', prompts);
  return trying.listensAt <= at ? listen(trying, at) : { ...trying, phase: 'speaking', timesOutAt: trying.listensAt };
}

function speak(state: CaptureState, at: number, kind: CaptureSpeech['kind'], texts: readonly string[]): CaptureState {
  const spoken = [...state.spoken];
  let begin = at;
  for (const text of texts) {
    spoken.push({ kind, text, at: begin, attempt: state.attempt });
    begin += (text.length * state.behaviour.msPerCharacter) / state.params.speed;
  }
  return { ...state, spoken, listensAt: begin };
}

function listen(state: CaptureState, at: number): CaptureState {
  const { params, behaviour } = state;
  const first =
    behaviour.firstDigitWithin === 'digitTimeout' ? Math.min(params.digitTimeout, params.overallTimeout) : params.overallTimeout;
  return { ...state, phase: 'listening', at, listensAt: at, timesOutAt: at + first };
}

function press(state: CaptureState, key: string): CaptureState {
  if (state.phase === 'speaking') {
    if (state.behaviour.keyWhileSpeaking === 'lost') return state;
    const heard = state.spoken.filter((speech) => speech.at <= state.at);
    return press({ ...listen(state, state.at), spoken: heard }, key);
  }
  const { params, behaviour } = state;
  if (key === '#' && params.completeOnHash) return judge(state, 'hash');
  if (key === '#' && behaviour.hashInFixedEntry === 'ignored') return state;
  const digits = state.digits + key;
  const timesOutAt = Math.min(state.at + params.digitTimeout, state.listensAt + params.overallTimeout);
  const pressed: CaptureState = { ...state, digits, timesOutAt };
  const lengthEnds = !params.completeOnHash || behaviour.maxDigitsEndsHashEntry;
  return lengthEnds && digits.length >= params.maxDigits ? judge(pressed, 'max-digits') : pressed;
}

function timeOut(state: CaptureState): CaptureState {
  if (state.digits === '') return failTry(state, 'silence', '');
  return judge(state, 'timeout');
}

function judge(state: CaptureState, end: 'hash' | 'max-digits' | 'timeout'): CaptureState {
  const { params, behaviour, digits } = state;
  const hash = end === 'hash' && behaviour.closingHash === 'included' ? '#' : '';
  if (digits.length < params.minDigits) return failTry(state, 'too-short', hash);
  if (digits.length > params.maxDigits) return failTry(state, 'too-long', hash);
  if (end === 'timeout' && behaviour.timeoutAfterEnoughDigits === 'fails') return failTry(state, 'unfinished', hash);
  return finish(state, end, true, digits + hash);
}

function failTry(state: CaptureState, reason: CaptureReason, hash: string): CaptureState {
  const { params, behaviour, digits } = state;
  if (state.attempt < params.noOfTries) {
    const told = speak(state, state.at, 'failure', params.failureMessage === null ? [] : [params.failureMessage]);
    return nextTry(told, told.listensAt);
  }
  const entered = reason !== 'silence' && behaviour.failedEntry === 'digits';
  return finish(state, reason, false, entered ? digits + hash : silentDtmf(behaviour));
}

function finish(state: CaptureState, reason: CaptureReason, valid: boolean, dtmf: CaptureResult['dtmf']): CaptureState {
  const { params, behaviour, digits, attempt } = state;
  const message = valid ? params.successMessage : behaviour.failureMessage === 'always' ? params.failureMessage : null;
  const told = speak(state, state.at, valid ? 'success' : 'failure', message === null ? [] : [message]);
  return { ...told, phase: 'done', timesOutAt: null, result: { dtmf, reason, valid, digits, attempts: attempt, at: told.listensAt } };
}

function silentDtmf(behaviour: CaptureBehaviour): CaptureResult['dtmf'] {
  if (behaviour.silence === 'absent') return undefined;
  return behaviour.silence === 'empty' ? '' : null;
}
