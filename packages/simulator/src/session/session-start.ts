import type { Caller } from '../callers/caller.ts';
import type { ErrorCode } from '../rules/status-codes.ts';
import type { EndedBy } from './events.ts';

/** How a session begins. */
export interface SessionStart {
  /** Which call of the run this is; chaos and ids are drawn by it. */
  readonly call: string;
  readonly direction: 'inbound' | 'outbound';
  readonly from: string | null;
  readonly to: string;
  readonly caller: Caller;
  /** Whether the caller is driven by hand. */
  readonly isPerson: boolean;
  readonly clientRequestId?: string | undefined;
  readonly thinkMs: number;
  /** How the thinking is spread around `thinkMs`. */
  readonly thinking: 'fixed' | 'exponential';
  /** Called once all is done, all webhooks delivered. */
  readonly onClosed: () => void;
}

/** How a session is to end. Status and error are worked out from the legs. */
export interface Ending {
  readonly by: EndedBy;
  readonly error: { readonly code: ErrorCode; readonly reason: string } | null;
  readonly cutBy: string | null;
}
