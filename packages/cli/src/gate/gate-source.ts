import type { ComparedChart, JournalFile } from '@hookswitch/dsl';
import { OUTCOMES } from '@hookswitch/runtime/inside';

/** Statuses of calls that may go on. */
export const OPEN_STATUSES: readonly string[] = [...OUTCOMES.outbound, ...OUTCOMES.live];

/** A call, as it is known before its journal is read. */
export interface ListedCall {
  /** What `journal` takes. */
  readonly id: string;
  readonly isOpen: boolean;
  readonly flow: string;
  readonly flowVersion: string;
  /** The last arrow that it took, as far as that is known: where it waited last, and what came then. Calls of one arrow are alike enough to stand for each other. */
  readonly arrow: string;
}

/** A file that is no journal. */
export interface BrokenFile {
  readonly file: string;
  readonly message: string;
}

/** Some calls, and what of them can't be read. */
export interface CallPage {
  readonly calls: readonly ListedCall[];
  readonly broken: readonly BrokenFile[];
}

/** A chart of a flow as it is served now; the sentence says why there is none. */
export type OldChart = { readonly chart: ComparedChart & { readonly version: string } } | { readonly why: string };

/** Where calls come from: a server, or a folder of exported journals. Only one page of calls is held at a time. */
export interface GateSource {
  /** As messages name it. */
  readonly name: string;
  /** Open calls first, then past ones; page by page. */
  pages(): AsyncIterable<CallPage>;
  /** Null where the call is gone meanwhile. */
  journal(id: string): Promise<JournalFile | null>;
  oldChart(flow: string): Promise<OldChart>;
}
