/** The signals of one test call: what is refused, what is kept until the flow waits for it, and how long it waits. */
import type { Action } from '../callflow/actions.ts';
import { didYouMean } from '../callflow/near-miss.ts';
import { jsonLoss } from '../arguments/json-loss.ts';
import type { WaitFor } from '../effects/wait-for.ts';
import { paramsIssueText } from '../flow/call-params.ts';
import { checkSignal } from '../flow/signal-value.ts';
import { holdPiece } from '../generator/hold-piece.ts';
import type { Position } from '../machine/compile.ts';

/** How long a piece of `hold` takes in a test, ms. */
export const PIECE_TAKES = 10_000;

/** What is heard where a wait has no hold of its own: the server's own words. */
const FILLER = 'One moment, please.';

/** A signal that the flow takes. */
interface Taken {
  readonly raw: unknown;
  readonly value: unknown;
}

/** The wait in which the call is. */
interface Waiting {
  readonly since: number;
  /** Pieces of `hold` that were played. */
  readonly played: number;
  readonly pieceEnds: number;
}

/** What is wrong with a signal; null where a server would take it. `waits`: all of its name that exploration has found. */
export function signalProblem(
  { effect }: Pick<Position, 'effect'>,
  signals: ReadonlyMap<string, readonly WaitFor[]>,
  name: string,
  value: unknown,
): string | null {
  const loss = value === undefined ? null : jsonLoss(value);
  if (loss !== null) return `signal "${name}" must have a value that is JSON, but ${loss.path} is ${loss.came}. ${loss.fix}.`;
  const here = effect?.kind === 'waitFor' && effect.name === name ? [effect] : (signals.get(name) ?? []);
  if (here.length === 0) {
    const known = [...signals.keys()];
    const waits = known.length === 0 ? 'it waits for none' : `it waits for ${known.map((one) => `"${one}"`).join(', ')}`;
    return `the flow waits nowhere for a signal "${name}": ${waits}. ${didYouMean(name, known)}`.trimEnd();
  }
  const checked = here.map((wait) => checkSignal(wait, value ?? null));
  const [first] = checked;
  if (first === undefined || !('issues' in first) || checked.some((one) => 'value' in one)) return null;
  return `the value of signal "${name}" does not fit its schema: ${first.issues.map(paramsIssueText).join('; ')}.`;
}

export class Signals {
  readonly #kept: { readonly name: string; readonly value: unknown }[] = [];
  #waiting: Waiting | null = null;

  /** Keeps one until the flow waits for it. */
  keep(name: string, value: unknown): void {
    this.#kept.push({ name, value });
  }

  /** Takes the first that was kept for this wait and fits; what does not fit is passed over. */
  take(effect: WaitFor): Taken | null {
    for (;;) {
      const index = this.#kept.findIndex(({ name }) => name === effect.name);
      const [kept] = index < 0 ? [] : this.#kept.splice(index, 1);
      if (kept === undefined) return null;
      const checked = checkSignal(effect, kept.value);
      if ('value' in checked) return { raw: kept.value, value: checked.value };
    }
  }

  /** The wait that is going on; begun at `now` where none is. */
  waitAt(now: number): Waiting {
    return (this.#waiting ??= { since: now, played: 0, pieceEnds: now });
  }

  /** What is played from now on. */
  nextPiece({ hold, voice }: Position, now: number): readonly Action[] {
    const { since, played } = this.waitAt(now);
    const piece = holdPiece(hold, played, { text: FILLER, voiceProfile: voice === '' ? 'none' : voice });
    this.#waiting = { since, played: played + piece.played, pieceEnds: now + PIECE_TAKES };
    return piece.actions;
  }

  /** The wait is over. */
  done(): void {
    this.#waiting = null;
  }
}

/** What has to be sent for the flow to get `value`: the example of which its schema makes that, else the value itself. */
export function signalSentFor(effect: WaitFor, value: unknown): unknown {
  const wanted = JSON.stringify(value);
  const made = Object.values(effect.examples ?? {}).find((example) => {
    const checked = checkSignal(effect, example);
    return 'value' in checked && JSON.stringify(checked.value) === wanted;
  });
  return made === undefined ? value : made;
}
