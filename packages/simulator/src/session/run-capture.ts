import type { SayAndCaptureAction } from '@hookswitch/dsl';
import { captureStep, createCapture, type CaptureResult, type CaptureState } from '@hookswitch/dsl/testing';
import type { Timer } from '../clock/clock.ts';
import type { OVER, CallSession } from './call-session.ts';
import { hear } from './hear.ts';
import { tellProgress } from './send.ts';

/** Runs a capture: the engine says what is spoken and when time changes something, the session's time and the caller's keys drive it. */
export async function runCapture(session: CallSession, action: SayAndCaptureAction): Promise<CaptureResult | typeof OVER> {
  const run = new CaptureRun(session, action);
  return session.orOver(run.finished);
}

class CaptureRun {
  readonly finished: Promise<CaptureResult>;
  readonly #session: CallSession;
  readonly #action: SayAndCaptureAction;
  readonly #offStop: () => void;
  #finish: (result: CaptureResult) => void = () => {};
  #state: CaptureState;
  #timer: Timer | null = null;
  #spoken = 0;
  #listeningTo = 0;
  #captured = false;

  constructor(session: CallSession, action: SayAndCaptureAction) {
    this.#session = session;
    this.#action = action;
    this.finished = new Promise((resolve) => (this.#finish = resolve));
    this.#state = createCapture(action.params, { at: session.timeline.now(), behaviour: session.context.behaviour.capture });
    this.#offStop = session.onStop(() => this.#leave());
    session.keys = (key) => this.#press(key);
    this.#tellAll();
  }

  #press(key: string): void {
    const before = this.#state;
    this.#state = captureStep(before, { type: 'key', key, at: this.#session.timeline.now() });
    const heard =
      before.phase !== 'done' &&
      (this.#state.digits !== before.digits || this.#state.phase !== before.phase || this.#state.attempt !== before.attempt);
    this.#session.emit({ type: 'key', key, heard });
    if (heard) tellProgress(this.#session, 'DTMF_RECEIVED', this.#session.firstLeg, { dtmf: key });
    this.#tellAll();
  }

  /** Tells what is heard by now, and comes back when time changes something. */
  #tellAll(): void {
    const now = this.#session.timeline.now();
    this.#timer?.cancel();
    this.#tellCaptured();
    for (; this.#spoken < this.#state.spoken.length; this.#spoken++) {
      const speech = this.#state.spoken[this.#spoken];
      if (speech === undefined || speech.at > now) break;
      const { voiceProfile, speed } = this.#action.params;
      hear(this.#session, { as: speech.kind, text: speech.text, voice: voiceProfile, speed: speed ?? 1 });
      if (this.#session.isOver) return;
    }
    const { result } = this.#state;
    if (result !== null && result.at <= now) return this.#done(result);
    this.#tellListening();
    // Whoever heard that may have pressed a key or hung up at once.
    if (this.#session.isOver || this.#session.keys === null) return;
    this.#timer?.cancel();
    const nextSpeech = this.#state.spoken[this.#spoken]?.at ?? Infinity;
    const next = Math.min(nextSpeech, this.#state.result?.at ?? this.#state.timesOutAt ?? Infinity);
    this.#timer = this.#session.timeline.after(next - now, () => this.#pass());
  }

  #pass(): void {
    this.#state = captureStep(this.#state, { type: 'time', at: this.#session.timeline.now() });
    this.#tellAll();
  }

  #tellListening(): void {
    const { phase, attempt, params } = this.#state;
    if (phase !== 'listening' || this.#listeningTo === attempt) return;
    this.#listeningTo = attempt;
    const { minDigits, maxDigits, completeOnHash, digitTimeout, overallTimeout } = params;
    const { turn, holding } = this.#session;
    this.#session.emit({
      type: 'listening',
      turn,
      attempt,
      minDigits,
      maxDigits,
      completeOnHash,
      digitTimeout,
      overallTimeout,
      hold: holding,
    });
  }

  /** Told as soon as nothing is listened to any more; a last message may follow. */
  #tellCaptured(): void {
    const { result } = this.#state;
    if (result === null || this.#captured) return;
    this.#captured = true;
    this.#session.emit({ type: 'captured', dtmf: result.dtmf, digits: result.digits, reason: result.reason });
  }

  #done(result: CaptureResult): void {
    this.#leave();
    this.#finish(result);
  }

  #leave(): void {
    this.#timer?.cancel();
    this.#offStop();
    this.#session.keys = null;
  }
}
