import { HookswitchError } from '@hookswitch/dsl';

/** Why a signal was refused, and the HTTP status that says so. */
export const SIGNAL_REFUSALS = {
  HS_SIGNAL_CALL_UNKNOWN: 404,
  HS_SIGNAL_CALL_OVER: 409,
  HS_SIGNAL_CALL_AMBIGUOUS: 409,
  HS_SIGNAL_NOT_AWAITED: 404,
  HS_SIGNAL_VALUE: 400,
  HS_SIGNAL_TOO_LARGE: 413,
  HS_SIGNAL_TOO_MANY: 429,
  HS_SIGNAL_KEY_REUSED: 422,
  HS_SIGNAL_ELSEWHERE: 503,
} as const;

/** A signal was refused: the call is unknown or over, its flow waits for no such signal, the value does not fit, … Nothing was changed. */
export class SignalRefusedError extends HookswitchError {
  override readonly name = 'SignalRefusedError';
  readonly code: keyof typeof SIGNAL_REFUSALS;
  /** The HTTP status that the API answers. */
  readonly status: number;

  constructor(code: keyof typeof SIGNAL_REFUSALS, message: string) {
    super(message);
    this.code = code;
    this.status = SIGNAL_REFUSALS[code];
  }
}
