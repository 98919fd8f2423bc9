import type { Action } from '../callflow/actions.ts';
import type { CaptureBehaviour } from './capture-behaviour.ts';
import { type CaptureState, createCapture } from './capture-engine.ts';
import { writeSpeech } from './handset.ts';
import type { Transcript } from './transcript.ts';

/** What an action leads to: the time when it is over, and the capture that listens then. */
export interface Performed {
  readonly now: number;
  readonly capture: CaptureState | null;
}

/** The platform performs an action: it is written down, and takes its time. */
export function performAction(action: Action, now: number, behaviour: CaptureBehaviour, transcript: Transcript): Performed {
  const capture = null;
  switch (action.action) {
    case 'say': {
      const { text, repetition, speed } = action.params;
      transcript.speech(text, repetition ?? 1);
      return { now: now + (text.length * behaviour.msPerCharacter * (repetition ?? 1)) / (speed ?? 1), capture };
    }
    case 'playFile':
      transcript.file(action.params.fileUrl, action.params.repetition ?? 1);
      return { now, capture };
    case 'sayAndCapture': {
      const listening = createCapture(action.params, { at: now, behaviour });
      writeSpeech(null, listening, transcript);
      return { now, capture: listening };
    }
    case 'makeCall':
      transcript.bridges(action.params.destination);
      return { now, capture };
    case 'hangup':
      return { now, capture };
  }
}

/** The capture behind a piece of a hold is not listened to: only its words are left. */
export function asSpeech(action: Action): Action {
  if (action.action !== 'sayAndCapture') return action;
  const { promptMessage: text, voiceProfile, speed = 1, repetition = 1 } = action.params;
  return { action: 'say', params: { text, voiceProfile, speed, repetition } };
}
