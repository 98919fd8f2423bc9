import { didYouMean } from '../callflow/near-miss.ts';
import { BRIDGE_OUTCOMES, type BridgeOutcome, type BridgeResult } from '../effects/bridge.ts';
import { BridgeEndError } from './errors/bridge-end-error.ts';

/** How a bridge ends: an outcome with its usual SIP code, or the details. */
export type BridgeEnd =
  | BridgeOutcome
  | {
      readonly outcome: BridgeOutcome;
      /** RFC 3261 final code, 200..699, of that outcome. @default the usual one of the outcome */
      readonly sipCode?: number | null;
      /** Seconds, ≥ 0; 0 unless answered. @default 60 for an answered bridge */
      readonly duration?: number | null;
    };

const USUAL: Readonly<Record<BridgeOutcome, BridgeResult>> = {
  answered: { outcome: 'answered', sipCode: 200, duration: 60 },
  busy: { outcome: 'busy', sipCode: 486, duration: 0 },
  'no-answer': { outcome: 'no-answer', sipCode: 480, duration: 0 },
  declined: { outcome: 'declined', sipCode: 603, duration: 0 },
  failed: { outcome: 'failed', sipCode: 500, duration: 0 },
  unknown: { outcome: 'unknown', sipCode: null, duration: null },
};

const CODES: Readonly<Record<number, BridgeOutcome>> = {
  200: 'answered',
  486: 'busy',
  600: 'busy',
  408: 'no-answer',
  480: 'no-answer',
  487: 'no-answer',
  603: 'declined',
};

/** What the flow gets for `end`. Throws `BridgeEndError` for an end that no platform reports. */
export function bridgeResult(end: BridgeEnd): BridgeResult {
  const given = typeof end === 'string' ? { outcome: end } : end;
  const outcome: unknown = (given as { outcome?: unknown } | null)?.outcome;
  if (!isOutcome(outcome)) {
    throw new BridgeEndError(
      `A bridge can't end ${JSON.stringify(outcome ?? given)}. ${typeof outcome === 'string' ? didYouMean(outcome, BRIDGE_OUTCOMES) : ''}` +
        `It ends: ${BRIDGE_OUTCOMES.join(', ')}.`,
    );
  }
  const result = { ...USUAL[outcome], ...withoutAbsent(given) };
  checkCode(result);
  checkDuration(result);
  return result;
}

function isOutcome(value: unknown): value is BridgeOutcome {
  return BRIDGE_OUTCOMES.includes(value as BridgeOutcome);
}

function withoutAbsent(given: Exclude<BridgeEnd, string>): Partial<BridgeResult> {
  const { sipCode, duration } = given;
  return { ...(sipCode === undefined ? {} : { sipCode }), ...(duration === undefined ? {} : { duration }) };
}

function checkCode({ outcome, sipCode }: BridgeResult): void {
  if (sipCode === null) return;
  if (!Number.isInteger(sipCode) || sipCode < 200 || sipCode > 699) {
    throw new BridgeEndError(`bridgeEnds: sipCode must be a final code of RFC 3261, 200..699, or null; got ${String(sipCode)}.`);
  }
  const meant = CODES[sipCode] ?? 'failed';
  if (meant !== outcome) {
    throw new BridgeEndError(
      `bridgeEnds: SIP code ${sipCode} means "${meant}", not "${outcome}". Leave sipCode out for the usual one, or give the outcome "${meant}".`,
    );
  }
}

function checkDuration({ outcome, duration }: BridgeResult): void {
  if (duration === null) return;
  if (!Number.isFinite(duration) || duration < 0) {
    throw new BridgeEndError(`bridgeEnds: duration is in seconds, 0 or more, or null; got ${String(duration)}.`);
  }
  if (duration > 0 && outcome !== 'answered') {
    throw new BridgeEndError(`bridgeEnds: two parties can speak only once the second has answered; with "${outcome}" the duration is 0.`);
  }
}
