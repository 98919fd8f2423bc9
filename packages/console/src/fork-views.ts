/** What the server tells the page of a fork, as plain JSON. */
import type { Deed, ForkAnswer, ForkChoice, ForkWait } from '@hookswitch/dsl/inside/fork';
import type { CallView } from './views.ts';

export type { Deed, ForkChoice };

/** Some words of a text: heard then and now, or in one of both only. */
export interface WordPart {
  readonly in: 'both' | 'then' | 'now';
  readonly text: string;
}

/** An answer in words, and who gave it. */
export interface ForkAnswerView {
  readonly site: string;
  readonly text: string;
  readonly by: ForkAnswer['by'];
  /** It went wrong: a step has failed. */
  readonly failed: boolean;
}

/** What was said in one go, then and now, and what came of it. */
export interface ForkTurnView {
  readonly site: string;
  /** E.g. `en-US-BenjaminRUS`. */
  readonly voice: string;
  /** `elsewhere`: the call stood at another site then. `unknown`: nobody knows what was heard then. */
  readonly verdict: 'alike' | 'other words' | 'elsewhere' | 'unknown';
  /** Where the call stood then; null where it was over, or nobody knows. */
  readonly thenSite: string | null;
  readonly then: readonly string[] | null;
  readonly now: readonly string[];
  /** Text by text; null where both are not compared. */
  readonly words: readonly (readonly WordPart[])[] | null;
  /** Said again while keys were waited for. */
  readonly again: readonly string[];
  readonly steps: readonly ForkAnswerView[];
  readonly answer: ForkAnswerView | null;
}

/** What whoever plays is asked for. */
export type ForkWaitView =
  | Exclude<ForkWait, { readonly for: 'value' }>
  | (Omit<Extract<ForkWait, { readonly for: 'value' }>, 'then'> & {
      /** What the recorded call had here, as JSON; null where nobody knows. */
      readonly then: string | null;
    });

/** What is asked for. */
export interface ForkRequest {
  /** A turn of the call. */
  readonly turn: number;
  /** On which version of the flow. @default the newest that is served */
  readonly version?: string;
  /** What was done since. @default nothing */
  readonly deeds?: readonly Deed[];
  /** Steps behind the turn are answered by hand. @default false */
  readonly askSteps?: boolean;
}

/** A fork as it stands. */
export interface ForkView {
  readonly call: Pick<CallView, 'id' | 'flow' | 'flowVersion' | 'from' | 'to' | 'direction' | 'startedAt'>;
  /** The call is in the store of the server; else it comes from a file. */
  readonly isStored: boolean;
  /** The version on which it is played, and those that are served. */
  readonly version: string;
  readonly versions: readonly string[];
  readonly turn: number;
  /** Turns that the call has. */
  readonly recordedTurns: readonly number[];
  readonly turns: readonly ForkTurnView[];
  readonly waits: ForkWaitView;
  readonly site: string;
  /** Every site at which the flow has waited, in order. */
  readonly sites: readonly string[];
  /** How many answers of the recording were given again, and how many it has up to the turn. */
  readonly replayed: number;
  readonly wanted: number;
  /** Where the code goes another way although the answers are the same, and what can be done about it. */
  readonly stray: { readonly text: string; readonly advice: string | null } | null;
  /** The first deed that can't be done. */
  readonly refused: { readonly index: number; readonly message: string } | null;
  /** The clock of the call. */
  readonly now: string;
  readonly tags: Readonly<Record<string, string | number>>;
  readonly result: unknown;
  readonly error: string | null;
  /** What is not as it was. */
  readonly notes: readonly string[];
}
