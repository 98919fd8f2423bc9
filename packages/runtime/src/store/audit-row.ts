/** What somebody has changed through API or console, or was not allowed to. */
export interface AuditRow {
  /** Unique; at most 256 characters. */
  readonly id: string;
  /** When it began, in ms since 1970. */
  readonly at: number;
  /** Label and role of the token that it was done with. At most 64 characters each. */
  readonly label: string;
  readonly role: string;
  /** What was to be done, e.g. `call.place`. At most 64 characters. */
  readonly action: string;
  /** Which call it is about; null where there is none yet, or it is not known. At most 256 characters, as all that follow. */
  readonly callId: string | null;
  /** Which flow it is about. */
  readonly flow: string | null;
  /** Who is called, masked. */
  readonly to: string | null;
  /** The HTTP status that it was answered with; null while it is under way, and where its process ended before. */
  readonly result: number | null;
  /** The server's id of the request, as in its log. */
  readonly requestId: string | null;
  /** What it has changed, JSON, so that it can be undone; null where that is not kept. At most 200,000 characters; opaque to the store. */
  readonly detail: string | null;
}

/** Which entries are listed, newest first. */
export interface AuditFilter {
  readonly label?: string;
  readonly action?: string;
  readonly callId?: string;
  readonly flow?: string;
  /** This moment included. */
  readonly after?: number;
  /** This moment left out. */
  readonly before?: number;
  /** 1..500. @default 50 */
  readonly limit?: number;
  /** From the page before. */
  readonly cursor?: string;
}

/** A page of entries. What is added meanwhile doesn't shift the pages after it. */
export interface AuditPage {
  readonly entries: readonly AuditRow[];
  /** For the next page; null on the last. */
  readonly cursor: string | null;
}

/** Which entries are too many: those from before a time, and those beyond the newest so many. */
export interface AuditBounds {
  readonly before: number;
  /** Counted apart for entries that were refused (`result` is 403) and all others, so that no flood of refused requests drives out what was done. */
  readonly keep: number;
}

/** An entry whose request was refused. */
export const REFUSED = 403;
