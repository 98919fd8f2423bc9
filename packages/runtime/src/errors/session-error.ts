import { HookswitchError } from '@hookswitch/dsl';

/** The platform has ended a session with an error, as its summary (VSS) says. `refused`: it did not take our answer, so that nothing of it was heard. */
export class SessionError extends HookswitchError {
  override readonly name = 'SessionError';
  readonly code = 'HS_SESSION_ERROR';
  /** 8x8's code, e.g. -2003; null where the summary has none. */
  readonly errorCode: number | null;
  /** Its name, e.g. `callflow-invalid`. */
  readonly rule: string;
  readonly refused: boolean;
  /** Voices of the answer that came last. */
  readonly voices: readonly string[];

  constructor(errorCode: number | null, rule: string, refused: boolean, voices: readonly string[], explained: string) {
    const spoken =
      voices.length === 0 ? '' : ` It speaks with ${voices.map((voice) => `"${voice}"`).join(', ')}: compare with hookswitch voices.`;
    super(
      refused
        ? `8x8 did not take the last answer, and nothing of it was heard (${rule}). ${explained}${spoken}`
        : `8x8 ended the session with an error (${rule}). ${explained}`,
    );
    this.errorCode = errorCode;
    this.rule = rule;
    this.refused = refused;
    this.voices = voices;
  }
}
