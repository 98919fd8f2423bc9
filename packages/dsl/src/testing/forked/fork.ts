import type { Action } from '../../callflow/actions.ts';
import type { TagValue } from '../../flow/tags.ts';
import type { Entry } from '../../generator/journal.ts';
import type { Deed } from './deed.ts';

/** Options of `forkCall`. */
export interface ForkOptions {
  /** How many answers of the recording are given again before whoever plays goes on; steps behind them are, too, up to the next wait for the platform. */
  readonly until: number;
  /** What was done since. */
  readonly deeds?: readonly Deed[];
  /** Steps that come later are answered by hand, also where the recording has a result of them. @default false */
  readonly askSteps?: boolean;
}

/** By what a wait was answered: by the recording, by whoever plays in place of what was erased, by whoever plays, or by the flow, which has hung up. */
export type ForkAnswerer = 'recorded' | 'asked-again' | 'played' | 'flow';

/** An answer that the flow was given. */
export interface ForkAnswer {
  readonly site: string;
  readonly entry: Entry;
  readonly by: ForkAnswerer;
  /** It may not be shown: its question or step is marked sensitive, and it was recorded. */
  readonly sensitive: boolean;
}

/** What was said in one go, and what came of it. */
export interface ForkTurn {
  /** How many answers the call had. */
  readonly after: number;
  /** Where the flow waits behind it. */
  readonly site: string;
  readonly actions: readonly Action[];
  readonly voice: string;
  /** What the caller heard then, with the same number of answers; null where nobody knows. */
  readonly then: readonly Action[] | null;
  /** Where the call stood then; null where it was over, or nobody knows. */
  readonly thenSite: string | null;
  /** Said again, or in between, while keys were waited for. */
  readonly again: readonly string[];
  /** Steps that ran before it was said. */
  readonly steps: readonly ForkAnswer[];
  /** What the caller did; null while that is waited for. */
  readonly answer: ForkAnswer | null;
}

/** One way to answer what is waited for. */
export interface ForkChoice {
  readonly label: string;
  readonly deed: Deed;
}

/** What whoever plays is asked for. */
export type ForkWait =
  | {
      readonly for: 'keys';
      readonly site: string;
      readonly minDigits: number;
      readonly maxDigits: number;
      readonly completeOnHash: boolean;
      readonly attempt: number;
      readonly attempts: number;
      /** Keys of this try so far. */
      readonly digits: string;
      readonly sensitive: boolean;
      /** What was keyed in then is erased. */
      readonly again: boolean;
    }
  | { readonly for: 'bridge'; readonly site: string; readonly to: string; readonly again: boolean }
  /** A step, or another wait that a value ends. */
  | {
      readonly for: 'value';
      readonly site: string;
      readonly kind: string;
      readonly choices: readonly ForkChoice[];
      readonly mayFail: boolean;
      /** What the recorded call had here; null where nobody knows. */
      readonly then: Entry | null;
      readonly again: boolean;
    }
  | { readonly for: 'nothing'; readonly ended: 'flow' | 'caller' | 'failed' };

/** The code does not go where the recorded call went, although it was given the same answers. */
export interface ForkStray {
  /** How many answers fit. */
  readonly index: number;
  readonly recorded: string;
  readonly now: string;
  readonly error: unknown;
}

/** A fork as it stands. */
export interface Fork {
  readonly turns: readonly ForkTurn[];
  /** Its journal: the answers that were taken from the recording, and those that were given since. */
  readonly entries: readonly Entry[];
  /** How many answers of the recording were given again, before whoever plays went on. */
  readonly replayed: number;
  readonly waits: ForkWait;
  readonly site: string;
  /** Every site at which the flow has waited, in order. */
  readonly sites: readonly string[];
  readonly stray: ForkStray | null;
  /** The first deed that can't be done, and why; those behind it were left out. */
  readonly refused: { readonly index: number; readonly message: string } | null;
  /** The clock of the call, milliseconds since 1970, UTC. */
  readonly now: number;
  readonly language: string | null;
  readonly tags: Readonly<Record<string, TagValue>>;
  readonly result: unknown;
  readonly error: unknown;
}
