import { cutText } from '@hookswitch/dsl';

/** What stands for every value of a label that came too late. */
export const OTHER = 'other';

const LONGEST = 100;

/** Keeps a label's values to the first `limit` different ones, so that nothing from outside makes a time series of its own. */
export function createLabelLimit(limit: number): (value: string) => string {
  const seen = new Set<string>();
  return (value) => {
    const label = cutText(value, LONGEST);
    if (seen.has(label)) return label;
    if (seen.size >= limit) return OTHER;
    seen.add(label);
    return label;
  };
}
