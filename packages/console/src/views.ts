/** What the server tells the console's page, as plain JSON: the page's sources import these types. Times are milliseconds since 1970, UTC. */
import type { ApiRole } from '@hookswitch/runtime';
import type { CallView } from '@hookswitch/runtime/inside/views';
import type { ArrowView, ChartView } from './diagram/chart-view.ts';

export type * from '@hookswitch/runtime/inside/views';
export type { ApiRole, ChartView };
export type { ArrowView, SignalWaitView, SiteView } from './diagram/chart-view.ts';

/** Who serves the page, and what it may show. */
export interface InfoView {
  readonly mode: 'dev' | 'production';
  /** Changes when the server was started anew. */
  readonly instance: string;
  readonly showNumbers: boolean;
  /** Of the token that the page was opened with. */
  readonly role: ApiRole;
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
  /** With the prompts of the language that was asked for first. */
  readonly chart: ChartView;
  /** Markup of the diagram, without colours and style. */
  readonly svg: string;
  /** In which its prompts are spoken, e.g. `en-US`, the flow's own first. */
  readonly languages: readonly string[];
  /** What tests took; null unless the layer of tests was asked for. */
  readonly tests: TestsView | null;
}

/** What is drawn on a diagram, beside the flow itself. */
export type Layer = 'live' | 'insights' | 'tests';

/** What tests took of a flow; without parts, `problem` says why that is not known, and what to do about it. */
export interface TestsView {
  readonly problem: { readonly message: string; readonly command: string | null } | null;
  readonly sites: readonly (CoveredBy & { readonly name: string })[];
  readonly arrows: readonly (CoveredBy & Pick<ArrowView, 'from' | 'label' | 'to' | 'when'>)[];
}

/** Whether tests took a part of a flow, and some of them. */
export interface CoveredBy {
  readonly taken: boolean;
  /** `file > title`, five at most. */
  readonly tests: readonly string[];
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

/** What a sender of a signal is told. */
export interface SentSignalView {
  /** `taken`: the flow goes on with it; `kept`: the flow finds it when it waits for it. */
  readonly outcome: 'taken' | 'kept';
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
