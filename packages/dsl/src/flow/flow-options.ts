import type { Call } from './call.ts';
import type { Effect, Flow } from './effect.ts';
import type { Phrases } from './phrases.ts';
import type { Settings } from './settings.ts';
import type { Tags } from './tags.ts';
import type { Prompt } from './text.ts';

/** The body of a flow: what it returns is the result of the call. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- see Flow
export type FlowBody<P = Readonly<Record<string, unknown>>, R = unknown> = (call: Call<P>) => Generator<Effect, R, any>;

/** The result of a call whose flow returns `R`: null where the flow returns nothing, was cut short by the end of the session, or failed. */
export type FlowResult<R> = Exclude<R, void | undefined> | null;

/** Keys that work in every menu of a flow. */
export interface UniversalKeys {
  /** Plays the menu's prompt again without counting an attempt. */
  readonly repeat?: string;
  /** Runs the flow's `operator`. */
  readonly operator?: string;
  /** Leaves the branch for the menu around it; in menus inside a branch only. */
  readonly back?: string;
  /** Leaves all branches for the outermost menu; in menus inside a branch only. */
  readonly main?: string;
}

/** What bounds a call, so that a runaway flow ends in an error that names its loop. */
export interface FlowLimits {
  /** Effects between two waits. @default 500 */
  readonly effectsPerBatch: number;
  /** Waits for the platform in one call. @default 1000 */
  readonly turns: number;
  /** Answers in one call, steps included; and as many again once the session has ended, in `finally` and `uninterruptible` blocks. @default 5000 */
  readonly journalEntries: number;
}

/** What exploration tries where a flow depends on its call. */
export interface FlowExamples<P> {
  /** Callers, besides an ordinary number; null is a withheld one. */
  readonly from?: readonly (string | null)[];
  readonly to?: readonly string[];
  /** Times at which the call begins, ISO 8601. */
  readonly at?: readonly string[];
  /** Params of calls that we place; calls that come in have none. */
  readonly params?: readonly P[];
  readonly direction?: readonly ('inbound' | 'outbound')[];
}

/** What went wrong, for `onDivergence`. */
export interface Divergence {
  /** Where the call was. */
  readonly site: string;
  /** Index of the first journal entry that does not fit. */
  readonly index: number;
}

/** What is heard when the caller gave no usable answer: words before a hang-up, or a part of the flow. */
export type Goodbye<P, L extends string = string> = Prompt<L> | ((call: Call<P>) => Flow<unknown>);

/** Options of a flow, as the author writes them: `P` are its params, `L` the languages of its `voices`. */
export interface FlowDefinition<P = Readonly<Record<string, unknown>>, L extends string = string> {
  /** Letters, digits, `-`, `_`. */
  readonly name: string;
  /** Several versions of one flow can be served side by side; a call stays on the one it began with. 1 to 64 letters, digits, `-`, `_`, `.`; never a hash of the source. @default '1' */
  readonly version?: string;
  /** The one voice profile of a flow in one language, e.g. `en-US-BenjaminRUS`. Either this or `voices`. */
  readonly voice?: string;
  /** Voice profile per language, e.g. `{ en: 'en-US-BenjaminRUS', zh: 'zh-CN-HuihuiRUS' }`. */
  readonly voices?: Readonly<Record<L, string>>;
  /** The language in which calls begin. @default the first of `voices` */
  readonly language?: NoInfer<L>;
  /** Any Standard Schema for the params of outbound calls. */
  readonly params?: StandardSchema<P>;
  readonly examples?: FlowExamples<P>;
  /** What may be noted on its calls; see `tags`. @default none */
  readonly tags?: Tags;
  /** What operators may change while it runs; see `settings`. @default none */
  readonly settings?: Settings;
  readonly keys?: UniversalKeys;
  /** Where the universal operator key leads. */
  readonly operator?: FlowBody<P>;
  /** What is heard when a menu or question without `otherwise` has used up its attempts. @default "Goodbye." and a hang-up; a string replaces the words */
  readonly goodbye?: Goodbye<P, NoInfer<L>>;
  /** What menus and questions say of their own accord (reasons, read-back, goodbye) in other words or languages; see `PHRASES`. @default English */
  readonly phrases?: Phrases<NoInfer<L>>;
  /** What is heard when the code no longer fits a call in progress. @default the server's fallback */
  readonly onDivergence?: (call: Call<P>, divergence: Divergence) => Flow<unknown>;
  readonly limits?: Partial<FlowLimits>;
}

/** A part of the path of an issue: a key, or an object that holds one. */
export type PathPart = PropertyKey | { readonly key: PropertyKey };

/** One thing that a Standard Schema finds wrong, and where. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly PathPart[] | undefined;
}

/** The part of the Standard Schema interface that is used: https://standardschema.dev */
export interface StandardSchema<Output> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (
      value: unknown,
    ) =>
      | { readonly value: Output; readonly issues?: undefined }
      | { readonly issues: readonly StandardIssue[] }
      | Promise<{ readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly StandardIssue[] }>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

/** Options of a flow, complete with defaults. */
export interface FlowOptions<P = Readonly<Record<string, unknown>>> {
  readonly name: string;
  readonly version: string;
  /** Voice per language; a flow of one language has the single key `''`. */
  readonly voices: Readonly<Record<string, string>>;
  /** Language in which calls begin; null in a flow of one language. */
  readonly language: string | null;
  readonly params: StandardSchema<P> | null;
  readonly examples: FlowExamples<P>;
  readonly tags: Tags | null;
  readonly settings: Settings | null;
  readonly keys: UniversalKeys;
  readonly operator: FlowBody<P> | null;
  readonly goodbye: Goodbye<P> | null;
  readonly onDivergence: FlowDefinition<P>['onDivergence'] | null;
  readonly phrases: Phrases;
  readonly limits: FlowLimits;
}

/** A flow, ready to be compiled, tested and served. Without `P` and `R`: a flow of whatever params and result, so that lists of flows and servers take them all. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- `P` is taken and given, so that no other type stands for every one
export interface FlowModule<P = any, R = any> {
  readonly name: string;
  readonly options: FlowOptions<P>;
  readonly body: FlowBody<P, R>;
}
