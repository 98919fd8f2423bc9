import { legSeconds, type Leg } from './leg.ts';
import { countryOf, writeNumber } from './numbers.ts';
import { envelope, isoSeconds, writeFields, type Fields } from './payload.ts';
import type { WireBehaviour } from './wire-behaviour.ts';

/** How a session ended. */
export type SessionStatus = 'COMPLETED' | 'BUSY' | 'NO_ANSWER' | 'FAILED' | 'CANCELED' | 'ERROR';

/** What a VSS tells. */
export interface Summary {
  readonly sessionId: string;
  readonly subAccountId: string;
  readonly sessionStatus: SessionStatus;
  readonly startedAt: number;
  readonly endedAt: number;
  /** The last action that ran, as summaries name it: `SAY_AND_CAPTURE`. */
  readonly lastAction: string | undefined;
  readonly clientRequestId: string | undefined;
  readonly error: {
    readonly code: number;
    readonly message: string;
    /** The request whose callflow failed, where it was sent through the REST API. */
    readonly callFlowRequestId?: string | undefined;
  } | null;
  readonly legs: readonly Leg[];
}

/** The version that the newest samples carry. */
const VERSION = 5;

/** The body of a VSS. */
export function writeSummary(summary: Summary, wire: WireBehaviour): string {
  const payload = writeFields(
    {
      sessionId: summary.sessionId,
      subAccountId: summary.subAccountId,
      sessionStatus: summary.sessionStatus,
      startTime: isoSeconds(summary.startedAt),
      endTime: isoSeconds(summary.endedAt),
      lastAction: summary.lastAction,
      callCount: summary.legs.length,
      clientRequestId: summary.clientRequestId,
      errorDetails: summary.error === null ? undefined : errorDetails(summary, summary.error, wire),
      details: legs(summary, wire),
    },
    wire,
  );
  return envelope('SESSION_SUMMARY', 'Summary of a completed call session', payload, wire, VERSION);
}

function errorDetails({ lastAction }: Summary, error: NonNullable<Summary['error']>, wire: WireBehaviour): Fields {
  const { code, message, callFlowRequestId } = error;
  const brief = { errorMsg: message, errorCode: code };
  return wire.errorDetails === 'short'
    ? brief
    : writeFields({ ...brief, action: lastAction, callFlowRequestId }, { ...wire, keyCase: 'documented' });
}

function legs(summary: Summary, wire: WireBehaviour): Fields {
  const [first, ...others] = summary.legs;
  const last = others.at(-1);
  const told = wire.summaryLegs === 'all' ? others : last === undefined ? [] : [last];
  const letters = [first, ...told].map((leg, index) => [`${wire.legNames.slice(0, 4)}${String.fromCharCode(65 + index)}`, leg] as const);
  return Object.fromEntries(letters.flatMap(([name, leg]) => (leg === undefined ? [] : [[name, writeLeg(leg, summary.endedAt, wire)]])));
}

function writeLeg(leg: Leg, endedAt: number, wire: WireBehaviour): Fields {
  return writeFields(
    {
      callId: leg.callId,
      callDirection: leg.direction,
      callType: 'PSTN',
      initiatedTimestamp: isoSeconds(leg.initiatedAt),
      connectedTimestamp: leg.connectedAt === null ? undefined : isoSeconds(leg.connectedAt),
      disconnectedTimestamp: isoSeconds(leg.disconnectedAt ?? endedAt),
      source: writeNumber(leg.source, wire.numbers) ?? undefined,
      destination: writeNumber(leg.destination, wire.numbers),
      sourceFormat: 'MSISDN',
      destinationFormat: 'MSISDN',
      sourceCountryCode: countryOf(leg.source) ?? undefined,
      destinationCountryCode: countryOf(leg.destination) ?? undefined,
      sourceRefId: leg.sourceRefId,
      destinationRefId: leg.destinationRefId,
      callStatus: leg.status ?? 'COMPLETED',
      callDuration: legSeconds(leg, endedAt),
      callQuality: leg.connectedAt === null ? undefined : { mos: 4.5, packetLossRate: 0, jitter: 20 },
    },
    wire,
  );
}
