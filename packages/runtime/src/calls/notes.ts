/** Hands the notes of a decision to metrics, log and hooks, after its commit. It decides nothing, stores nothing, and never fails. */
import type { CallRecord } from '../store/store.ts';
import type { Decision } from './call.ts';
import type { CallsObserver } from './context.ts';

/** Tells whoever watches what was committed. */
export function tellNotes(observer: CallsObserver, notes: Decision['notes'], about: CallRecord | null): void {
  const call = about as CallRecord;
  for (const note of notes) {
    switch (note.kind) {
      case 'held':
        observer.held(call, note.turn);
        break;
      case 'fallback':
        observer.fallback(about, note.reason, note.error, note.session);
        break;
      case 'duplicate':
        observer.duplicate(call, note.turn);
        break;
      case 'diverged':
        observer.diverged(call, note.error);
        break;
      case 'flow-failed':
        observer.flowFailed(call, note.error);
        break;
      case 'end-failed':
        observer.endFailed(call, note.error);
        break;
      case 'suspected-per-action':
        observer.suspectedPerAction(call);
        break;
      case 'odd-digits':
        observer.oddDigits(call, note.problem);
        break;
      case 'step-settled':
        observer.stepSettled(call, note.step, note.ok, note.ms, note.attempts);
        break;
      case 'session-failed':
        observer.sessionFailed(call, note.error, note.counted);
        break;
      case 'logged':
        observer.logged(call, note.line);
        break;
      case 'result-refused':
        observer.resultRefused(call, note.error);
        break;
      case 'tagged':
        observer.tagged(call, note.tags);
        break;
      case 'counted':
        observer.counted(call, note.ending, note.exit);
        break;
      case 'turned-away':
        observer.turnedAway(call);
        break;
      case 'warned':
        observer.warned(call, note.message);
        break;
      case 'status':
        observer.status(note.webhook, about);
        break;
      case 'recording':
        observer.recording(note.webhook, about);
        break;
      case 'unknown-session':
        observer.unknownSession(note.webhook);
        break;
    }
  }
}
