/** What of a call may not be kept or shown as it is: answers at sensitive sites, and whatever speaks of them. Pure; `commit.ts` seals what is marked here. */
import type { Entry, Position } from '@hookswitch/dsl';
import { maskText } from '../../observe/mask-text.ts';
import { maskWebhook } from '../../observe/redact.ts';
import type { Call } from '../call.ts';
import type { Vca } from '../input.ts';

/** Whether what is waited for is sensitive. */
export function isSensitive(effect: Position['effect']): boolean {
  return effect !== null && effect.kind !== 'bridge' && effect.sensitive;
}

/** Whether digits of this call's webhooks may not be stored: it stands at a sensitive site, or has not said yet what it says to the answer. */
export function hidesDigits({ state, position: { effect } }: Call): boolean {
  return state.sensitive || isSensitive(effect);
}

/** A webhook as it is stored: keys are masked in the sensitive part, and wherever they are what was keyed in there. */
export function storedEvent(call: Call, { text, raw }: Pick<Vca, 'text' | 'raw'>): string {
  const keys = /"dtmf":\s*"([^"]*)"/i.exec(text)?.[1] ?? '';
  const isHidden = hidesDigits(call) || call.secrets.areIn(keys);
  return isHidden ? JSON.stringify(maskWebhook(raw, { digits: 'mask', numbers: 'keep' })) : text;
}

/** A text of the flow's own, e.g. an error's message: it may quote what the caller keyed in, which is masked where it may not be stored. */
export function shownText(call: Call, text: string): string {
  return hidesDigits(call) || call.secrets.areIn(text) ? maskText(text, 'strict') : text;
}

/** The same for data, e.g. the fields of a log line. */
export function shownData<T>(call: Call, data: T): unknown {
  return hidesDigits(call) || call.secrets.areIn(data) ? maskWebhook(data, { digits: 'mask', numbers: 'keep' }) : data;
}

/** Whether an entry is sealed: what was answered at a sensitive site, and what quotes it later. `before`: the call as it stood then. */
export function isHidden(before: Call, entry: Entry, canSeal: boolean): boolean {
  const quotes = before.state.sealed && (('error' in entry && hidesDigits(before)) || before.secrets.areIn(entry));
  return (isSensitive(before.position.effect) || quotes) && !isBare(entry, canSeal);
}

/**
 * Whether an entry may be kept as it is though there is no key: without one no sensitive step runs, so its failure is our own refusal, and silence and the end of
 * the session say nothing.
 */
function isBare(entry: Entry, canSeal: boolean): boolean {
  return !canSeal && ('error' in entry || !('value' in entry) || entry.value == null);
}

/**
 * Whether a call stands at a sensitive question on a server without data keys, as where its exploration has never reached it: what the caller keys in could not be
 * kept, so it is not asked for.
 */
export function asksWithoutKey({ position: { effect } }: Call, canSeal: boolean): boolean {
  return effect?.kind === 'capture' && effect.sensitive && !canSeal;
}
