import type { WaitFor } from '../effects/wait-for.ts';
import type { Witness } from './witness.ts';

/** A site: a place where the flow waits, or reads its settings, for which nobody has to wait. */
export interface ChartSite {
  readonly name: string;
  readonly wait: 'platform' | 'step' | 'signal' | 'settings';
  readonly kind: 'capture' | 'bridge' | 'step' | 'waitFor' | 'settings';
  /** What is spoken before the wait; up to eight variants, those in the flow's own language first. */
  readonly prompts: readonly string[];
  /** The voice of each prompt, e.g. `en-US-BenjaminRUS`: it tells the language. Null where none is named, and where nothing is spoken. */
  readonly voices: readonly (string | null)[];
  /** Labels of all classes of answers. */
  readonly answers: readonly string[];
  /** Labels that the author declared (a menu's options, the examples of a step or a signal). */
  readonly declared: readonly string[];
  /** True where digits or the result are sensitive. */
  readonly sensitive: boolean;
  /** The name of the signal that is waited for; absent at all other sites. */
  readonly signal?: string;
  /** `clientActionId`s that the author gave; absent where none. */
  readonly clientActionIds?: readonly string[];
  /** Shortest way here. */
  readonly witness: Witness;
}

/** What leads from one site to another. */
export interface ChartArrow {
  /** A site; `idle` for the start of the call, `ended` for what follows the flow's last words. */
  readonly from: string;
  readonly label: string;
  /** A site, or `ended`, `failed`, `closed`; `not placed` where the flow declines an outbound call: it ends before it says anything, and nobody is called. */
  readonly to: string;
  /** `answer`: the wait was answered; `start`: the call began; `ended`: the session ended while the flow waited. */
  readonly when: 'start' | 'answer' | 'ended';
  /** True for the universal keys, which do the same wherever they work. */
  readonly universal: boolean;
  /** Of an arrow that leads to `not placed`: the reason that the flow gives to `decline` in that call; absent where it only has nothing to say. */
  readonly declined?: string;
  /** A call in which this arrow is taken last. */
  readonly witness: Witness;
}

/** A limit that ended the search before all was seen. */
export type ExploreLimit = 'maxAnswers' | 'maxDepth';

/** How far exploration looked. */
export interface Explored {
  readonly calls: number;
  /** How often the flow was run again from its beginning. */
  readonly replays: number;
  /** Answers given in all. */
  readonly answers: number;
  /** Random walks after the search. */
  readonly walks: number;
  /** Loops that were still going round when they were left, after `maxVisits` rounds: what comes only after more rounds was not seen. */
  readonly openLoops: number;
  /** How often a way, gone again, led elsewhere: not at all, unless the flow reads a clock, randomness or the outside world. */
  readonly strays: number;
  /** True where a limit ended the search before all was seen. */
  readonly truncated: boolean;
  /** The limits that did. */
  readonly limits: readonly ExploreLimit[];
}

/** The explored graph of a flow's sites. Holes in it cost labels, never correctness. */
export interface Chart {
  readonly flow: string;
  readonly version: string;
  readonly sites: ReadonlyMap<string, ChartSite>;
  readonly arrows: readonly ChartArrow[];
  readonly explored: Explored;
  /** The waits for each signal, by its name, one for each site. */
  readonly signals: ReadonlyMap<string, readonly WaitFor[]>;
  /** Arrows that leave a site. */
  arrowsFrom(site: string): readonly ChartArrow[];
  /** Shortest list of labels (keys, outcomes, results) that leads to a site, or null where it was never reached. */
  pathTo(site: string): readonly string[] | null;
}
