/** Signals that came before their flow waits for them, as a call holds them, and the rows in which the store keeps them. */
import type { SignalRow } from '../store/store.ts';
import type { SignalSent } from './input.ts';

/** How many signals a call keeps that its flow has not taken yet, and how many characters of JSON they may be together. */
export const MAX_KEPT = 100;
export const MAX_KEPT_SIZE = 1_048_576;
/** How many signals a call takes in all: each is an entry of its journal. */
export const MAX_SIGNALS = 1_000;

/** A signal as a call knows it; `secret`: its wait is sensitive. */
export type KnownSignal = SignalRow & { readonly secret: boolean };
/** A signal that was kept. `data` is its value as JSON. */
export type KeptSignal = KnownSignal & { readonly data: string };

/** What became of a signal that was taken note of: the flow was waiting for it, or finds it when it does. */
export type SignalOutcome = 'taken' | 'kept';

/** What is kept of a call's signals beside its rows. */
export interface SignalCounts {
  /** All that came so far: the number of the next one. */
  readonly count: number;
  /** Those that the flow has not taken yet. */
  readonly kept: number;
}

/** What a call has of signals. */
interface HasSignals {
  readonly kept: readonly KeptSignal[];
  readonly state: { readonly signals: SignalCounts | null };
}

/** What a signal changes in a call; `row`: what is to be stored of it, if anything. */
export interface Signalled {
  readonly row: KnownSignal | null;
  readonly kept: readonly KeptSignal[];
  readonly signals: SignalCounts | null;
}

/**
 * A call that has got a signal. What its flow takes at once is stored without its value, and only where its sender has named it, so that the same request is known; the digest
 * says what the sender was told.
 */
export function withSignal({ kept, state }: HasSignals, sent: SignalSent, outcome: SignalOutcome, secret: boolean): Signalled {
  const { count, kept: waiting } = state.signals ?? { count: 0, kept: 0 };
  const { name, key, digest, at, text } = sent;
  const row = { number: count, name, key, digest: `${outcome}:${digest}`, at, data: null, secret };
  if (outcome === 'taken') return { row: key === null ? null : row, kept, signals: { count: count + 1, kept: waiting } };
  const whole = { ...row, data: text };
  return { row: whole, kept: [...kept, whole], signals: { count: count + 1, kept: waiting + 1 } };
}

/** A call whose flow has taken a signal that was kept. */
export function withoutSignal({ kept, state: { signals } }: HasSignals, number: number): Signalled {
  const taken = kept.find((one) => one.number === number);
  if (taken === undefined || signals === null) return { row: null, kept, signals };
  return { row: { ...taken, data: null }, kept: kept.filter((one) => one !== taken), signals: { ...signals, kept: signals.kept - 1 } };
}

/** The rows of signals as they are to be stored, and the numbers of those that are to be sealed. */
export function signalRows(known: Iterable<KnownSignal>): { readonly rows: readonly SignalRow[]; readonly secret: readonly number[] } {
  const all = [...known];
  return { rows: all.map(({ secret: _, ...row }) => row), secret: all.flatMap(({ number, secret }) => (secret ? [number] : [])) };
}

/** What a row says of the request that it was made of. */
export function sentBefore({ digest }: Pick<SignalRow, 'digest'>): { readonly outcome: SignalOutcome; readonly digest: string } {
  const outcome = digest.startsWith('kept:') ? 'kept' : 'taken';
  return { outcome, digest: digest.slice(outcome.length + 1) };
}
