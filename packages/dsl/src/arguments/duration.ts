import { describeValue } from '../callflow/describe-value.ts';
import { type ArgumentCheck, argumentError } from './check-argument.ts';

/** A length of time: milliseconds, or a whole number with its unit, e.g. `'500ms'`, `'30s'`, `'5m'`, `'1h'`. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h'}`;

const WRITTEN = /^(\d{1,9})(ms|s|m|h)$/;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** A length of time in milliseconds; null for anything else. */
export function millisecondsOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 ? value : null;
  const [, count, unit = ''] = (typeof value === 'string' && WRITTEN.exec(value)) || [];
  return count === undefined ? null : Number(count) * (UNITS[unit] ?? 1);
}

/** The check for lengths of time, both bounds in milliseconds. */
export function durationCheck(least: number, most: number, fix: string): ArgumentCheck {
  return (effect, argument, value) => {
    const ms = millisecondsOf(value);
    if (ms !== null && ms >= least && ms <= most) return;
    throw argumentError('HS_EFFECT_ARGUMENT', effect, argument, {
      says: `must be ${written(least)} to ${written(most)}, as a whole number of milliseconds or a text such as '30s', '5m' or '1h'`,
      came: ms === null ? describeValue(value) : ms < least ? 'less' : 'more',
      fix,
    });
  };
}

/** A length of time in the largest unit that fits, e.g. `5m`. */
export function written(ms: number): string {
  const [unit, size] = Object.entries(UNITS).findLast(([, one]) => ms >= one && ms % one === 0) ?? ['ms', 1];
  return `${ms / size}${unit}`;
}
