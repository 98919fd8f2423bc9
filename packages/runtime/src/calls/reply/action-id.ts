/**
 * What a `clientActionId` of ours says: which turn's callflow has ended, that callflow `turn` is asked for again, for the n-th time, or that a fallback which transfers
 * has ended, after which there is nothing but a hang-up.
 */
export type ActionId =
  | { readonly kind: 'turn'; readonly turn: number }
  | { readonly kind: 'retry'; readonly turn: number; readonly tries: number }
  | { readonly kind: 'transferred' };

/** The `clientActionId` of a fallback that transfers its caller. No site and no turn: whatever the store has of the call, it is not transferred again. */
export const TRANSFERRED = 'transferred';
/** What a platform gives back: an id of ours, or one that may be an author's; then the call knows its turn. `given-retry`: the callflow after it is asked for again. */
export type Echo =
  | ActionId
  | { readonly kind: 'given'; readonly id: string }
  | { readonly kind: 'given-retry'; readonly id: string; readonly tries: number };

/** Three parts are a retry, two are a turn: a site may be called `retry`, and sites have no dots. */
const RETRY = /^retry\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/;
/** Nearly every site is written as it is, and a test is faster than a replacement. */
const PLAIN_SITE = /^[A-Za-z0-9_\-/]{1,100}$/;
const GIVEN_RETRY = /^retry:(.{1,256})\.(0|[1-9]\d{0,8})$/s;
const TURN = /^([A-Za-z0-9_/-]{1,512})\.(0|[1-9]\d{0,8})$/;

/** The `clientActionId` of callflow `turn` (from 0), which ends at `site`: `<site>.<turn>`, the site as `siteLabel` writes it. */
export function encodeActionId(site: string, turn: number): string {
  return `${siteLabel(site)}.${turn}`;
}

/** A site in characters that any platform carries. */
export function siteLabel(site: string): string {
  return PLAIN_SITE.test(site) ? site : site.replace(/[^A-Za-z0-9_\-/]/g, '_').slice(0, 100);
}

/** The label of the site at which a callflow of ours ends; null for an id that is missing or not ours, or of a repetition. */
export function siteLabelOf(clientActionId: string | null): string | null {
  return clientActionId === null ? null : (TURN.exec(clientActionId)?.[1] ?? null);
}

/** The `clientActionId` of an answer that could not be saved: when it comes back, callflow `turn` is asked for again. `n` counts the attempts, from 1. */
export function encodeRetryId(turn: number, tries: number): string {
  return `retry.${turn}.${tries}`;
}

/** Reads a `clientActionId`; null for one that is missing or not ours. */
export function decodeActionId(clientActionId: string | null): ActionId | null {
  if (clientActionId === null) return null;
  if (clientActionId === TRANSFERRED) return { kind: 'transferred' };
  const retry = RETRY.exec(clientActionId);
  if (retry !== null) return { kind: 'retry', turn: Number(retry[1]), tries: Number(retry[2]) };
  const turn = TURN.exec(clientActionId);
  return turn === null ? null : { kind: 'turn', turn: Number(turn[2]) };
}

/** The same as `encodeRetryId` for the callflow after the one that an author named `id`: which turn that was, the store would have to say. */
export function encodeGivenRetryId(id: string, tries: number): string {
  return `retry:${id}.${tries}`;
}

/** Reads what a platform gives back; null where it gives nothing back. */
export function readEcho(clientActionId: string | null): Echo | null {
  if (clientActionId === null) return null;
  const retry = GIVEN_RETRY.exec(clientActionId);
  if (retry?.[1] !== undefined) return { kind: 'given-retry', id: retry[1], tries: Number(retry[2]) };
  return decodeActionId(clientActionId) ?? { kind: 'given', id: clientActionId };
}
