import { legSeconds, type Leg } from './leg.ts';
import { countryOf, writeNumber } from './numbers.ts';
import { envelope, isoMs, writeFields } from './payload.ts';
import type { WireBehaviour } from './wire-behaviour.ts';

/** `callStatus` of a VCA. */
export type ActionStatus = 'CALL_RECEIVED' | 'ACTION_COMPLETED';
/** `callStatus` of a VCS. */
export type ProgressStatus = 'CALL_INITIATED' | 'CALL_RECEIVED' | 'CALL_CONNECTED' | 'CALL_DISCONNECTED' | 'CALL_UPDATED' | 'DTMF_RECEIVED';

/** What a capture has brought. */
export interface Captured {
  readonly dtmf: string | null | undefined;
  /** What was said, where the platform listens for speech. */
  readonly asrCaptured?: string | null | undefined;
}

/** What a VCA or VCS tells. */
export interface CallEvent {
  readonly eventId: string;
  readonly sessionId: string;
  readonly subAccountId: string;
  readonly leg: Leg;
  readonly at: number;
  /** What the previous answer carried. */
  readonly clientActionId?: string | undefined;
  /** The digits of a capture; `dtmf: undefined` where the platform leaves the field out. Absent where nothing was captured. */
  readonly captured?: Captured | undefined;
}

/** The body of a VCA. */
export function writeActionRequest(status: ActionStatus, event: CallEvent, wire: WireBehaviour): string {
  const isCapture = status === 'ACTION_COMPLETED' && typeof event.captured?.dtmf === 'string';
  const payload = callFields(isCapture ? wire.capturedStatus : status, event, wire);
  return wire.vcaEventType === 'CALL_STATUS'
    ? envelope('CALL_STATUS', 'Status update of a call', payload, wire)
    : envelope('CALL_ACTION', 'Action request of a call', payload, wire);
}

/** The body of a VCS. */
export function writeCallStatus(status: ProgressStatus, event: CallEvent, wire: WireBehaviour): string {
  return envelope('CALL_STATUS', 'Status update of a call', callFields(status, event, wire), wire);
}

function callFields(callStatus: string, event: CallEvent, wire: WireBehaviour): ReturnType<typeof writeFields> {
  const { leg } = event;
  const seconds = legSeconds(leg, event.at);
  return writeFields(
    {
      eventId: event.eventId,
      callId: leg.callId,
      sessionId: event.sessionId,
      subAccountId: event.subAccountId,
      callStatus,
      callDirection: leg.direction,
      callType: 'PSTN',
      source: writeNumber(leg.source, wire.numbers) ?? undefined,
      destination: writeNumber(leg.destination, wire.numbers),
      sourceFormat: 'MSISDN',
      destinationFormat: 'MSISDN',
      sourceCountryCode: countryOf(leg.source) ?? undefined,
      destinationCountryCode: countryOf(leg.destination) ?? undefined,
      sourceRefId: leg.sourceRefId,
      destinationRefId: leg.destinationRefId,
      callDuration: wire.callDuration === 'string' ? String(seconds) : seconds,
      ...digits(event, wire),
      sipCode: leg.sipCode,
      timestamp: isoMs(event.at),
      clientActionId: wire.clientActionId === 'absent' ? undefined : event.clientActionId,
    },
    wire,
  );
}

function digits(event: CallEvent, wire: WireBehaviour): Record<string, unknown> {
  if (event.captured === undefined) return {};
  const { dtmf, asrCaptured = wire.asrCaptured ? null : undefined } = event.captured;
  if (wire.eventData === 'beside') return { dtmf };
  if (wire.eventData === 'string') return { eventData: dtmf };
  return { eventData: writeFields({ dtmf, asrCaptured }, { ...wire, missing: 'absent' }) };
}
