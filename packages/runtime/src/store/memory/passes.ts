import type { CheckedFilter } from '../check-filter.ts';
import type { CallRecord } from '../store.ts';
import { meetsTag } from '../tag-filter.ts';

/** Whether a filter lets a call through; `number` is its place among all that were inserted. */
export function passes({ call, number }: { readonly call: CallRecord; readonly number: number }, filter: CheckedFilter): boolean {
  const { flow, site, status, startedAfter, startedBefore, digits, wholeNumber, after, tags = [] } = filter;
  const has = (one: string | null): boolean => (wholeNumber ? withoutPlus(one ?? '') === digits : (one ?? '').includes(digits));
  return (
    (flow === undefined || call.flow === flow) &&
    (site === undefined || call.site === site || call.lastSite === site) &&
    (status === undefined || status.includes(call.status)) &&
    (startedAfter === undefined || call.startedAt >= startedAfter) &&
    (startedBefore === undefined || call.startedAt < startedBefore) &&
    tags.every((tag) => meetsTag(call, tag)) &&
    (digits === '' || has(call.from) || has(call.to)) &&
    (after === null || call.startedAt < after.startedAt || (call.startedAt === after.startedAt && number < after.number))
  );
}

/** A number as numbers are compared. */
export function withoutPlus(number: string): string {
  return number.replace(/^\++/, '');
}
