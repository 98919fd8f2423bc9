/** What can be wrong with a server, as the platform sees it. */
export type FaultKind =
  /** A webhook was answered with another status than 200. */
  | 'status'
  /** The answer to a VCA is not JSON. */
  | 'not-json'
  /** No answer came in time. */
  | 'timeout'
  /** The server could not be reached, or the connection broke. */
  | 'connection'
  /** 8x8 would refuse the callflow that was answered. */
  | 'callflow'
  /** A repeated delivery was answered with other bytes than the first one. */
  | 'duplicate'
  /** A decision was due, but no VCA webhook is registered. */
  | 'no-webhook'
  /** An audio file could not be downloaded. */
  | 'file'
  /** A callflow hangs up right after a capture, whose digits nobody gets. */
  | 'digits-ignored'
  /** The caller heard something else than it should. */
  | 'wrong-prompt';

/** One thing that went wrong, and why. */
export interface Fault {
  readonly kind: FaultKind;
  readonly sessionId: string;
  /** Which call of the run, as it was named or numbered. */
  readonly call: string;
  /** The turn, where a VCA is concerned: 0 is `CALL_RECEIVED`. */
  readonly turn: number | null;
  /** When it was noticed: ms since 1970 on the session's time. */
  readonly at: number;
  /** In words: what came, and what should have come. */
  readonly message: string;
  /** 8x8's status code of a callflow that was refused. */
  readonly code: number | null;
  /** JSON path of what is wrong in a callflow that was refused. */
  readonly path: string | null;
}

/** Keeps the newest faults and counts all of them. */
export class FaultLog {
  readonly #kept: Fault[] = [];
  readonly #counts = new Map<FaultKind, number>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(fault: Fault): void {
    this.#counts.set(fault.kind, (this.#counts.get(fault.kind) ?? 0) + 1);
    this.#kept.push(fault);
    if (this.#kept.length > this.#most) this.#kept.shift();
  }

  get kept(): readonly Fault[] {
    return this.#kept;
  }

  get counts(): Readonly<Partial<Record<FaultKind, number>>> {
    return Object.fromEntries(this.#counts);
  }
}
