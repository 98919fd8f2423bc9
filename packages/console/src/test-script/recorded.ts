import type { BridgeResult, Call, Entry, FlowModule, StepFailure } from '@hookswitch/dsl';
import type { ErasedEntry, StoredCall } from '@hookswitch/runtime';
import { callOf, isSealed, readState } from '@hookswitch/runtime/inside';

/** What came back at one wait of a recorded call. `hidden`: it is sealed, or was erased; then the site, and the error of a step that failed, may be known still. */
export type Heard =
  | { readonly kind: 'answer'; readonly site: string; readonly value: unknown }
  | { readonly kind: 'failure'; readonly site: string; readonly error: StepFailure }
  | { readonly kind: 'ended'; readonly site: string; readonly bridge: BridgeResult | null }
  | { readonly kind: 'diverged'; readonly site: string }
  | { readonly kind: 'hidden'; readonly site: string | null; readonly error: StepFailure | null };

/** A call that is to be played again. */
export interface Recorded {
  readonly flow: FlowModule;
  readonly call: Call;
  /** A call with which tests begin unless they say otherwise: what is like it is left out. @default nothing is */
  readonly usual?: Call;
  readonly answers: readonly Heard[];
  /** Numbers may stand in the test. */
  readonly showNumbers: boolean;
  /** The flow's file, where it is known. */
  readonly file: string | null;
}

const SEALED: Heard = { kind: 'hidden', site: null, error: null };

/** The recording of a stored call. */
export function recordedCall(stored: StoredCall, options: Pick<Recorded, 'flow' | 'showNumbers' | 'file'>): Recorded {
  return {
    ...options,
    call: callOf(stored.call, readState(stored.call.state)),
    answers: stored.journal.map(({ data }) =>
      isSealed(data) ? SEALED : heardIn(JSON.parse(data) as Entry | (Partial<ErasedEntry> & { readonly erased: true })),
    ),
  };
}

/** What an entry of a journal says. */
export function heardIn(entry: Entry | (Partial<ErasedEntry> & { readonly erased: true })): Heard {
  if ('erased' in entry) return { kind: 'hidden', site: entry.site ?? null, error: entry.error ?? null };
  const { site } = entry;
  if ('diverged' in entry || 'turnedAway' in entry) return { kind: 'diverged', site };
  if ('error' in entry) return { kind: 'failure', site, error: entry.error };
  if ('ended' in entry) return { kind: 'ended', site, bridge: entry.value ?? null };
  return { kind: 'answer', site, value: entry.value };
}
