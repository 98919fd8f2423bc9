import { StoreArgumentError } from '../errors/store-argument-error.ts';
import type { CallRecord, TagFilter } from './store.ts';

/** Conditions on tags in one filter. */
export const MAX_TAG_FILTERS = 10;
/** How a tag may be compared; those of two signs first, as they are read. */
export const COMPARISONS = ['!=', '<=', '>=', '=', '<', '>'] as const;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The number that a text is; null where it is none. */
export function numberIn(text: string): number | null {
  const number = NUMBER.test(text) ? Number(text) : NaN;
  return Number.isFinite(number) ? number : null;
}

/** Throws `StoreArgumentError` for conditions that no tag could meet, or too many of them. */
export function checkTagFilters(filters: readonly TagFilter[]): void {
  if (filters.length > MAX_TAG_FILTERS)
    throw new StoreArgumentError('list.tags', `must be at most ${MAX_TAG_FILTERS} conditions, not ${filters.length}.`);
  for (const { compare, value } of filters) {
    if (!COMPARISONS.includes(compare)) throw new StoreArgumentError('list.tags', `must compare by one of ${COMPARISONS.join(' ')}.`);
    if (compare !== '=' && compare !== '!=' && numberIn(value) === null)
      throw new StoreArgumentError('list.tags', `compares by ${compare}, which needs a number. Texts are compared by = and != alone.`);
  }
}

/** Whether a call's tags meet a condition; one that it doesn't have meets none. */
export function meetsTag({ tags }: Pick<CallRecord, 'tags'>, { name, compare, value }: TagFilter): boolean {
  const tag = Object.hasOwn(tags, name) ? tags[name] : undefined;
  if (tag === undefined) return false;
  const number = numberIn(value);
  const isSame = typeof tag === 'number' ? tag === number : tag === value;
  if (compare === '=' || compare === '!=') return isSame === (compare === '=');
  if (typeof tag !== 'number' || number === null) return false;
  switch (compare) {
    case '<':
      return tag < number;
    case '<=':
      return tag <= number;
    case '>':
      return tag > number;
    case '>=':
      return tag >= number;
  }
}
