import type { ArrowName } from './taken-arrow.ts';

/** How an arrow is called in titles: `main —2→ agent`. */
export function arrowTitle({ from, label, to, when }: ArrowName): string {
  if (when === 'start') return `start → ${to}`;
  const late = when === 'ended' && !label.startsWith('hang-up') ? ' after the end' : '';
  return `${from} —${label}${late}→ ${to}`;
}
