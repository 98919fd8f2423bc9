import type { ChartView, TestView, Way } from '@hookswitch/console/inside';
import type { AnySettingValues, JournalFile, SettingDeclarations } from '@hookswitch/dsl';

/** What the parent asks of a child. Each request is answered once, under its id. */
export type Request = { readonly id: number } & RequestBody;

export type RequestBody =
  /** Load the flows; open nothing. */
  | { readonly type: 'load'; readonly project: Project }
  /** Explore every path of the flows, for their diagrams and for what callers would trip over. It takes its time. */
  | { readonly type: 'check'; readonly project: Project }
  /** Open the store and serve; again after `close`, where the next version could not be opened. */
  | { readonly type: 'open'; readonly serving: Serving }
  /** Finish the turns under way and close the store. */
  | { readonly type: 'close' }
  /** From now on `flow` answers calls to `to`. */
  | { readonly type: 'route'; readonly to: string; readonly flow: string }
  | { readonly type: 'next'; readonly to: string; readonly told: NextCall }
  /** Write a test of a call that goes a way of a flow. */
  | { readonly type: 'test'; readonly flow: string; readonly way: Way };

/** What a child answers. */
export type Reply = { readonly id: number } & ReplyBody;

export type ReplyBody =
  | { readonly type: 'loaded'; readonly loaded: LoadedProject }
  | { readonly type: 'checked'; readonly checked: CheckedProject }
  | { readonly type: 'open'; readonly url: string }
  | { readonly type: 'done' }
  /** Null: there is no such flow here, or it goes another way. */
  | { readonly type: 'test'; readonly test: TestView | null }
  | { readonly type: 'failed'; readonly problem: LoadProblem; readonly files: readonly string[] };

/** Where the flows are. */
export interface Project {
  readonly cwd: string;
  /** As they were given; empty for those of the configuration. */
  readonly paths: readonly string[];
  readonly configFile: string | null;
  readonly logLevel: string;
}

/** What the next call to a number is told in place of what is so. */
export interface NextCall {
  /** What time it is, ms since 1970, UTC; null: the real one. */
  readonly at: number | null;
  /** What it reads of settings; null: what is set. */
  readonly settings: CallSettings | null;
}

/** Settings of one call; the call's id says the key, 8 hexadecimal digits. */
export interface CallSettings {
  readonly key: string;
  readonly values: AnySettingValues;
}

/** How a child serves. */
export interface Serving {
  /** For the API and the console's routes, known to the parent alone. */
  readonly apiToken: string;
  /** The simulator's REST API. */
  readonly platformUrl: string;
  readonly subAccountId: string;
  /** What sensitive values are sealed with, unless the configuration has keys. */
  readonly dataKeys: string;
  readonly store: string;
  /** Flows by the numbers that are called. */
  readonly routes: Readonly<Record<string, string>>;
  /** Recorded calls by their ids, that can be forked. */
  readonly recordings: Readonly<Record<string, JournalFile>>;
  /** Settings that calls of the phone began with, which may read them yet. */
  readonly settings: readonly CallSettings[];
}

/** A flow that was loaded. */
export interface LoadedView {
  readonly name: string;
  readonly version: string;
  readonly file: string | null;
  /** The number under which it is called; null where it names none. */
  readonly number: string | null;
  /** An example of a caller; null where it gives none. */
  readonly caller: string | null;
  /** Examples of when it is called, ISO 8601. */
  readonly times: readonly string[];
  /** The languages that it speaks, where there are several. */
  readonly languages: readonly string[];
  /** What operators can set, by name. */
  readonly settings: SettingDeclarations;
}

/** What a child has loaded. */
export interface LoadedProject {
  readonly flows: readonly LoadedView[];
  /** Modules that were loaded: a change of any of them calls for a new child. */
  readonly files: readonly string[];
  /** Folders and files in which flows are looked for. */
  readonly watched: readonly string[];
}

/** What came of exploring all flows. */
export interface CheckedProject {
  readonly charts: readonly ChartView[];
  /** For each chart, the way to each of its arrows, in their order. */
  readonly ways: readonly (readonly Way[])[];
  /** What callers would trip over first; null where there is nothing. */
  readonly problem: LoadProblem | null;
  /** Things that may be meant, one sentence each. */
  readonly warnings: readonly string[];
}

/** Why flows are not served, or what callers would trip over. */
export interface LoadProblem {
  readonly message: string;
  readonly code: string;
  /** As the user would write it. */
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
}
