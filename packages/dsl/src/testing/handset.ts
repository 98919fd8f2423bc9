/** A caller's hand: presses keys, or lets time run, until the capture moves on. Keys and speech take no time; silence and pauses do. */
import { captureStep, type CaptureState } from './capture-engine.ts';
import type { PhoneKey } from './phone-keys.ts';
import type { Transcript } from './transcript.ts';

/** A capture after keys or time. */
export interface Handled {
  readonly capture: CaptureState;
  /** How many of the keys it took before its end. */
  readonly taken: number;
}

/** Presses `keys` one after the other, then nothing more until the entry is judged: by `#`, by its length or by a pause. Keys after a failed try go into the next one. */
export function typeKeys(start: CaptureState, keys: readonly PhoneKey[], transcript: Transcript): Handled {
  let capture = awaitListening(start);
  let shown = '';
  let taken = 0;
  for (const key of keys) {
    if (capture.result !== null) break;
    const after = captureStep(capture, { type: 'key', key, at: capture.at });
    shown += key;
    taken++;
    if (judged(capture, after)) {
      transcript.keys(shown, false);
      shown = '';
      writeSpeech(capture, after, transcript);
    }
    capture = awaitListening(after);
  }
  if (shown === '') return { capture, taken };
  // Keys that don't count, such as a `#` that the platform ignores, begin no entry that a pause could end.
  if (capture.digits === '') transcript.keys(shown, false);
  else capture = awaitPause(capture, shown, transcript);
  return { capture, taken };
}

/** Presses nothing: until the capture gives up, or until time `until`. */
export function keepQuiet(start: CaptureState, transcript: Transcript, until = Infinity): CaptureState {
  let capture = start;
  while (capture.timesOutAt !== null && capture.timesOutAt <= until) {
    const due = capture.timesOutAt;
    const after = captureStep(capture, { type: 'time', at: due });
    if (judged(capture, after)) {
      transcript.silence(due - capture.listensAt);
      writeSpeech(capture, after, transcript);
    }
    capture = after;
  }
  return Number.isFinite(until) ? captureStep(capture, { type: 'time', at: until }) : capture;
}

/** Writes down what `after` has spoken and `before` had not. */
export function writeSpeech(before: CaptureState | null, after: CaptureState, transcript: Transcript): void {
  const fresh = after.spoken.slice(before?.spoken.length ?? 0);
  for (let index = 0; index < fresh.length;) {
    const first = fresh[index] as CaptureState['spoken'][number];
    let times = 1;
    while (fresh[index + times]?.kind === first.kind && fresh[index + times]?.attempt === first.attempt) times++;
    transcript.speech(first.text, times);
    index += times;
  }
}

function awaitListening(capture: CaptureState): CaptureState {
  return capture.phase === 'speaking' ? captureStep(capture, { type: 'time', at: capture.listensAt }) : capture;
}

function awaitPause(start: CaptureState, shown: string, transcript: Transcript): CaptureState {
  const after = captureStep(start, { type: 'time', at: start.timesOutAt ?? start.at });
  transcript.keys(shown, true);
  writeSpeech(start, after, transcript);
  return awaitListening(after);
}

function judged(before: CaptureState, after: CaptureState): boolean {
  return after.attempt !== before.attempt || after.result !== null;
}
