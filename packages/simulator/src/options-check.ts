import { cutText } from '@hookswitch/dsl';
import { SimulatorOptionError } from './errors/simulator-option-error.ts';

/** Throws when `given` has a key that `known` doesn't list; names the nearest one. */
export function refuseUnknownKeys(path: string, given: object, known: readonly string[]): void {
  for (const key of Object.keys(given)) {
    if (known.includes(key)) continue;
    const near = nearest(key, known);
    const hint = near === null ? `Known: ${known.join(', ')}.` : `Did you mean "${near}"?`;
    throw new SimulatorOptionError(path === '' ? key : `${path}.${key}`, `is not known. ${hint}`);
  }
}

/** Throws unless `value` is a finite number in [min, max]. */
export function needNumber(path: string, value: unknown, min: number, max: number = Number.MAX_SAFE_INTEGER): void {
  if (typeof value === 'number' && value >= min && value <= max) return;
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  throw new SimulatorOptionError(path, `must be a number ${range}; ${describe(value)} came.`);
}

/** Throws unless `value` is one of `choices`. */
export function needChoice(path: string, value: unknown, choices: readonly (string | boolean)[]): void {
  if (choices.includes(value as string)) return;
  const near = typeof value === 'string' ? nearest(value, choices.map(String)) : null;
  const hint = near === null ? '' : ` Did you mean "${near}"?`;
  throw new SimulatorOptionError(
    path,
    `must be one of ${choices.map((choice) => JSON.stringify(choice)).join(', ')}; ${describe(value)} came.${hint}`,
  );
}

/** The entry of `known` that differs least from `word`, by at most a third of its letters or two; else null. */
export function nearest(word: string, known: readonly string[]): string | null {
  let best: string | null = null;
  const most = word.length <= 3 ? 1 : Math.max(2, Math.floor(word.length / 3));
  let bestDistance = most + 1;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function describe(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(cutText(value, 60)) : String(value);
}
