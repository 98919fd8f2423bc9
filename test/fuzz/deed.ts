import type { Capture, Position } from '@hookswitch/dsl';

/** What the other end of the line does next. */
export type Deed =
  | { readonly do: 'answer'; readonly digits: string | null }
  | { readonly do: 'end-bridge'; readonly sipCode: number }
  | { readonly do: 'hang-up' };

const SIP_CODES = [200, 486, 480, 603, 503] as const;
const KEYS = '1234567890*#';

/** What a number stands for where the flow waits for `effect`; the same number always for the same. Null where nothing is waited for but the end. */
export function deedOf(effect: Position['effect'], die: number): Deed {
  if (die % 29 === 28 || effect === null) return { do: 'hang-up' };
  if (effect.kind === 'bridge') return { do: 'end-bridge', sipCode: SIP_CODES[die % SIP_CODES.length] as number };
  return { do: 'answer', digits: effect.kind === 'capture' ? digitsFor(effect, die) : null };
}

/** Mostly what means something to the flow; else whatever can be keyed in, and silence. */
function digitsFor(capture: Capture, die: number): string | null {
  const meant = capture.shape?.answers.map(({ digits }) => digits) ?? ['1'.repeat(capture.maxDigits), '2'.repeat(capture.minDigits)];
  if (die % 4 !== 0) return meant[die % meant.length] ?? null;
  const length = die % 27;
  return die % 7 === 0 ? null : Array.from({ length }, (_, index) => KEYS[(die * (index + 3) + index) % KEYS.length]).join('');
}
