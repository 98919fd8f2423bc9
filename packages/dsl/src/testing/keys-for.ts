import type { CaptureState } from './capture-engine.ts';
import { capturedAnswer } from './captured-answer.ts';
import { typeKeys } from './handset.ts';
import { isPhoneKey, type PhoneKey } from './phone-keys.ts';
import { Transcript } from './transcript.ts';

/**
 * The keys after which a capture gives `answer`, one list for each press; null where no phone can bring it about.
 * An entry that the capture refuses is typed once for each try. For silence see `TestCall.stayQuiet`.
 */
export function keysFor(capture: CaptureState, answer: string): readonly (readonly PhoneKey[])[] | null {
  const digits = [...answer].filter(isPhoneKey);
  if (digits.join('') !== answer) return null;
  const closed: readonly PhoneKey[] = [...digits, '#'];
  const candidates = capture.params.completeOnHash ? [closed, digits] : [digits, closed];
  for (const keys of candidates) {
    const presses = pressesOf(capture, keys, answer);
    if (presses !== null) return presses;
  }
  return null;
}

function pressesOf(start: CaptureState, keys: readonly PhoneKey[], answer: string): readonly (readonly PhoneKey[])[] | null {
  if (keys.length === 0) return null;
  const presses: (readonly PhoneKey[])[] = [];
  let capture = start;
  while (capture.result === null) {
    const before = capture.attempt;
    const typed = typeKeys(capture, keys, new Transcript());
    capture = typed.capture;
    presses.push(keys.slice(0, typed.taken));
    const stuck = capture.result === null && capture.attempt === before;
    if (stuck || typed.taken < keys.length) break;
  }
  return capture.result !== null && capturedAnswer(capture.result.dtmf) === answer ? presses : null;
}
