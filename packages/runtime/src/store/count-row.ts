/** What calls that are over are counted by. A store adds numbers up by their names; what the names mean it does not know. */

/** Milliseconds. */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** What one call adds to the counters of its flow, version, number and hour. */
export interface CountRow {
  /** At most 256 characters, as `version` and `number`. */
  readonly flow: string;
  readonly version: string;
  /** Our own number; empty where there is none. */
  readonly number: string;
  /** When that hour began, UTC, in milliseconds since 1970. */
  readonly hour: number;
  /** By name (at most 512 characters): whole numbers from 1. At most 2,000. */
  readonly counts: Readonly<Record<string, number>>;
  /** Those of `counts` that are wanted hour by hour; a few. */
  readonly series: readonly string[];
}

/** Which counters are read. */
export interface CountFilter {
  readonly flow: string;
  readonly version?: string;
  readonly number?: string;
  /** The beginning of an hour; included. */
  readonly since: number;
  /** The beginning of an hour; left out. */
  readonly until: number;
}

/** Counters, and what is not added to them yet, as they were at one moment. */
export interface Counts {
  /** Over the whole time. */
  readonly totals: ReadonlyMap<string, number>;
  /** Hour by hour, those that calls have as `series`. */
  readonly hours: ReadonlyMap<number, ReadonlyMap<string, number>>;
  /** Rows of calls that are not folded yet, and are in these numbers all the same. */
  readonly pending: number;
  /** More rows wait, of whatever flow, than are read at once: some may be missing. */
  readonly more: boolean;
}

/** A flow, version and number of which calls were counted. */
export interface CountGroup {
  readonly flow: string;
  readonly version: string;
  /** Empty for calls without one, and for all numbers of a flow behind its first `MAX_GROUPS`. */
  readonly number: string;
  /** The first and the last hour. */
  readonly first: number;
  readonly last: number;
}

/** Versions times numbers of one flow; calls of further numbers are counted together. */
export const MAX_GROUPS = 1_000;
/** Rows, of all flows together, that are read with the counters. Those who fold are far behind where there are more. */
export const MAX_PENDING = 2_000;
