import type { Action, Entry } from '@hookswitch/dsl';
import type { ErasedEntry } from '../calls/hidden/erase-entry.ts';
import { decodeActionId } from '../calls/reply/answers.ts';
import { isSealed } from '../security/seal.ts';
import type { TurnRow } from '../store/store.ts';

/** How many answers a call had when one of its callflows was answered. */
export interface TurnPlace {
  readonly turn: number;
  readonly after: number;
}

/** What of a call tells which turn brought which answer. */
export interface TurnRows {
  readonly turns: readonly TurnRow[];
  readonly entries: readonly (Entry | ErasedEntry)[];
  /** The sites of callflows that their author has named. */
  readonly named: Readonly<Record<string, string>>;
}

/** What is asked by a callflow: the site that waits; `sealed` where it can't be read; null where nothing is asked, by a hold for instance. */
type Asked = { readonly site: string } | 'sealed' | null;

/** In place of a site that nobody can read. */
const HIDDEN_SITE = '•';
/** What waits for an answer. */
const ASKS: ReadonlySet<string> = new Set(['sayAndCapture', 'makeCall'] satisfies Action['action'][]);

/**
 * For each turn the number of answers that there were, its own included, but not those of steps behind it. A turn that brings no answer, such as one after a hold, stands
 * where the one before it stands.
 */
export function turnPlaces({ turns, entries, named }: TurnRows): readonly TurnPlace[] {
  let after = 0;
  let asked: Asked = null;
  return turns.map(({ turn, at, answer }) => {
    const brought = answerTo(asked, entries, after, at);
    if (brought >= 0) after = brought + 1;
    asked = askedBy(answer, named) ?? (brought >= 0 ? null : asked);
    return { turn, after };
  });
}

function answerTo(asked: Asked, entries: TurnRows['entries'], from: number, at: number): number {
  if (asked === null) return -1;
  const isIts = ({ site, at: answered }: Entry | ErasedEntry): boolean =>
    asked === 'sealed' ? answered >= at || site === HIDDEN_SITE : site === asked.site || site === HIDDEN_SITE;
  return entries.findIndex((entry, index) => index >= from && !('ended' in entry) && !('diverged' in entry) && isIts(entry));
}

function askedBy(answer: string | null, named: TurnRows['named']): Asked {
  if (answer === null) return null;
  if (isSealed(answer)) return 'sealed';
  try {
    const { clientActionId: id, callflow, erased } = JSON.parse(answer) as Readonly<Record<string, unknown>>;
    if (erased === true) return 'sealed';
    const last = Array.isArray(callflow) ? (callflow.at(-1) as Action | undefined) : undefined;
    if (typeof id !== 'string' || last === undefined || !ASKS.has(last.action)) return null;
    const own = Object.hasOwn(named, id) ? named[id] : undefined;
    const site = own ?? (decodeActionId(id)?.kind === 'turn' ? id.slice(0, id.lastIndexOf('.')) : undefined);
    return site === undefined ? null : { site };
  } catch {
    return null;
  }
}
