/** What an operator has put in place of a setting's default. All times are milliseconds since 1970, UTC. */
export interface OverrideRow {
  /** Whose setting: `flow:<name>`, or `number:<digits>`. At most 256 characters. */
  readonly scope: string;
  /** Which one. At most 64 characters. */
  readonly name: string;
  /** JSON, at most 20,000 characters; opaque to the store. */
  readonly value: string;
  /** From when it holds; null for at once. */
  readonly startsAt: number | null;
  /** Until when, that moment left out; null for as long as nobody changes it. */
  readonly endsAt: number | null;
  /** When it was set, by the label of which token, and why. At most 64 characters, and 500. */
  readonly at: number;
  readonly label: string;
  readonly reason: string | null;
  /** The revision of all overrides with which it was set: what `changeOverrides` compares. */
  readonly version: number;
}

/** All overrides as they are at one moment. */
export interface Overrides {
  /** Grows by one with each change; 0 where there was none yet. What `Commit.overrides` compares. */
  readonly revision: number;
  /** By scope, then by name. */
  readonly rows: readonly OverrideRow[];
}

/** What one override is to become. */
export interface OverrideChange {
  readonly scope: string;
  readonly name: string;
  /** The `version` that this change was based on; 0 where there was none. */
  readonly expected: number;
  /** What it becomes; null takes it back, and the default holds again. */
  readonly to: Omit<OverrideRow, 'scope' | 'name' | 'version'> | null;
}
