/**
 * How far the placing of a call is, judged by its record: whoever stores its first callflow posts it, and nobody else ever does. Servers of the release before, which
 * write of a call only what they know, keep all of this as it is.
 */
import type { CallRecord } from '../store/store.ts';
import type { Call } from './call.ts';
import type { Placing } from './input.ts';

/** Whether a placed call has no callflow yet: its first steps run. */
export function isUnplaced({ status, turn, sessionId }: CallRecord): boolean {
  return status === 'pending' && turn < 0 && sessionId === null;
}

/** Whether its post is under way, or has been left. */
export function isPosting({ status, turn, sessionId }: CallRecord): boolean {
  return status === 'pending' && turn >= 0 && sessionId === null;
}

/** Whether it is to be posted once its first steps are done, and what was asked for is known. */
export function isToBePosted({ record, placing }: Pick<Call, 'record' | 'placing'>): boolean {
  return placing !== null && isUnplaced(record);
}

/** What was asked for, as the event of a placed call's first callflow. */
export function toPlacedEvent({ validUntil, callRecording }: Placing): string {
  return JSON.stringify({
    placed: true,
    ...(validUntil === null ? {} : { validUntil }),
    ...(callRecording === null ? {} : { callRecording }),
  });
}

/** The reverse of `toPlacedEvent`. */
export function fromPlacedEvent(event: string): Placing {
  const { validUntil = null, callRecording = null } = JSON.parse(event) as Partial<Placing>;
  return { validUntil, callRecording };
}
