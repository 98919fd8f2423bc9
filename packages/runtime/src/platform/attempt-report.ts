/** One attempt of a request, for logs and metrics. Holds no secret, no number and no body. */
export interface AttemptReport {
  /** Method and endpoint, e.g. `GET webhooks`. */
  readonly operation: string;
  /** From 1. */
  readonly attempt: number;
  /** How it went: `ok`, else the code of the error, which is thrown unless `wait` is a number. */
  readonly outcome: 'ok' | `HS_${string}`;
  /** Null where no answer came. */
  readonly httpStatus: number | null;
  /** Milliseconds from the first byte sent to the last one read. */
  readonly duration: number;
  /** Milliseconds until the next attempt; null where there is none. */
  readonly wait: number | null;
}
