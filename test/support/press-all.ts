import type { CallerLine } from '@hookswitch/simulator';

/** Between one key and the next, ms. */
const PAUSE = 150;

/** Presses keys one after the other. */
export function pressAll(line: CallerLine, keys: string): void {
  const [key, ...rest] = keys;
  if (key === undefined) return;
  line.press(key);
  line.after(PAUSE, () => pressAll(line, rest.join('')));
}
