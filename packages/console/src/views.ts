/** What the server tells the console's page, as plain JSON: the page's sources import these types. Times are milliseconds since 1970, UTC. */
import type { CallView, LiveCount } from '@hookswitch/runtime/inside/views';
import type { ChartView } from './diagram/chart-view.ts';

export type { CallView, ChartView, LiveCount };
export type { ArrowView, SiteView } from './diagram/chart-view.ts';

/** Who serves the page, and what it may show. */
export interface InfoView {
  readonly mode: 'dev' | 'production';
  /** Changes when the server was started anew. */
  readonly instance: string;
  readonly showNumbers: boolean;
  readonly flows: readonly FlowSummary[];
}

/** A flow in a list. */
export interface FlowSummary {
  readonly name: string;
  readonly version: string;
  /** Null until the flow was explored. */
  readonly sites: number | null;
}

/** A flow's diagram; without any sites while the flow is still being explored (`isPending`). */
export interface FlowView {
  readonly isPending: boolean;
  readonly chart: ChartView;
  /** Markup of the diagram, without colours and style. */
  readonly svg: string;
}

/** A page of calls. */
export interface CallPageView {
  readonly calls: readonly CallView[];
  readonly cursor: string | null;
}

/** How weighty something is. */
export type Tone = 'plain' | 'good' | 'warn' | 'bad';

/** A text in another language than the page's, perhaps. */
export interface SpokenView {
  readonly text: string;
  /** E.g. `en-US-BenjaminRUS`. */
  readonly voice: string;
}

/** A webhook that asked for a callflow, the steps that ran for it, and what was answered. */
export interface TurnItem {
  readonly kind: 'turn';
  readonly at: number;
  readonly turn: number;
  /** What the webhook brought, in words. */
  readonly came: string;
  /** Where the flow waits after the answer. */
  readonly site: string | null;
  /** `hidden`: the answer speaks of something sensitive, and is sealed or erased. */
  readonly state: 'answered' | 'working' | 'hidden';
  readonly answered: readonly string[];
  /** For each of these lines the text that is spoken in it, if any. */
  readonly spoken: readonly (SpokenView | null)[];
  readonly steps: readonly StepItem[];
  readonly event: unknown;
  readonly answer: unknown;
}

/** A step that ran. */
export interface StepItem {
  readonly kind: 'step';
  readonly at: number;
  readonly site: string;
  readonly ms: number;
  readonly attempts: number;
  readonly error: string | null;
  readonly result: unknown;
}

/** Anything else that happened. */
export interface EventItem {
  readonly kind: 'event';
  readonly at: number;
  readonly type: string;
  readonly text: string;
  readonly tone: Tone;
  readonly data: unknown;
}

export type TimelineItem = TurnItem | StepItem | EventItem;

/** A call and how it went. */
export interface CallDetailView {
  readonly call: CallView;
  readonly items: readonly TimelineItem[];
}

/** A test that plays a call again. */
export interface TestView {
  /** The file's text. */
  readonly code: string;
  /** What it is best called. */
  readonly fileName: string;
  /** What of the call it can't reproduce. */
  readonly notes: readonly string[];
}

/** News of the server's stream, by the name of the event. */
export interface StreamEvents {
  /** First of all on every connection. */
  readonly hello: { readonly instance: string; /** The server's clock, milliseconds since 1970. */ readonly now: number };
  /** Calls as they stand now; `more`: so many others have changed too. */
  readonly calls: { readonly calls: readonly CallView[]; readonly more: number };
}

/** An error that a route answers with. */
export interface ProblemView {
  readonly error: string;
  readonly message: string;
}
