/**
 * How far the placing of a call has come. Its record says so: the server that stores the first callflow posts it, and no other one ever does. Servers of the release
 * before write only the fields they know, and leave these as they are.
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
