import type { Entry } from '@hookswitch/dsl';
import type { StoredCall } from '@hookswitch/runtime';
import { isSealed, maskWebhook, readState, viewCall } from '@hookswitch/runtime/inside';
import { HIDDEN } from './timeline-items.ts';

/** A call's journal for somebody's eyes: what is sensitive shows as `•••`, numbers are masked unless `showNumbers`. */
export function exportJournal({ call, journal }: StoredCall, showNumbers: boolean): Record<string, unknown> {
  const { language, params } = readState(call.state);
  const masked = (value: unknown): unknown => maskWebhook(value, { digits: 'keep', numbers: showNumbers ? 'keep' : 'mask' });
  return {
    call: { ...viewCall(call, showNumbers), language, params: masked(params) },
    journal: journal.map(({ index, data }) => {
      const entry = isSealed(data) ? null : (JSON.parse(data) as Entry | { readonly erased: true });
      return entry === null || 'erased' in entry ? { index, value: HIDDEN, sensitive: true } : { index, ...(masked(entry) as object) };
    }),
  };
}
