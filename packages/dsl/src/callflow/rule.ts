/** An error is never sent; a warning is sent and logged. */
export type Severity = 'error' | 'warning';

/** The way by which a callflow reaches 8x8: as the answer to a VCA webhook, or in a request to the REST API. */
export type Via = 'vca' | 'api';

/** A rule of the callflow contract, in data. */
export interface RuleText {
  readonly severity: Severity;
  /** 8x8's own status code for it (`-1003`), or null where 8x8 publishes none. */
  readonly statusCode: number | null;
  /** What it judges: parameters as `action.parameter`, else a JSON path with `[n]` for any action. */
  readonly judges: readonly string[];
  /** The way of sending to which it is limited; null for both. */
  readonly via: Via | null;
  /** The rule itself, as the rest of a sentence that begins with what it judges. */
  readonly says: string;
  /** What to do about a violation. */
  readonly fix: string;
  /** Section of the 8x8 Voice contract or number of the unknown (`U5`) that it comes from. */
  readonly source: string;
}
