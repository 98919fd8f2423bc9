import type { SignalRow } from '../../store/store.ts';
import { openedSignal } from '../seal-rows.ts';
import { SIGNALS, type SignalName, signalOf } from './random-flow.test-support.ts';

/** A signal that has come to the flow. */
export interface Arrived {
  readonly name: SignalName;
  readonly number: number;
}

/** Of the entries of a commit, the signals that have come to the flow by it. */
export function arrivedIn(entries: readonly { readonly site: string; readonly value?: unknown }[]): readonly Arrived[] {
  return entries.flatMap(({ site, value }) => {
    const name = signalOf(site);
    const result = value as { readonly arrived?: boolean; readonly value?: { readonly number: number } } | undefined;
    return name !== null && result?.arrived === true ? [{ name, number: result.value?.number ?? 0 }] : [];
  });
}

/** The rows of a commit that have a value, as they were before they were sealed. */
export function keptIn(sealer: Parameters<typeof openedSignal>[0], callId: string, rows: readonly SignalRow[] = []): readonly SignalRow[] {
  return rows.filter(({ data, name }) => data !== null && name in SIGNALS).map((row) => openedSignal(sealer, callId, row));
}
