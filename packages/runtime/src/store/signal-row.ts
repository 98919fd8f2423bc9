/** A signal of a call. */
export interface SignalRow {
  /** From 0 in the order in which they came; each once in a call. */
  readonly number: number;
  /** At most 64 characters. */
  readonly name: string;
  /** What its sender has named the request by, at most 256 characters; null where nothing. */
  readonly key: string | null;
  /** Two requests of one key are the same where their digests are. Opaque to the store. */
  readonly digest: string;
  /** When it came, in ms since 1970. */
  readonly at: number;
  /** Its value, opaque to the store (JSON, or encrypted); null once nobody waits for it any longer. */
  readonly data: string | null;
}
